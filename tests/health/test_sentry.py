"""Errors to a Sentry: nothing without a setting, and nothing of a reader with it. No network: events are caught."""

import logging
from collections.abc import Iterator

import pytest
import sentry_sdk
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from aminata24.health import sentry
from tests.conftest import PASSWORD
from tests.delivery.test_settings import SECRETS, setting

DSN = "https://public@sentry.example/1"
ID = "0123456789abcdef0123456789abcdef"
# Not beside the code that fails: Sentry shows some lines around it.
READER = {"X-Request-ID": ID, "X-Forwarded-For": "203.0.113.7", "User-Agent": "Awas Telefon"}
COOKIE = "session-of-awa"


class Caught(Transport):
    """Keeps what would be sent."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[dict] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        self.events.append(envelope.get_event())


@pytest.fixture
def caught() -> Iterator[Caught]:
    caught = Caught()
    sentry.start(DSN, transport=caught)
    yield caught
    sentry_sdk.init()


def test_nobody_is_told_without_a_setting() -> None:
    watching = "__import__('sentry_sdk').is_initialized()"
    assert setting(f"DEBUG, {watching}", **SECRETS) == "False False"
    assert setting(f"DEBUG, {watching}", **SECRETS, SENTRY_DSN=DSN) == "False True"


@pytest.mark.django_db
def test_an_error_is_told_with_its_request_and_without_who_asked(caught, client, monkeypatch) -> None:
    def fail(request, *args, **kwargs):
        password = request.POST["password"]
        raise RuntimeError(f"no such reader: awa@example.com{password[:0]}")

    client.raise_request_exception = False
    monkeypatch.setattr("allauth.account.views.LoginView.dispatch", lambda self, *args, **kwargs: fail(*args))
    client.cookies["sessionid"] = COOKIE
    client.post(
        "/compte/connexion/?token=in-the-query", {"login": "awa@example.com", "password": PASSWORD}, headers=READER
    )
    assert len(caught.events) == 1
    event = caught.events[0]
    assert event["exception"]["values"][-1]["type"] == "RuntimeError"
    assert event["tags"]["request"] == ID
    assert event["tags"]["path"] == "/compte/connexion/"
    for private in ("awa@", PASSWORD, COOKIE, "in-the-query", *list(READER.values())[1:]):
        assert private not in str(event), private
    assert not {"request", "user", "breadcrumbs", "extra"} & set(event)


def test_warnings_are_not_told(caught) -> None:
    logging.getLogger("aminata24.tests").warning("all is well")
    assert caught.events == []
