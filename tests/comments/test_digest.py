"""The mail about what waits."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.test import Client
from django.test.utils import override_settings
from wagtail.models import Site

from aminata24.comments.digest import send_due_digest
from aminata24.comments.models import Comment, CommentSettings, Digest, ModeratorPreferences, Status
from aminata24.readers.models import User
from news.models import ArticlePage, SectionPage
from tests.factories import ArticleFactory, CommentFactory

pytestmark = pytest.mark.django_db

# Abidjan's clock is UTC's.
MORNING = datetime(2026, 11, 24, 7, 5, tzinfo=UTC)


@pytest.fixture
def article(section: SectionPage) -> ArticlePage:
    """An article to comment on."""
    return ArticleFactory(parent=section, title="Le bac reprend son service")


@pytest.fixture
def moderator(db: None) -> User:
    """Somebody who moderates."""
    return make_moderator("mariam@aminata24.example")


def make_moderator(email: str, **fields: Any) -> User:
    """Make a moderator."""
    user = User.objects.create_user(email, **fields)
    user.groups.add(Group.objects.get(name="Moderators"))
    return user


def waiting(article: ArticlePage, **fields: object) -> Comment:
    """A comment that waits."""
    return CommentFactory(
        article=article, **{"status": Status.PENDING, "created_at": MORNING - timedelta(hours=9), **fields}
    )


def choose(digest: Digest) -> None:
    """Make the rules say how often."""
    CommentSettings.objects.update_or_create(site=Site.objects.get(), defaults={"digest": digest})


def test_the_digest_says_how_many_wait_since_when_and_leads_to_each(article: ArticlePage, moderator: User) -> None:
    comments = [waiting(article, created_at=MORNING - timedelta(hours=20 - number)) for number in range(12)]
    CommentFactory(article=article, text="Déjà publié")

    assert send_due_digest(MORNING)

    message = mail.outbox[0]
    html = message.alternatives[0][0]  # type: ignore[attr-defined]
    assert message.subject == "12 commentaires en attente – Aminata24"
    assert message.to == ["mariam@aminata24.example"]
    assert "http://127.0.0.1:8000/admin/comments/comment/" in message.body
    for text in (str(message.body), html):
        assert "12 commentaires attendent un modérateur, le plus ancien depuis le 23 novembre 2026" in text
        for comment in comments[:10]:
            assert comment.text in text
            assert f"/admin/comments/comment/inspect/{comment.pk}/" in text
        assert comments[10].text not in text
        assert "Et 2 autres." in text
        assert "Déjà publié" not in text


def test_what_a_reader_wrote_is_text_in_both_forms(article: ArticlePage, moderator: User) -> None:
    waiting(article, name="Awa <b>", text="Tom & <script>")
    send_due_digest(MORNING)
    message = mail.outbox[0]
    assert "Awa <b>" in message.body
    assert "Tom & <script>" in message.body
    assert "Tom &amp; &lt;script&gt;" in message.alternatives[0][0]  # type: ignore[attr-defined]


def test_no_mail_goes_out_while_nothing_waits(article: ArticlePage, moderator: User) -> None:
    CommentFactory(article=article)
    assert not send_due_digest(MORNING)
    assert mail.outbox == []


def test_one_digest_goes_out_however_many_workers_ask(article: ArticlePage, moderator: User) -> None:
    waiting(article)
    assert [send_due_digest(MORNING + timedelta(minutes=5 * n)) for n in range(3)] == [True, False, False]
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("digest", "hours"),
    [
        (Digest.NEVER, []),
        (Digest.DAILY, [7]),
        (Digest.TWICE, [7, 15]),
        (Digest.HOURLY, list(range(24))),
    ],
)
def test_it_goes_out_as_often_as_the_rules_say(
    article: ArticlePage, moderator: User, digest: Digest, hours: list[int]
) -> None:
    waiting(article)
    choose(digest)
    midnight = MORNING.replace(hour=0, minute=0)
    CommentSettings.objects.update(digest_at=midnight - timedelta(minutes=1))

    quarters = [midnight + timedelta(minutes=15 * n) for n in range(96)]
    sent = [moment for moment in quarters if send_due_digest(moment)]
    assert [(moment.hour, moment.minute) for moment in sent] == [(hour, 0) for hour in hours]


def test_what_arrives_after_a_digest_was_due_waits_for_the_next(article: ArticlePage, moderator: User) -> None:
    assert not send_due_digest(MORNING)
    waiting(article)
    assert not send_due_digest(MORNING + timedelta(hours=1))
    assert send_due_digest(MORNING + timedelta(days=1))


def test_it_goes_to_moderators_who_want_it_and_to_nobody_else(article: ArticlePage, moderator: User) -> None:
    declined = make_moderator("declined@aminata24.example")
    ModeratorPreferences.objects.create(user=declined, wants_digest=False)
    make_moderator("gone@aminata24.example", is_active=False)
    User.objects.create_user("reporter@aminata24.example").groups.add(Group.objects.get(name="Reporters"))
    User.objects.create_user("lecteur@example.com")
    User.objects.create_superuser("admin@aminata24.example")
    waiting(article)

    send_due_digest(MORNING)

    assert [message.to for message in mail.outbox] == [["mariam@aminata24.example"], ["admin@aminata24.example"]]


def test_a_moderator_declines_in_the_own_account(
    client: Client, article: ArticlePage, sign_in: Callable[..., User]
) -> None:
    user = sign_in("Moderators")
    account = client.get("/admin/account/")
    assert 'name="comments-wants_digest"' in account.content.decode()

    # An unticked box is not sent.
    form = {
        "name_email-email": user.email,
        "name_email-first_name": "Mariam",
        "name_email-last_name": "Touré",
        "locale-preferred_language": "",
        "locale-current_time_zone": "",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
        "theme-keyboard_shortcuts": "on",
    }
    assert client.post("/admin/account/", form).status_code == 302
    assert not ModeratorPreferences.objects.get(user=user).wants_digest
    client.post("/admin/account/", {**form, "comments-wants_digest": "on"})
    assert ModeratorPreferences.objects.get(user=user).wants_digest


def test_the_choice_is_offered_to_moderators_only(
    client: Client, home_page: object, sign_in: Callable[..., User]
) -> None:
    sign_in("Reporters")
    assert "wants_digest" not in client.get("/admin/account/").content.decode()


class OneAddressFails(EmailBackend):
    """A mail server that refuses one recipient."""

    refused = ""

    def send_messages(self, messages: Any) -> int:
        if any(self.refused in message.to[0] for message in messages):
            raise OSError("refused")
        return super().send_messages(messages)


def test_an_address_that_fails_keeps_no_mail_from_the_others(
    article: ArticlePage, moderator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_moderator("b@aminata24.example")
    waiting(article)
    monkeypatch.setattr(OneAddressFails, "refused", "mariam")
    with override_settings(EMAIL_BACKEND=f"{__name__}.OneAddressFails"):
        assert send_due_digest(MORNING)
    assert [message.to for message in mail.outbox] == [["b@aminata24.example"]]


def test_while_the_line_is_down_the_digest_stays_due(article: ArticlePage, moderator: User) -> None:
    waiting(article)
    with override_settings(EMAIL_BACKEND=f"{__name__}.OneAddressFails"):
        assert not send_due_digest(MORNING)
    assert send_due_digest(MORNING + timedelta(minutes=5))


def test_the_command_sends_what_is_due(article: ArticlePage, moderator: User) -> None:
    waiting(article)
    said = StringIO()
    call_command("send_moderation_digest", stdout=said)
    call_command("send_moderation_digest", stdout=said)
    assert said.getvalue() == "The digest went out.\nNo digest is due, or nothing waits.\n"
    assert len(mail.outbox) == 1
