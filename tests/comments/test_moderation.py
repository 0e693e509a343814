"""What moderators do, and what happens when two do it at once."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone
from wagtail.log_actions import registry

from aminata24.comments import moderation
from aminata24.comments.models import Ban, Comment, Status
from aminata24.comments.models.comment import CommentQuerySet
from aminata24.readers.models import User
from home.models import HomePage
from news.models import ArticlePage, SectionPage
from tests.factories import ArticleFactory, CommentFactory, SectionFactory

DECISIONS: list[tuple[Callable[..., moderation.Decision], Status]] = [
    (moderation.approve, Status.APPROVED),
    (moderation.reject, Status.REJECTED),
    (moderation.mark_as_spam, Status.SPAM),
    (moderation.back_to_queue, Status.PENDING),
]


@pytest.fixture
def article(section: SectionPage) -> ArticlePage:
    """An article to comment on."""
    return ArticleFactory(parent=section)


@pytest.fixture
def moderator(db: None) -> User:
    """Somebody who moderates."""
    return User.objects.create_user("mariam@aminata24.example", first_name="Mariam", last_name="Touré")


def as_seen(*comments: Comment) -> CommentQuerySet:
    """The comments, as long as they still have the status that this moderator saw."""
    seen = Comment.objects.none()
    for comment in comments:
        seen = seen | Comment.objects.filter(pk=comment.pk, status=comment.status)
    return seen


def waiting(article: ArticlePage, **fields: object) -> Comment:
    """A comment that waits."""
    return CommentFactory(article=article, status=Status.PENDING, held_because="Premier commentaire", **fields)


def history(thing: Comment | Ban) -> list[tuple[str, str]]:
    """Who did what with it, the latest first."""
    return [(entry.user_display_name, entry.message) for entry in registry.get_logs_for_instance(thing)]


@pytest.mark.parametrize(("decide", "status"), DECISIONS)
def test_a_decision_sets_the_status_and_the_time(
    article: ArticlePage, moderator: User, decide: Callable[..., moderation.Decision], status: Status
) -> None:
    before = Status.REJECTED if status == Status.PENDING else Status.PENDING
    comment = CommentFactory(article=article, status=before, moderated_at=timezone.now() - timedelta(days=1))

    decision = decide(as_seen(comment), moderator)

    comment.refresh_from_db()
    assert comment.status == status
    assert comment.moderated_at == (None if status == Status.PENDING else decision.at)


def test_an_approved_comment_is_no_longer_held_for_a_reason(article: ArticlePage, moderator: User) -> None:
    comment = waiting(article)
    moderation.approve(as_seen(comment), moderator)
    comment.refresh_from_db()
    assert comment.held_because == ""


def test_a_rejected_comment_keeps_the_reason_or_gets_the_moderators(article: ArticlePage, moderator: User) -> None:
    silent, explained = waiting(article), waiting(article)

    moderation.reject(as_seen(silent), moderator)
    moderation.reject(as_seen(explained), moderator, "Diffamation")

    assert [one.held_because for one in Comment.objects.order_by("pk")] == ["Premier commentaire", "Diffamation"]


def test_the_article_counts_what_readers_see(article: ArticlePage, moderator: User) -> None:
    first, second = waiting(article), waiting(article)

    moderation.approve(as_seen(first, second), moderator)
    article.refresh_from_db()
    assert article.comment_count == 2

    first.refresh_from_db()
    moderation.mark_as_spam(as_seen(first), moderator)
    article.refresh_from_db()
    assert article.comment_count == 1


def test_an_article_is_counted_once_however_many_of_its_comments_are_decided(
    article: ArticlePage, moderator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[int] = []
    monkeypatch.setattr(moderation, "recount", counted.append)
    comments = [waiting(article) for _ in range(5)]

    moderation.approve(as_seen(*comments), moderator)
    assert counted == [article.pk]


def test_history_says_who_did_what_and_why(article: ArticlePage, moderator: User) -> None:
    comment = waiting(article)
    moderation.reject(as_seen(comment), moderator, "Diffamation")
    comment.refresh_from_db()
    moderation.approve(as_seen(comment), moderator)

    assert history(comment) == [("Mariam Touré", "Publié"), ("Mariam Touré", "Rejeté – Diffamation")]


def test_history_remembers_neither_names_nor_texts(article: ArticlePage, moderator: User) -> None:
    comment = waiting(article, name="Awa Koné", text="Un texte à oublier")
    moderation.reject(as_seen(comment), moderator)
    moderation.ban_author(comment, moderator)
    moderation.delete(comment, moderator)

    for entry in registry.get_log_model_for_model(Comment).objects.all():
        for secret in ("Awa", "oublier", comment.email):
            assert secret not in f"{entry.label} {entry.data}"


def test_a_decision_that_was_made_already_is_not_made_again(article: ArticlePage, moderator: User) -> None:
    comment = waiting(article)
    seen = as_seen(comment)

    assert len(moderation.approve(seen, moderator).comments) == 1
    assert moderation.approve(seen.all(), moderator).comments == []
    assert len(history(comment)) == 1


def test_the_second_of_two_moderators_changes_nothing(article: ArticlePage, moderator: User) -> None:
    comment = waiting(article)
    both_saw = as_seen(comment)
    moderation.approve(both_saw, moderator)

    assert moderation.reject(both_saw.all(), User.objects.create_user("b@example.com")).comments == []
    comment.refresh_from_db()
    assert comment.is_published


def test_a_decision_can_be_taken_back_with_all_it_changed(article: ArticlePage, moderator: User) -> None:
    comments = [waiting(article), CommentFactory(article=article, moderated_at=timezone.now() - timedelta(days=2))]
    before = list(Comment.objects.order_by("pk").values("status", "moderated_at", "held_because"))
    decision = moderation.mark_as_spam(as_seen(*comments), moderator, "Publicité")

    undone = moderation.undo(decision.key, moderator)

    assert len(undone.comments) == 2
    assert list(Comment.objects.order_by("pk").values("status", "moderated_at", "held_because")) == before
    article.refresh_from_db()
    assert article.comment_count == 1
    assert history(comments[0])[0] == ("Mariam Touré", "Décision annulée, de nouveau : En attente")


def test_what_somebody_decided_since_is_not_taken_back(article: ArticlePage, moderator: User) -> None:
    comment = waiting(article)
    decision = moderation.approve(as_seen(comment), moderator)
    comment.refresh_from_db()
    moderation.reject(as_seen(comment), User.objects.create_user("b@example.com"))

    assert moderation.undo(decision.key, moderator).comments == []
    comment.refresh_from_db()
    assert comment.status == Status.REJECTED


def test_nobody_takes_back_what_another_did(article: ArticlePage, moderator: User) -> None:
    decision = moderation.approve(as_seen(waiting(article)), moderator)
    assert moderation.undo(decision.key, User.objects.create_user("b@example.com")).comments == []


# --- Bans ---------------------------------------------------------------------


def test_a_ban_holds_the_address_and_the_account_and_rejects_what_waits(article: ArticlePage, moderator: User) -> None:
    reader = User.objects.create_user("koffi@example.com")
    comment = waiting(article, reader=reader, email="")
    other = waiting(article, reader=None, email="koffi@example.com")
    stranger, published = waiting(article), CommentFactory(article=article, reader=reader)

    decision = moderation.ban_author(comment, moderator, "Insultes")

    ban = Ban.objects.get()
    assert (ban.reader, ban.email, ban.address_key) == (reader, "koffi@example.com", "")
    assert (ban.reason, ban.banned_by) == ("Insultes", moderator)
    assert {one.pk for one in decision.comments} == {comment.pk, other.pk}
    for one in (stranger, published):
        before = one.status
        one.refresh_from_db()
        assert one.status == before
    assert history(ban) == [("Mariam Touré", "Personne bannie – Insultes")]
    assert ("Mariam Touré", "Personne bannie – Insultes") in history(comment)


def test_a_network_address_is_banned_only_if_asked_for(article: ArticlePage, moderator: User) -> None:
    moderation.ban_author(waiting(article, address_key="a" * 64), moderator)
    assert not Ban.objects.exclude(address_key="").exists()

    moderation.ban_author(waiting(article, address_key="b" * 64), moderator, with_address=True)
    assert Ban.objects.exclude(address_key="").get().address_key == "b" * 64


def test_what_waits_can_be_left_waiting(article: ArticlePage, moderator: User) -> None:
    comment = waiting(article)
    moderation.ban_author(comment, moderator, reject_waiting=False)
    comment.refresh_from_db()
    assert comment.status == Status.PENDING


def test_a_person_is_banned_once(article: ArticlePage, moderator: User) -> None:
    comment = waiting(article)
    moderation.ban_author(comment, moderator)
    assert moderation.ban_author(comment, moderator).bans == []
    assert Ban.objects.count() == 1


def test_nobody_is_banned_where_nothing_is_known(article: ArticlePage, moderator: User) -> None:
    moderation.ban_author(waiting(article, email=""), moderator)
    assert not Ban.objects.exists()


def test_a_ban_is_taken_back_with_what_it_rejected(article: ArticlePage, moderator: User) -> None:
    comment = waiting(article)
    decision = moderation.ban_author(comment, moderator)

    moderation.undo(decision.key, moderator)

    comment.refresh_from_db()
    assert (comment.status, Ban.objects.count()) == (Status.PENDING, 0)


def test_a_lifted_ban_lets_the_person_in_again(article: ArticlePage, moderator: User) -> None:
    moderation.ban(moderator, email="Koffi@Example.com")
    ban = Ban.objects.of(None, "koffi@example.com", "").get()

    moderation.lift(ban, moderator)

    assert not Ban.objects.of(None, "koffi@example.com", "").exists()
    assert history(ban)[0] == ("Mariam Touré", "Bannissement levé")


# --- Answers and deletions ----------------------------------------------------


def test_an_answer_of_the_newsroom_is_published_at_once_and_marked(article: ArticlePage, moderator: User) -> None:
    comment = CommentFactory(article=article)

    answer = moderation.reply(comment, "Nous vérifions.", moderator, uuid4())

    assert (answer.is_staff, answer.is_published, answer.level) == (True, True, 1)
    assert (answer.name, answer.reader, answer.email) == ("Mariam Touré", moderator, "")
    article.refresh_from_db()
    assert article.comment_count == 2


def test_an_answer_sent_twice_is_one(article: ArticlePage, moderator: User) -> None:
    comment, form = CommentFactory(article=article), uuid4()
    assert moderation.reply(comment, "Oui.", moderator, form) == moderation.reply(comment, "Oui.", moderator, form)
    assert Comment.objects.filter(is_staff=True).count() == 1


def test_an_answer_publishes_what_it_answers(article: ArticlePage, moderator: User) -> None:
    comment = waiting(article)
    answer = moderation.reply(comment, "Nous vérifions.", moderator, uuid4())
    comment.refresh_from_db()
    assert comment.is_published
    assert answer.parent == comment


def test_a_deleted_comment_goes_with_its_answers(article: ArticlePage, moderator: User) -> None:
    comment = CommentFactory(article=article)
    CommentFactory(article=article, parent=CommentFactory(article=article, parent=comment))
    CommentFactory(article=article)

    moderation.delete(comment, moderator)

    article.refresh_from_db()
    assert (Comment.objects.count(), article.comment_count) == (1, 1)


# --- Two at once --------------------------------------------------------------

with_threads = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time anyway"),
    pytest.mark.usefixtures("committing"),
]


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do some things in the same moment, each in a thread of its own; what came of each."""
    start, results = Barrier(len(acts)), dict[int, Any]()

    def run(number: int, act: Callable[[], Any]) -> None:
        start.wait()
        try:
            results[number] = act()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [results[number] for number in range(len(acts))]


