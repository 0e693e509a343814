"""Errors by mail: what stands in one, and how few come of many."""

import logging
from collections.abc import Callable

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import RequestFactory

from aminata24.health import error_mail
from aminata24.health.error_mail import MOST_AN_HOUR, PAUSE, ErrorMailHandler
from aminata24.health.middleware import HealthMiddleware
from tests.health.conftest import wait_for_mails

ID = "0123456789abcdef0123456789abcdef"


class Hand:
    """A clock that a test turns."""

    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def hand(monkeypatch) -> Hand:
    hand = Hand()
    monkeypatch.setattr(error_mail, "time", hand)
    return hand


@pytest.fixture
def logger(settings, hand) -> logging.Logger:
    """A logger whose errors are mailed."""
    settings.ADMINS = [("", "technique@aminata24.example")]
    return logging.getLogger("aminata24.tests.mail")


def sent() -> list[str]:
    """The subjects of what was sent, once the threads that send are done."""
    wait_for_mails()
    return [message.subject for message in mail.outbox]


def fail(logger: logging.Logger, error: Callable[[], object] = lambda: 1 / 0) -> None:
    try:
        error()
    except Exception:
        logger.exception("job_failed job=%s", "cutting")


def test_an_error_is_told_with_its_place_and_its_request(logger):
    request = RequestFactory().get("/lettre/confirmer/abcdefgh/", headers={"X-Request-ID": ID})
    HealthMiddleware(lambda request: fail(logger) or HttpResponse())(request)
    assert sent() == ["[Aminata24] ERROR job_failed job=cutting (ZeroDivisionError)"]
    text = mail.outbox[0].body
    assert mail.outbox[0].to == ["technique@aminata24.example"]
    assert f"Request: {ID}" in text
    assert "Path: /lettre/confirmer/[masked]" in text
    assert "test_error_mail.py" in text
    assert "division by zero" in text


def test_a_warning_is_not_worth_a_mail(logger):
    logger.warning("all is well")
    assert sent() == []


def test_nobody_is_told_where_settings_name_nobody(logger, settings):
    settings.ADMINS = []
    fail(logger)
    assert sent() == []


def test_an_outage_sends_a_few_mails_and_not_one_for_each_request(logger, hand):
    for _request in range(500):
        fail(logger)
    assert len(sent()) == 1
    for number in range(100):
        logger.error("another_error_%s" % number)  # noqa: UP031
    assert len(sent()) == MOST_AN_HOUR


def test_it_is_told_again_after_a_while_with_how_many_there_were(logger, hand):
    for _request in range(43):
        fail(logger)
    hand.now += PAUSE + 1
    fail(logger)
    assert len(sent()) == 2
    assert "42 more errors" in mail.outbox[1].body


def test_another_error_meanwhile_is_told(logger):
    fail(logger)
    fail(logger, lambda: {}["x"])
    assert sorted(subject.rpartition(" ")[2] for subject in sent()) == ["(KeyError)", "(ZeroDivisionError)"]


def test_a_mail_server_that_fails_is_logged_and_makes_no_more_mails(logger, log, monkeypatch):
    def refuse(*args):
        raise ConnectionRefusedError

    monkeypatch.setattr(error_mail, "mail_admins", refuse)
    fail(logger)
    assert sent() == []
    told = [line for line in log() if line["logger"] == "aminata24.health.error_mail"]
    assert [(line["level"], line["message"]) for line in told] == [("WARNING", "error_mail_not_sent")]


def test_a_message_of_many_lines_makes_a_subject_of_one(logger):
    logger.error("first\nBcc: everybody@example.com\n" + "x" * 500)
    assert sent()[0] == f"[Aminata24] ERROR {('first Bcc: [masked] ' + 'x' * 500)[:100]}"


def test_errors_of_the_whole_house_are_mailed_and_by_nobody_else(settings) -> None:
    handlers = settings.LOGGING["root"]["handlers"], settings.LOGGING["loggers"]["django"]["handlers"]
    assert handlers == (["console", "mail"], [])
    assert not logging.getLogger("django").handlers
    assert any(isinstance(handler, ErrorMailHandler) for handler in logging.getLogger().handlers)


@pytest.mark.django_db
def test_a_mistake_of_a_client_is_a_warning_and_no_mail(client, settings, log, logger):
    settings.ALLOWED_HOSTS = ["testserver"]
    assert client.get("/moi/", headers={"host": "evil.example"}).status_code == 400
    (line,) = [line for line in log() if line["logger"].startswith("django.security.")]
    assert (line["level"], "exception" in line) == ("WARNING", False)
    assert sent() == []
