"""What is forgotten of commenters, and when."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from aminata24.comments import retention
from aminata24.comments.models import Ban, Comment, Reaction, Status
from aminata24.comments.people import Person
from aminata24.comments.retention import forget_commenters
from aminata24.readers.models import User
from aminata24.readers.personal_data import delete_account, personal_data
from news.models import ArticlePage, SectionPage
from tests.factories import ArticleFactory, CommentFactory

pytestmark = pytest.mark.django_db

KEY = "a" * 64


@pytest.fixture
def article(section: SectionPage) -> ArticlePage:
    """An article to comment on."""
    return ArticleFactory(parent=section, title="Le bac reprend son service")


def written(article: ArticlePage, days: int, status: Status, **fields: object) -> Comment:
    """A comment that was written so many days ago."""
    at = timezone.now() - timedelta(days=days)
    return CommentFactory(article=article, created_at=at, status=status, address_key=KEY, **fields)


def known(comment: Comment) -> tuple[bool, bool, bool]:
    """Whether its e-mail address, its network address and its text are still kept."""
    comment.refresh_from_db()
    return bool(comment.email), bool(comment.address_key), bool(comment.text)


@pytest.mark.parametrize(
    ("status", "kept"),
    [
        (Status.REJECTED, (False, False, True)),
        (Status.APPROVED, (True, False, True)),
        (Status.PENDING, (True, True, True)),
    ],
)
def test_after_thirty_days_only_what_is_needed_stays(
    article: ArticlePage, status: Status, kept: tuple[bool, bool, bool]
) -> None:
    old, recent = written(article, 31, status), written(article, 29, status)
    forget_commenters(timezone.now())
    assert (known(old), known(recent)) == (kept, (True, True, True))


def test_old_spam_is_deleted_and_what_was_answered_loses_its_text(article: ArticlePage) -> None:
    alone, recent = written(article, 31, Status.SPAM), written(article, 29, Status.SPAM)
    answered = written(article, 31, Status.SPAM)
    answer = written(article, 1, Status.APPROVED, parent=answered)

    forget_commenters(timezone.now())

    assert not Comment.objects.filter(pk=alone.pk).exists()
    assert known(recent) == (True, True, True)
    assert known(answered) == (False, False, False)
    assert known(answer) == (True, True, True)


def test_a_thread_of_nothing_but_spam_goes_as_a_whole(article: ArticlePage) -> None:
    top = written(article, 40, Status.SPAM)
    written(article, 40, Status.SPAM, parent=written(article, 40, Status.SPAM, parent=top))
    forget_commenters(timezone.now())
    assert not Comment.objects.exists()


def test_what_was_decided_lately_is_kept_a_while(article: ArticlePage) -> None:
    comment = written(article, 90, Status.REJECTED, moderated_at=timezone.now() - timedelta(days=1))
    forget_commenters(timezone.now())
    assert known(comment) == (True, True, True)
    forget_commenters(timezone.now() + timedelta(days=30))
    assert known(comment) == (False, False, True)


def test_a_ban_forgets_the_network_address_and_goes_if_it_held_nothing_else(db: None) -> None:
    by_address = Ban.objects.create(address_key=KEY)
    by_email = Ban.objects.create(email="troll@example.com", address_key=KEY)
    recent = Ban.objects.create(address_key=KEY)
    Ban.objects.exclude(pk=recent.pk).update(created_at=timezone.now() - timedelta(days=91))

    forget_commenters(timezone.now())

    assert not Ban.objects.filter(pk=by_address.pk).exists()
    assert list(Ban.objects.order_by("pk").values_list("email", "address_key")) == [
        ("troll@example.com", ""),
        ("", KEY),
    ]
    assert by_email in Ban.objects.all()


def test_it_works_through_any_number_and_then_finds_nothing(
    article: ArticlePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    for status in (Status.REJECTED, Status.SPAM, Status.APPROVED):
        for _ in range(5):
            written(article, 31, status)

    assert forget_commenters(timezone.now()) == 15
    assert forget_commenters(timezone.now()) == 0
    assert not Comment.objects.exclude(address_key="").exists()


def test_the_command_says_what_it_did(article: ArticlePage) -> None:
    written(article, 31, Status.REJECTED)
    said = StringIO()
    call_command("forget_commenters", stdout=said)
    assert said.getvalue().startswith("1 ")


# --- Accounts -----------------------------------------------------------------


@pytest.fixture
def reader(db: None) -> User:
    """Somebody with an account."""
    return User.objects.create_user("koffi@example.com", first_name="Koffi")


def test_a_reader_gets_everything_they_wrote(article: ArticlePage, reader: User) -> None:
    CommentFactory(article=article, reader=reader, email="", name="Koffi", text="Avec mon compte")
    CommentFactory(article=article, email="koffi@example.com", text="Avant mon compte", status=Status.REJECTED)
    CommentFactory(article=article, text="D’une autre")

    found: Any = personal_data(reader)["comments"]

    assert [(one["text"], one["status"]) for one in found] == [
        ("Avec mon compte", "Publié"),
        ("Avant mon compte", "Rejeté"),
    ]
    assert found[0]["article"] == "Le bac reprend son service"
    assert found[0]["address"] == f"http://127.0.0.1:8000{article.path_on_site}"


def test_a_reader_gets_what_they_liked_and_reported(article: ArticlePage, reader: User) -> None:
    comment = CommentFactory(article=article, text="Un avis")
    Reaction.objects.create(comment=comment, kind="report", person=f"reader:{reader.pk}", reason="Insultant")
    Reaction.objects.create(comment=comment, kind="like", person="visitor:x")
    found: Any = personal_data(reader)["reactions"]
    assert [(one["kind"], one["comment"], one["reason"]) for one in found] == [("Signaler", "Un avis", "Insultant")]


def test_the_comments_of_a_deleted_account_stay_without_a_name(article: ArticlePage, reader: User) -> None:
    own = CommentFactory(article=article, reader=reader, name="Koffi", address_key=KEY)
    earlier = CommentFactory(article=article, email="koffi@example.com")
    answer = CommentFactory(article=article, reader=reader, name="Koffi", is_staff=True)
    other = CommentFactory(article=article, like_count=2, report_count=1)
    for person, kind in ((f"reader:{reader.pk}", "like"), (f"reader:{reader.pk}", "report"), ("visitor:x", "like")):
        Reaction.objects.create(comment=other, kind=kind, person=person)

    delete_account(reader)

    for comment in (own, earlier):
        comment.refresh_from_db()
        assert (comment.name, comment.email, comment.address_key) == ("", "", "")
        assert comment.reader is None
        assert comment.text
    answer.refresh_from_db()
    assert (answer.name, answer.reader) == ("La rédaction", None)
    other.refresh_from_db()
    assert (bool(other.name), other.like_count, other.report_count) == (True, 1, 0)
    assert [reaction.person for reaction in Reaction.objects.all()] == ["visitor:x"]


def test_a_new_account_is_no_way_around_a_ban(article: ArticlePage, reader: User) -> None:
    Ban.objects.create(reader=reader, email=reader.email)
    Ban.objects.create(reader=reader)

    delete_account(reader)

    assert [(ban.reader, ban.email) for ban in Ban.objects.all()] == [(None, "koffi@example.com")]
    again = User.objects.create_user("koffi@example.com")
    assert Person(f"reader:{again.pk}", "", again).is_banned()
