"""Who tries too often waits: per account, per address of the network, for all workers together."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.cache.backends import locmem
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aminata24.readers.models import User
from tests.conftest import PASSWORD
from tests.newsroom import make_newsroom
from tests.readers.conftest import ADDRESS, confirm_identity, is_signed_in, sign_in

pytestmark = pytest.mark.django_db

Settings = object
SHARED_CACHE = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "delivery_cache"}


def from_address(address: str) -> Client:
    """A browser somewhere in the network."""
    return Client(headers={"x-forwarded-for": address})


@pytest.fixture(autouse=True)
def _site(home_page: object, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = 1  # type: ignore[attr-defined]


@pytest.fixture
def next_worker(settings: Settings) -> Callable[[], None]:
    """The cache of production; when called, what follows comes to another worker, which itself remembers nothing."""
    settings.CACHES = {"default": SHARED_CACHE}  # type: ignore[attr-defined]

    def forget() -> None:
        locmem._caches.clear()
        locmem._expire_info.clear()

    return forget


def test_an_account_waits_after_five_wrong_passwords_wherever_they_come_from(
    reader: User, next_worker: Callable[[], None]
) -> None:
    for number in range(5):
        assert "incorrect" in sign_in(from_address(f"203.0.113.{number}"), password="x").content.decode()
        next_worker()
    client = from_address("203.0.113.99")
    page = sign_in(client, password=PASSWORD).content.decode()
    assert "Trop de tentatives" in page
    assert f'value="{ADDRESS}"' in page
    assert not is_signed_in(client)
    sign_in(client, User.objects.create_user("koffi@example.com", PASSWORD).email)
    assert is_signed_in(client)


def test_an_address_waits_after_ten_wrong_passwords_for_whatever_account(
    reader: User, next_worker: Callable[[], None]
) -> None:
    for number in range(10):
        sign_in(from_address("203.0.113.1"), f"reader{number}@example.com", "x")
        next_worker()
    assert "Trop de tentatives" in sign_in(from_address("203.0.113.1"), password=PASSWORD).content.decode()
    sign_in(client := from_address("203.0.113.2"), password=PASSWORD)
    assert is_signed_in(client)


def test_made_up_addresses_of_a_proxy_help_nobody(reader: User) -> None:
    for number in range(11):
        client = from_address(f"192.0.2.{number}, 203.0.113.1")
        page = sign_in(client, f"reader{number}@example.com", "x").content.decode()
    assert "Trop de tentatives" in page


def test_right_passwords_cost_nothing(reader: User) -> None:
    for _time in range(12):
        sign_in(client := from_address("203.0.113.1"))
        assert is_signed_in(client)


@pytest.mark.parametrize(
    ("path", "form", "limit"),
    [
        ("/compte/connexion/", {"login": "", "password": ""}, 30),
        ("/compte/inscription/", {"email": ""}, 20),
        ("/compte/connexion/cle/", {"credential": "{}"}, 10),
    ],
)
def test_too_many_forms_from_one_address_get_a_page_that_says_so(path: str, form: dict[str, str], limit: int) -> None:
    client = from_address("203.0.113.1")
    for _time in range(limit):
        assert client.post(path, form).status_code != 429
    response = client.post(path, form)
    assert response.status_code == 429
    page = response.content.decode()
    assert "Trop de tentatives sont venues de votre connexion" in page
    assert "data-form-page" in page
    assert "no-store" in response["Cache-Control"]
    assert from_address("203.0.113.2").post(path, form).status_code != 429


def test_an_address_gets_three_links_to_a_new_password_in_ten_minutes(reader: User) -> None:
    answers = [
        from_address(f"203.0.113.{number}").post("/compte/mot-de-passe/oublie/", {"email": ADDRESS})
        for number in range(4)
    ]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert len(mail.outbox) == 3


def test_an_address_gets_three_codes_in_ten_minutes(reader: User) -> None:
    for number in range(4):
        answer = from_address(f"203.0.113.{number}").post("/compte/connexion/code/", {"email": ADDRESS})
    assert "Trop de tentatives" in answer.content.decode()
    assert len(mail.outbox) == 3


def test_an_address_gets_one_link_to_confirm_in_three_minutes(client: Client) -> None:
    for _time in range(3):
        form = {"name": "Awa", "email": ADDRESS, "password1": PASSWORD, "website": ""}
        assert Client().post("/compte/inscription/", form).url == "/compte/adresse/confirmer/"
    assert len(mail.outbox) == 1


def test_who_guesses_the_password_of_an_open_session_waits(reader: User) -> None:
    sign_in(client := from_address("203.0.113.1"))
    for _time in range(5):
        confirm_identity(client, "x")
    answer = client.post("/compte/confirmer/", {"password": PASSWORD})
    assert "Trop de tentatives" in answer.content.decode()


def test_the_shared_cache_costs_public_pages_no_question(home_page: object, settings: Settings, client: Client) -> None:
    newsroom = make_newsroom(home_page, articles=6)  # type: ignore[arg-type]
    settings.CACHES = {"default": SHARED_CACHE}  # type: ignore[attr-defined]
    cache.clear()
    asked = {}
    for kind, url in newsroom.urls.items():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(url)
        asked[kind] = sum("delivery_cache" in query["sql"] for query in queries)
    assert asked == dict.fromkeys(newsroom.urls, 0)
