"""What is kept on a reader: they can have it, and it goes when they go."""

import json
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from aminata24.newsletter.models import Subscriber
from aminata24.readers import personal_data
from aminata24.readers.models import User
from tests.conftest import PASSWORD
from tests.readers.conftest import ADDRESS, confirm_identity, is_signed_in, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_page")]


@pytest.fixture
def _registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test adds to the registries is gone after it."""
    monkeypatch.setattr(personal_data, "_holders", dict(personal_data._holders))
    monkeypatch.setattr(personal_data, "_leavers", list(personal_data._leavers))


def download(client: Client) -> dict[str, object]:
    """The file, as it comes."""
    response = client.get("/compte/donnees/telecharger/")
    assert "attachment" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    return json.loads(response.content)


def test_a_reader_downloads_all_that_is_kept_once_they_gave_the_password_again(client: Client, reader: User) -> None:
    Subscriber.objects.create(email=ADDRESS)
    Subscriber.objects.create(email="koffi@example.com")
    sign_in(client)
    assert client.get("/compte/donnees/telecharger/").url.startswith("/compte/confirmer/?next=")
    confirm_identity(client)
    kept = download(client)
    assert kept["account"]["name"] == "Awa"
    assert kept["account"]["email"] == ADDRESS
    assert kept["email_addresses"] == [{"email": ADDRESS, "verified": True, "primary": True}]
    assert kept["devices"][0]["ip"] == "127.0.0.1"
    assert [entry["email"] for entry in kept["newsletter"]] == [ADDRESS]


def test_no_secret_is_in_the_file(client: Client, reader: User) -> None:
    app, codes = TOTP.activate(reader, "JBSWY3DPEHPK3PXP").instance, RecoveryCodes.activate(reader)
    client.force_login(reader)
    confirm_identity(client)
    kept = download(client)
    assert {factor["type"] for factor in kept["second_factors"]} == {"totp", "recovery_codes"}
    text = json.dumps(kept)
    for secret in (app.data["secret"], codes.instance.data["seed"], *codes.generate_codes(), reader.password):
        assert secret not in text
    assert client.session.session_key not in text


@pytest.mark.usefixtures("_registry")
def test_other_apps_add_what_they_keep(reader: User) -> None:
    @personal_data.holds_data("comments")
    def comments(user: User) -> list[dict[str, str]]:
        return [{"text": f"de {user.get_full_name()}"}]

    assert personal_data.personal_data(reader)["comments"] == [{"text": "de Awa"}]


@pytest.mark.usefixtures("_registry")
def test_an_account_is_deleted_by_password_and_a_tick_and_is_gone_everywhere(client: Client, reader: User) -> None:
    left: list[str] = []
    personal_data.on_account_deletion(lambda user: left.append(user.email))
    other = Client()
    sign_in(other)
    sign_in(client)
    assert client.get("/compte/supprimer/").url == "/compte/confirmer/?next=%2Fcompte%2Fsupprimer%2F"
    confirm_identity(client)
    assert "Lecteur supprimé" in client.get("/compte/supprimer/").content.decode()
    unticked = client.post("/compte/supprimer/")
    assert unticked.status_code == 422
    assert "Cochez la case" in unticked.content.decode()
    assert User.objects.filter(pk=reader.pk).exists()

    response = client.post("/compte/supprimer/", {"confirm": "on"})
    assert response.url == "/compte/supprime/"
    assert "Votre compte est supprimé" in client.get(response.url).content.decode()
    assert left == [ADDRESS]
    for model in (User, EmailAddress, UserSession):
        assert not model.objects.exists()
    assert not is_signed_in(client)
    assert not is_signed_in(other)
    assert not any("_auth_user_id" in session.get_decoded() for session in Session.objects.all())


def test_deleting_cannot_be_done_in_one_step_or_from_another_site(client: Client, reader: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reader)
    assert strict.post("/compte/supprimer/", {"confirm": "on"}).status_code == 403
    sign_in(client)
    assert client.post("/compte/supprimer/", {"confirm": "on"}).url.startswith("/compte/confirmer/")
    assert User.objects.filter(pk=reader.pk).exists()


@pytest.mark.parametrize("role", ["Reporters", "Moderators", None])
def test_staff_cannot_delete_themselves(client: Client, sign_in: Callable[..., User], role: str | None) -> None:
    user = sign_in(role)
    confirm_identity(client)
    for response in (client.get("/compte/supprimer/"), client.post("/compte/supprimer/", {"confirm": "on"})):
        assert "Demandez à la rédaction en chef" in response.content.decode()
    assert User.objects.filter(pk=user.pk).exists()


@pytest.mark.usefixtures("_registry")
def test_an_account_deleted_by_the_chief_leaves_in_the_same_way(
    client: Client, reader: User, sign_in: Callable[..., User]
) -> None:
    left: list[str] = []
    personal_data.on_account_deletion(lambda user: left.append(user.email))
    sign_in("Editors-in-chief")
    client.post(reverse("wagtailusers_users:delete", args=[reader.pk]))
    assert left == [ADDRESS]


def test_an_address_that_was_deleted_may_sign_up_again(client: Client, reader: User) -> None:
    personal_data.delete_account(reader)
    form = {"name": "Awa", "email": ADDRESS, "password1": PASSWORD, "website": ""}
    client.post("/compte/inscription/", form)
    assert User.objects.get(email=ADDRESS)
