"""Other sites' accounts: off, until settings switch them on."""

import importlib
import sys
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.google.provider import GoogleProvider
from allauth.socialaccount.providers.google.views import GoogleOAuth2Adapter
from django.core import mail
from django.test import Client
from django.urls import clear_url_caches

from aminata24.readers.models import User
from tests.readers.conftest import ADDRESS, confirm_identity, is_signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_page")]

URLS = ("aminata24.readers.urls", "aminata24.urls")


def read_urls_again() -> None:
    """Make the URLs anew, for the providers that are known now."""
    clear_url_caches()
    for name in URLS:
        importlib.reload(sys.modules[name])


@pytest.fixture
def _google(settings: object) -> Iterator[None]:
    """As SOCIAL_LOGIN=google sets it up."""
    settings.SOCIALACCOUNT_PROVIDERS = {  # type: ignore[attr-defined]
        "google": {"APP": {"client_id": "our-id", "secret": "our-secret"}, "SCOPE": ["profile", "email"]}
    }
    registry.get_class_list()
    registry.register(GoogleProvider)
    read_urls_again()
    yield
    del registry.provider_map["google"]
    read_urls_again()


@pytest.fixture
def from_google(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What Google tells of somebody; the way there and back is not gone."""
    told = {"sub": "123", "email": "koffi@example.com", "email_verified": True, "name": "Koffi", "given_name": "Koffi"}
    monkeypatch.setattr(
        GoogleOAuth2Adapter,
        "get_access_token_data",
        lambda *args, **kwargs: {"access_token": "x", "id_token": "x"},
    )
    monkeypatch.setattr(GoogleOAuth2Adapter, "_decode_id_token", lambda *args: told)
    return told


def come_back(client: Client, next_url: str = "/afrique/", process: str = "login") -> object:
    """Leave for Google and come back from there."""
    response = client.post(f"/compte/google/login/?process={process}&next={next_url}")
    assert response.url.startswith("https://accounts.google.com/")
    asked = parse_qs(urlsplit(response.url).query)
    assert asked["client_id"] == ["our-id"]
    return client.get("/compte/google/login/callback/", {"code": "x", "state": asked["state"][0]})


def test_no_page_speaks_of_other_sites_unless_one_is_switched_on(client: Client, reader: User) -> None:
    for path in ("/compte/connexion/", "/compte/inscription/"):
        page = client.get(path).content.decode()
        assert "Google" not in page
        assert "Facebook" not in page
    assert client.get("/compte/google/login/").status_code == 404
    client.force_login(reader)
    assert "autres-comptes" not in client.get("/compte/").content.decode()


@pytest.mark.usefixtures("_google")
def test_one_signs_in_with_a_site_that_is_switched_on(client: Client, from_google: dict[str, object]) -> None:
    page = client.get("/compte/connexion/?next=/afrique/").content.decode()
    assert "Avec Google" in page
    assert 'href="/compte/google/login/?process=login&amp;next=%2Fafrique%2F"' in page
    # A page of ours comes in between, so that no other site's link signs anybody in.
    assert "Continuer avec Google" in client.get("/compte/google/login/?process=login").content.decode()
    assert come_back(client).url == "/afrique/"
    assert is_signed_in(client)
    user = User.objects.get(email="koffi@example.com")
    assert user.get_full_name() == "Koffi"
    assert EmailAddress.objects.get(user=user).verified
    assert client.get("/compte/mot-de-passe/").url == "/compte/mot-de-passe/choisir/"
    assert client.get("/compte/mot-de-passe/choisir/").status_code == 200


@pytest.mark.usefixtures("_google")
def test_an_address_that_has_an_account_is_not_taken_over(
    client: Client, reader: User, from_google: dict[str, object]
) -> None:
    from_google["email"] = ADDRESS
    come_back(client)
    assert not is_signed_in(client)
    assert not SocialAccount.objects.exists()
    client.get("/compte/autres-comptes/inscription/")
    client.post("/compte/autres-comptes/inscription/", {"name": "Pirate", "email": ADDRESS})
    assert not is_signed_in(client)
    assert mail.outbox[-1].to == [ADDRESS]
    assert User.objects.count() == 1


@pytest.mark.usefixtures("_google")
def test_a_reader_adds_a_sites_account_and_removes_it(
    client: Client, reader: User, from_google: dict[str, object]
) -> None:
    client.force_login(reader)
    confirm_identity(client)
    page = client.get("/compte/autres-comptes/").content.decode()
    assert "Ajouter Google" in page
    come_back(client, "/compte/autres-comptes/", process="connect")
    account = SocialAccount.objects.get(user=reader)
    assert "a été ajouté au vôtre" in mail.outbox[-1].body
    assert "koffi@example.com" in client.get("/compte/autres-comptes/").content.decode()
    client.post("/compte/autres-comptes/", {"account": account.pk})
    assert not SocialAccount.objects.exists()


@pytest.mark.usefixtures("_google")
def test_who_turns_back_or_comes_with_nonsense_is_told_so(client: Client) -> None:
    response = client.post("/compte/google/login/?process=login")
    state = parse_qs(urlsplit(response.url).query)["state"][0]
    turned = client.get("/compte/google/login/callback/", {"error": "access_denied", "state": state}, follow=True)
    assert "demi-tour" in turned.content.decode()
    for query in ({}, {"code": "x"}, {"state": "x"}, {"error": "x", "state": "x"}):
        nonsense = client.get("/compte/google/login/callback/", query)
        assert nonsense.status_code == 401
        assert "n’a pas répondu comme prévu" in nonsense.content.decode()
