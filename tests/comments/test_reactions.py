"""Likes and reports: one a person."""

from typing import Any

import pytest
from django.utils import timezone

from aminata24.comments.models import Ban, Comment, Reaction, Status
from aminata24.readers.models import User
from news.models import ArticlePage
from tests.comments.visitors import Visitor, page_of, set_rules
from tests.factories import CommentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment(article: ArticlePage) -> Comment:
    """What others react to."""
    return CommentFactory(article=article, text="Le second bac n’arrivera jamais.")


def visitors(article: ArticlePage, count: int) -> list[Visitor]:
    """So many, each at an address of their own."""
    return [Visitor(article, address=f"203.0.113.{number}") for number in range(1, count + 1)]


def test_a_like_counts_once_a_browser_and_can_be_taken_back(visitor: Visitor, comment: Comment) -> None:
    assert "Aimer ce commentaire" in page_of(visitor.client.get(visitor.path("aimer", comment)))
    answers = [visitor.post("aimer", comment, like="1") for _time in range(3)]
    assert [page_of(answer).count('data-likes="1"') for answer in answers] == [1, 1, 1]
    assert "Vous aimez ce commentaire" in page_of(visitor.client.get(visitor.path("aimer", comment)))

    visitor.post("aimer", comment, like="0")
    visitor.post("aimer", comment, like="0")
    comment.refresh_from_db()
    assert comment.like_count == 0


def test_likes_of_many_add_up_and_readers_see_them(article: ArticlePage, comment: Comment) -> None:
    for visitor in visitors(article, 3):
        visitor.post("aimer", comment, like="1")
    comment.refresh_from_db()
    assert comment.like_count == 3
    assert "<b>3</b>" in page_of(visitor.client.get(article.path_on_site))


def test_an_account_likes_once_on_all_its_devices(article: ArticlePage, comment: Comment) -> None:
    reader = User.objects.create_user("fatou@example.com")
    for visitor in visitors(article, 2):
        visitor.client.force_login(reader)
        visitor.post("aimer", comment, like="1")
    assert Reaction.objects.get().person == f"reader:{reader.pk}"


def test_enough_reports_take_a_comment_off_the_page(article: ArticlePage, comment: Comment) -> None:
    set_rules(reports_until_hidden=3)
    readers = visitors(article, 3)
    for visitor in readers[:2]:
        answer = visitor.post("signaler", comment, reason="C’est une insulte.")
        assert "Un modérateur va relire" in page_of(answer)
    comment.refresh_from_db()
    assert (comment.report_count, comment.status) == (2, Status.APPROVED)

    readers[2].post("signaler", comment, reason="")

    comment.refresh_from_db()
    article.refresh_from_db()
    assert (comment.report_count, comment.status, article.comment_count) == (3, Status.PENDING, 0)
    assert comment.held_because == "Signalé par 3 lecteurs"
    assert "Le second bac" not in page_of(visitor.client.get(article.path_on_site))


def test_one_person_reports_once(visitor: Visitor, comment: Comment) -> None:
    set_rules(reports_until_hidden=2)
    for _time in range(5):
        visitor.post("signaler", comment)
    comment.refresh_from_db()
    assert (comment.report_count, comment.status) == (1, Status.APPROVED)


def test_many_browsers_at_one_address_weigh_as_one_visitor(article: ArticlePage, comment: Comment) -> None:
    set_rules(reports_until_hidden=2)
    for _browser in range(5):
        Visitor(article).post("signaler", comment)
    comment.refresh_from_db()
    assert (comment.report_count, comment.status) == (5, Status.APPROVED)


def test_what_a_moderator_let_through_needs_new_reports(article: ArticlePage, comment: Comment) -> None:
    set_rules(reports_until_hidden=2)
    readers = visitors(article, 3)
    for visitor in readers[:2]:
        visitor.post("signaler", comment)
    Comment.objects.update(status=Status.APPROVED, moderated_at=timezone.now())

    readers[2].post("signaler", comment)

    comment.refresh_from_db()
    assert comment.status == Status.APPROVED


def test_reports_never_hide_what_the_newsroom_wrote(article: ArticlePage) -> None:
    set_rules(reports_until_hidden=1)
    comment = CommentFactory(article=article, is_staff=True)
    Visitor(article).post("signaler", comment)
    comment.refresh_from_db()
    assert comment.status == Status.APPROVED


def test_a_publisher_may_let_no_report_hide_anything(visitor: Visitor, comment: Comment) -> None:
    set_rules(reports_until_hidden=0)
    visitor.post("signaler", comment)
    comment.refresh_from_db()
    assert (comment.report_count, comment.status) == (1, Status.APPROVED)


@pytest.mark.parametrize("form", ["aimer", "signaler"])
def test_reacting_has_a_limit(visitor: Visitor, comment: Comment, settings: Any, form: str) -> None:
    settings.COMMENT_LIMITS = {"reactions by address": (2, 600)}
    answers = [visitor.post(form, comment, like="1") for _time in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Patientez" in page_of(answers[2])


@pytest.mark.parametrize("form", ["aimer", "signaler"])
def test_a_banned_person_does_not_react(visitor: Visitor, comment: Comment, form: str) -> None:
    visitor.write()
    Ban.objects.create(address_key=Comment.objects.latest("pk").address_key)
    assert visitor.post(form, comment, like="1").status_code == 403
    assert not Reaction.objects.exists()


@pytest.mark.parametrize("form", ["aimer", "signaler"])
def test_another_sites_form_does_not_react(article: ArticlePage, comment: Comment, form: str) -> None:
    visitor = Visitor(article, enforce_csrf_checks=True)
    assert visitor.post(form, comment, like="1").status_code == 403
    assert not Reaction.objects.exists()


@pytest.mark.parametrize("form", ["aimer", "signaler", "repondre"])
def test_what_readers_do_not_see_cannot_be_reacted_to(visitor: Visitor, comment: Comment, form: str) -> None:
    Comment.objects.update(status=Status.PENDING)
    assert visitor.client.get(visitor.path(form, comment)).status_code == 404
