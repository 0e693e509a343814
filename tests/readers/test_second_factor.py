"""Authenticator apps and recovery codes; that staff need a second factor where production says so."""

import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.test import Client
from django.urls import get_resolver
from pytest_django import DjangoCaptureOnCommitCallbacks

from aminata24.readers.models import User
from tests.readers.conftest import confirm_identity, is_signed_in, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_page")]

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = int(time.time()) // 30


@pytest.fixture(autouse=True)
def _still_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """An app's code is the same from the first to the last line of a test."""
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.yield_hotp_counters_from_time", lambda: iter([NOW]))


def code(secret: str = SECRET) -> str:
    """What the app shows."""
    return format_hotp_value(hotp_value(secret, NOW))


@pytest.fixture
def careful(reader: User) -> User:
    """A reader with an app and recovery codes."""
    TOTP.activate(reader, SECRET)
    RecoveryCodes.activate(reader)
    return reader


def test_an_app_is_set_up_with_a_code_of_its_own_and_brings_recovery_codes(
    client: Client, reader: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    sign_in(client)
    assert client.get("/compte/securite/application/").url.startswith("/compte/confirmer/?next=")
    confirm_identity(client)
    page = client.get("/compte/securite/application/").content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    secret = client.session["mfa.totp.secret"]
    assert secret in page
    wrong = client.post("/compte/securite/application/", {"code": "000000"})
    assert "Ce code est incorrect" in wrong.content.decode()
    assert not Authenticator.objects.exists()

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/compte/securite/application/", {"code": code(secret)})
    assert response.url == "/compte/securite/codes/"
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    page = client.get(response.url).content.decode()
    assert all(code in page for code in codes)
    assert client.get("/compte/securite/codes/telecharger/").content.decode().split() == codes
    assert "a été associée" in mail.outbox[-1].body


def test_the_password_alone_opens_nothing_then(client: Client, careful: User) -> None:
    assert sign_in(client, next="/afrique/").url == "/compte/connexion/verifier/"
    assert not is_signed_in(client)
    page = client.get("/compte/connexion/verifier/").content.decode()
    assert "Encore une étape" in page
    assert client.get("/compte/securite/").status_code == 302
    assert "Ce code est incorrect" in client.post("/compte/connexion/verifier/", {"code": "000000"}).content.decode()
    assert client.post("/compte/connexion/verifier/", {"code": code()}).url == "/afrique/"
    assert is_signed_in(client)


def test_a_code_of_the_app_and_a_recovery_code_count_once_each(careful: User) -> None:
    recovery = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    for typed in (code(), recovery):
        for works in (True, False):
            sign_in(client := Client())
            client.post("/compte/connexion/verifier/", {"code": typed})
            assert is_signed_in(client) is works


def test_a_mails_code_and_a_mails_link_need_the_second_factor_too(careful: User) -> None:
    client = Client()
    client.post("/compte/mot-de-passe/oublie/", {"email": careful.email})
    form = client.get("/compte" + mail.outbox[-1].body.split("/compte")[1].split()[0]).url
    assert client.post(form, {"password1": "lagune-aby-2027"}).url == "/compte/connexion/verifier/"
    assert not is_signed_in(client)


def test_a_log_in_that_is_half_done_is_given_up(client: Client, careful: User) -> None:
    sign_in(client)
    assert client.get("/compte/connexion/").url == "/compte/connexion/verifier/"
    assert client.post("/compte/deconnexion/", {"next": "/compte/connexion/"}).url == "/compte/connexion/"
    assert client.get("/compte/connexion/").status_code == 200


def test_who_guesses_codes_waits(client: Client, careful: User) -> None:
    sign_in(client)
    for _time in range(5):
        client.post("/compte/connexion/verifier/", {"code": "000000"})
    assert "Trop de tentatives" in client.post("/compte/connexion/verifier/", {"code": code()}).content.decode()
    assert not is_signed_in(client)


def test_the_app_is_switched_off_by_somebody_who_proves_who_they_are(client: Client, careful: User) -> None:
    client.force_login(careful)
    assert client.post("/compte/securite/application/retirer/").url.startswith("/compte/confirmer/")
    assert Authenticator.objects.exists()
    client.post("/compte/confirmer/code/", {"code": code()})
    client.get("/compte/securite/application/retirer/")
    assert client.post("/compte/securite/application/retirer/").url == "/compte/securite/"
    # The recovery codes go with the last factor.
    assert not Authenticator.objects.exists()
    assert "désactivée" in mail.outbox[-1].body


def test_the_address_of_an_account_with_a_second_factor_can_change(client: Client, careful: User) -> None:
    client.force_login(careful)
    confirm_identity(client)
    response = client.post("/compte/adresse/", {"email": "awa@elsewhere.example", "action_add": ""})
    assert response.status_code == 302
    assert mail.outbox[-1].to == ["awa@elsewhere.example"]


@pytest.mark.parametrize("credential", ["", "{}", "[]", "1", '{"id": 1}', "\x00", '{"response": {"userHandle": "x"}}'])
def test_a_passkey_that_is_none_signs_nobody_in_and_keeps_the_way_back(client: Client, credential: str) -> None:
    client.get("/compte/connexion/cle/", headers={"accept": "application/json"})
    response = client.post("/compte/connexion/cle/", {"credential": credential, "next": "/afrique/"})
    assert response.url == "/compte/connexion/?next=%2Fafrique%2F"
    assert not is_signed_in(client)


def test_a_passkey_that_is_none_proves_nobody_and_one_may_try_again(client: Client, reader: User) -> None:
    Authenticator.objects.create(user=reader, type="webauthn", data={"credential": {}})
    client.force_login(reader)
    path = "/compte/confirmer/cle/"
    assert (
        client.post(path, {"credential": "{}", "next": "/compte/supprimer/"}).url
        == f"{path}?next=%2Fcompte%2Fsupprimer%2F"
    )


def test_a_passkey_that_is_none_is_not_kept(client: Client, reader: User) -> None:
    sign_in(client)
    confirm_identity(client)
    assert client.get("/compte/securite/cles/ajouter/").status_code == 200
    for credential in ("", "{}", "[]", '{"id": "x", "response": {}}'):
        form = {"name": "Mon téléphone", "passwordless": "on", "credential": credential}
        response = client.post("/compte/securite/cles/ajouter/", form)
        assert response.status_code == 200, credential
        assert "Mon téléphone" in response.content.decode()
    assert not Authenticator.objects.exists()


# --- Staff ------------------------------------------------------------------


@pytest.fixture
def _required(settings: object) -> None:
    settings.STAFF_SECOND_FACTOR = "required"  # type: ignore[attr-defined]


def admin_paths() -> list[str]:
    """Every address of the admin that needs no argument."""
    admin = next(
        item for item in get_resolver().url_patterns if str(item.pattern) == "admin/" and hasattr(item, "url_patterns")
    )
    found, waiting = [], [("/admin/", pattern) for pattern in admin.url_patterns]
    while waiting:
        prefix, item = waiting.pop()
        path = prefix + str(item.pattern).removeprefix("^").removesuffix("$")
        if hasattr(item, "url_patterns"):
            waiting += [(path, pattern) for pattern in item.url_patterns]
        elif not set(path) & set("<>()\\.*[]?"):
            found.append(path)
    return found


@pytest.mark.usefixtures("_required")
def test_staff_without_a_second_factor_reach_nothing_of_the_admin(client: Client, sign_in: Callable[..., User]) -> None:
    sign_in()
    paths = admin_paths()
    assert len(paths) > 100
    for path in paths:
        for response in (
            client.get(path),
            client.post(path),
            client.get(path, headers={"x-requested-with": "XMLHttpRequest"}),
        ):
            assert (response.status_code, response["Location"]) == (302, "/compte/securite/"), path
    for path in ("/admin", "/admin//", "/ADMIN/", "/admin/api/main/pages/", "/./admin/"):
        assert client.get(path).status_code in (301, 302, 404), path
    assert "L’éditeur de pages s’ouvrira" in client.get("/compte/securite/").content.decode()


@pytest.mark.usefixtures("_required")
@pytest.mark.parametrize(("factor", "opens"), [("totp", True), ("webauthn", True), ("recovery_codes", False)])
def test_an_app_or_a_passkey_opens_the_admin(
    client: Client, sign_in: Callable[..., User], factor: str, opens: bool
) -> None:
    user = sign_in("Reporters")
    Authenticator.objects.create(user=user, type=factor, data={})
    assert (client.get("/admin/").status_code == 200) is opens


@pytest.mark.usefixtures("_required")
def test_readers_need_no_second_factor(client: Client, reader: User) -> None:
    sign_in(client)
    assert client.get("/compte/").status_code == 200
    assert "L’éditeur de pages s’ouvrira" not in client.get("/compte/securite/").content.decode()


def test_without_the_setting_staff_may_do_without(client: Client, sign_in: Callable[..., User]) -> None:
    sign_in("Reporters")
    assert client.get("/admin/").status_code == 200
