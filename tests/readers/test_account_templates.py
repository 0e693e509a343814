"""allauth's pages, words and mails are ours, every one of them."""

from pathlib import Path

import allauth
import pytest
from allauth.account.adapter import get_adapter
from django.core import mail
from django.template.backends.jinja2 import Template
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import timezone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_page")]

THEIRS = Path(allauth.__file__).parent / "templates"
# What only frames or completes other templates of allauth's own.
PARTS = ("base*", "**/base*", "**/snippets/*")
# What belongs to features that are off: telephones, several addresses, codes in the place of links, passkeys only.
OFF = {
    "account/confirm_email_verification_code.html",
    "account/confirm_password_reset_code.html",
    "account/confirm_phone_verification_code.html",
    "account/email.html",
    "account/email/password_reset_code_message.txt",
    "account/email/password_reset_code_subject.txt",
    "account/messages/phone_verification_sent.txt",
    "account/messages/phone_verified.txt",
    "account/phone_change.html",
    "account/signup_by_passkey.html",
    "mfa/trust.html",
    "mfa/webauthn/signup_form.html",
}
NAMES = sorted(
    name
    for app in ("account", "mfa", "socialaccount", "usersessions")
    for path in (THEIRS / app).rglob("*.*")
    for name in [str(path.relative_to(THEIRS))]
    if name not in OFF and not any(Path(name).match(part) for part in PARTS) and "/snippets/" not in name
)
MAILS = [name.removesuffix("_subject.txt") for name in NAMES if name.endswith("_subject.txt")]
CONTEXT = {
    "activate_url": "http://127.0.0.1:8000/compte/adresse/confirmer/abc/",
    "password_reset_url": "http://127.0.0.1:8000/compte/mot-de-passe/nouveau/1-abc/",
    "code": "1234-5678",
    "from_email": "awa@example.com",
    "to_email": "awa@elsewhere.example",
    "deleted_email": "awa@elsewhere.example",
    "provider": "Google",
    "ip": "203.0.113.9",
    "user_agent": "<script>alert(1)</script>",
}


@pytest.mark.parametrize("name", NAMES)
def test_each_template_is_ours(name: str) -> None:
    assert isinstance(get_template(name), Template)


def test_there_are_as_many_as_there_should_be() -> None:
    assert len(NAMES) > 80
    assert len(MAILS) == 19
    assert {name for name in OFF if not (THEIRS / name).exists()} == set()


@pytest.mark.parametrize("prefix", MAILS)
def test_each_mail_has_a_subject_a_text_and_html(prefix: str) -> None:
    get_adapter().send_mail(prefix, "awa@example.com", {"timestamp": timezone.now(), **CONTEXT})
    message = mail.outbox[0]
    assert message.subject.startswith("[Aminata24] ")
    assert len(message.subject) > 20
    assert message.body.startswith("Bonjour,\n\n")
    assert message.body.endswith("\n\nAminata24\n")
    assert "\n\n\n" not in message.body
    html, kind = message.alternatives[0]
    assert kind == "text/html"
    assert "<script>" not in html
    for line in message.body.splitlines():
        if line.startswith("http"):
            assert f'href="{line}"' in html
        assert line.strip() == line


@pytest.mark.parametrize("name", [name for name in NAMES if "/messages/" in name])
def test_each_word_said_once_is_plain_text_in_french(name: str) -> None:
    text = get_template(name).render({"email": "a'wa@example.com"}, RequestFactory().get("/")).strip()
    assert "&" not in text
    assert not text or text.endswith((".", "!"))