@pytest.fixture
def two_moderators(committing: None) -> tuple[User, User]:
    """Two people, both quick."""
    return User.objects.create_user("m1@example.com"), User.objects.create_user("m2@example.com")


@pytest.fixture
def articles(two_moderators: object) -> list[ArticlePage]:
    """Three articles, for those who decide on many comments at once."""
    section = SectionFactory(parent=HomePage.objects.get(), title="Afrique", slug="afrique")
    return [ArticleFactory(parent=section) for _ in range(3)]


class TestTwoAtOnce:
    """On PostgreSQL, with a thread for each moderator."""

    pytestmark = with_threads

    def test_of_two_moderators_one_decides(
        self, articles: list[ArticlePage], two_moderators: tuple[User, User]
    ) -> None:
        one, another = two_moderators
        for _ in range(10):
            comments = [waiting(article) for article in articles for _ in range(2)]
            seen = as_seen(*comments)

            decisions = at_once(
                partial(moderation.approve, seen.all(), one), partial(moderation.reject, seen.all(), another)
            )

            assert sorted(len(decision.comments) for decision in decisions) == [0, 6]
            assert {len(history(comment)) for comment in comments} == {1}
        for article in articles:
            article.refresh_from_db()
            assert article.comment_count == Comment.objects.published().filter(article=article).count()

    def test_two_answers_at_once_are_both_counted(
        self, articles: list[ArticlePage], two_moderators: tuple[User, User]
    ) -> None:
        comment = CommentFactory(article=articles[0])
        for _ in range(10):
            answers = at_once(*(partial(moderation.reply, comment, "Merci.", by, uuid4()) for by in two_moderators))
            assert [type(answer) for answer in answers] == [Comment, Comment]
        articles[0].refresh_from_db()
        assert articles[0].comment_count == 21
