"""No password, token, session or key of ours stands in a log or in an error report, whatever happens."""

import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from aminata24.health.masking import MASK, masked
from aminata24.newsletter.models import Subscriber
from aminata24.readers.models import User
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

ADDRESS = "awa@example.com"
WRONG = "un-mot-de-passe-faux"
# Longer than the tests' own, which is a word.
KEY = "the-key-that-signs-sessions-and-forms"

Log = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def reader(home_page, settings) -> User:
    """A reader with a confirmed address, on a site with a real key."""
    settings.SECRET_KEY = KEY
    return User.objects.create_user(ADDRESS, PASSWORD)


def link_in_mail() -> str:
    return re.search(r"https?://[^/\s]+(/\S+)", str(mail.outbox[-1].body))[1]


def fail(*args: object, **kwargs: object) -> None:
    raise RuntimeError(f"{KEY} postgres://site:pw-of-the-database@db/site")


def test_signing_in_resetting_and_subscribing_leave_no_secret_in_the_log(reader, client, log: Log):
    """At DEBUG, which tells more than any server will."""
    client.post("/compte/connexion/", {"login": ADDRESS, "password": WRONG})
    client.post("/compte/connexion/", {"login": ADDRESS, "password": PASSWORD})
    session = Session.objects.get().session_key
    client.logout()
    client.post("/compte/mot-de-passe/oublie/", {"email": ADDRESS})
    reset = link_in_mail()
    client.get(reset, follow=True)
    client.post("/compte/mot-de-passe/nouveau/1-wrong-key/", {"password1": WRONG})
    client.post("/lettre/", {"email": ADDRESS})
    confirmation = link_in_mail()
    for path in (confirmation, confirmation.replace("confirmer", "desinscription"), f"{confirmation}x/"):
        client.get(path)
    Client(enforce_csrf_checks=True).post("/compte/connexion/", {"login": ADDRESS, "password": WRONG})
    written = str(log())
    assert MASK in written
    token = Subscriber.objects.get().token
    for secret in (WRONG, PASSWORD, session, reset, reset.split("/")[-2], token, ADDRESS, KEY, "sessionid"):
        assert secret not in written


def test_an_error_tells_nothing_of_what_was_sent(reader, client, log: Log, settings, monkeypatch):
    settings.ADMINS = [("", "technique@aminata24.example")]
    client.raise_request_exception = False
    monkeypatch.setattr("allauth.account.forms.LoginForm.clean", fail)
    client.force_login(reader)
    session = Session.objects.get().session_key
    client.logout()
    mail.outbox.clear()
    client.cookies["sessionid"] = session
    assert (
        client.post("/compte/connexion/?token=in-the-query", {"login": ADDRESS, "password": PASSWORD}).status_code
        == 500
    )
    assert "RuntimeError" in str(log())
    for thread in __import__("threading").enumerate():
        if thread.name == "error-mail":
            thread.join()
    assert len(mail.outbox) == 1
    told = str(log()) + mail.outbox[0].subject + str(mail.outbox[0].body)
    for secret in (PASSWORD, ADDRESS, session, KEY, "in-the-query", "pw-of-the-database", "csrf"):
        assert secret not in told, secret


def test_a_row_that_the_database_refuses_is_not_told(reader, log: Log):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        User.objects.create_user(ADDRESS, PASSWORD)
    logging.getLogger("aminata24.tests").error("not_stored", exc_info=refused.value)
    assert "IntegrityError" in str(log())
    assert ADDRESS not in str(log())


@pytest.mark.parametrize(
    "name",
    ["account_confirm_email", "account_reset_password_from_key", "newsletter_confirm", "newsletter_unsubscribe"],
)
def test_every_link_that_opens_something_is_masked(name):
    arguments = {
        "account_reset_password_from_key": {"uidb36": "1a", "key": "abc-def"},
        "account_confirm_email": {"key": "MQ:1x:y"},
    }
    link = reverse(name, kwargs=arguments.get(name, {"token": "abc_def"}))
    shown = masked(f'"GET {link} HTTP/1.1"')
    assert shown == f'"GET {link.rpartition("/")[0].rpartition("/")[0]}/{MASK}/ HTTP/1.1"'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "/compte/google/login/callback/?code=4/abc&state=x",
            f"/compte/google/login/callback/?code={MASK}&state={MASK}",
        ),
        ("smtp+tls://site:p%40ss@mail.example:587", f"smtp+tls://site:{MASK}@mail.example:587"),
        ("DETAIL:  Key (email)=(awa) already exists.", f"DETAIL:  Key (email)=({MASK}) already exists."),
        ("DETAIL:  Failing row contains (1, x, (y)).\nnext", f"DETAIL:  Failing row contains ({MASK})\nnext"),
        ("to awa.k+x@example.co.uk!", f"to {MASK}!"),
        (
            "job_done job=news.x key=12 /recherche/?q=cacao&page=2",
            "job_done job=news.x key=12 /recherche/?q=cacao&page=2",
        ),
    ],
)
def test_what_is_masked_and_what_is_not(text, shown):
    assert masked(text) == shown


def test_all_secrets_among_the_settings_are_known(settings, monkeypatch):
    settings.SECRET_KEY_FALLBACKS = ["an-older-key-of-ours"]
    settings.AKISMET_KEY = "akismet-akismet"
    settings.SOCIALACCOUNT_PROVIDERS = {"google": {"APP": {"client_id": "public", "secret": "google-google"}}}
    settings.EMAIL_HOST_PASSWORD = "mail-mail-mail"
    monkeypatch.setitem(settings.DATABASES["default"], "PASSWORD", "database-password")
    known = "an-older-key-of-ours akismet-akismet google-google mail-mail-mail database-password"
    assert masked(known) == " ".join([MASK] * 5)
    assert masked("aminata24 public readers.User") == "aminata24 public readers.User"
