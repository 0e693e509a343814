"""Changing one's own comment, for five minutes."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from aminata24.comments.models import Ban, Comment, Status
from aminata24.readers.models import User
from news.models import ArticlePage
from tests.comments.visitors import TEXT, Visitor, opened, page_of, set_rules

pytestmark = pytest.mark.django_db

BETTER = "Le bac est à l’heure depuis mardi, et cela change la vie de tout un quartier."


@pytest.fixture
def comment(visitor: Visitor) -> Comment:
    """A published comment of the visitor's."""
    set_rules(first_waits=False)
    visitor.write()
    return Comment.objects.get()


def test_its_author_changes_it_and_readers_see_that(visitor: Visitor, article: ArticlePage, comment: Comment) -> None:
    assert f"\n{TEXT}</textarea>" in page_of(visitor.client.get(visitor.path("modifier", comment)))

    answer = visitor.post("modifier", comment, text=BETTER)

    assert answer.status_code == 200
    comment.refresh_from_db()
    assert (comment.text, comment.status) == (BETTER, Status.APPROVED)
    page = page_of(visitor.client.get(article.path_on_site))
    assert BETTER in page
    assert "modifié" in page


def test_after_five_minutes_it_stays_as_it_is(visitor: Visitor, comment: Comment) -> None:
    Comment.objects.update(created_at=timezone.now() - timedelta(minutes=5))
    assert visitor.client.get(visitor.path("modifier", comment)).status_code == 403
    assert visitor.post("modifier", comment, text=BETTER).status_code == 403
    comment.refresh_from_db()
    assert comment.text == TEXT


def test_a_comment_that_waits_can_be_changed_and_waits_on(visitor: Visitor) -> None:
    visitor.write()
    comment = Comment.objects.get()
    visitor.post("modifier", comment, text=BETTER)
    comment.refresh_from_db()
    assert (comment.text, comment.status) == (BETTER, Status.PENDING)


def test_nobody_else_changes_it(visitor: Visitor, article: ArticlePage, comment: Comment) -> None:
    stranger = Visitor(article)
    stranger.write("Un autre mot, d’une autre personne, pour être connue.")
    stranger.client.force_login(User.objects.create_superuser("chief@aminata24.example"))
    assert stranger.client.get(stranger.path("modifier", comment)).status_code == 403
    assert stranger.post("modifier", comment, text=BETTER).status_code == 403


def test_an_account_changes_its_own_from_any_device(visitor: Visitor, article: ArticlePage) -> None:
    reader = User.objects.create_user("fatou@example.com", first_name="Fatou")
    visitor.client.force_login(reader)
    visitor.client.post(visitor.path(), {"text": TEXT, "stamp": opened()})
    other = Visitor(article)
    other.client.force_login(reader)
    assert other.post("modifier", Comment.objects.get(), text=BETTER).status_code == 200
    assert Comment.objects.get().text == BETTER


def test_what_would_have_waited_waits_after_the_change(
    visitor: Visitor, article: ArticlePage, comment: Comment
) -> None:
    answer = visitor.post("modifier", comment, text=f"{BETTER} http://a.example http://b.example http://c.example")
    assert "attend un modérateur" in page_of(answer)
    comment.refresh_from_db()
    article.refresh_from_db()
    assert (comment.status, article.comment_count) == (Status.PENDING, 0)


def test_a_change_makes_no_spam_of_ham_and_no_ham_of_spam(visitor: Visitor) -> None:
    visitor.write(website="https://spam.example")
    comment = Comment.objects.get()
    assert visitor.post("modifier", comment, text=BETTER).status_code == 200
    comment.refresh_from_db()
    assert comment.status == Status.SPAM


def test_a_change_brings_no_rejected_comment_back(visitor: Visitor, comment: Comment) -> None:
    Comment.objects.update(status=Status.REJECTED)
    assert visitor.post("modifier", comment, text=BETTER).status_code == 403


def test_a_banned_person_changes_nothing(visitor: Visitor, comment: Comment) -> None:
    Ban.objects.create(address_key=comment.address_key)
    answer = visitor.post("modifier", comment, text=BETTER)
    assert answer.status_code == 403
    assert BETTER in page_of(answer)


def test_changes_have_a_limit(visitor: Visitor, comment: Comment, settings: Any) -> None:
    settings.COMMENT_LIMITS = {"changes by person": (2, 600)}
    answers = [visitor.post("modifier", comment, text=f"{BETTER} {'!' * number}") for number in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]


@pytest.mark.parametrize("key", [0, 999_999, 10**18, 10**25])
def test_a_comment_that_does_not_exist_is_nobodys(visitor: Visitor, article: ArticlePage, key: int) -> None:
    modify = visitor.client.get(f"/commentaires/{article.pk}/modifier/{key}/")
    assert modify.status_code == (403 if key == 999_999 else 404)
    for form in ("repondre", "aimer", "signaler", "fil"):
        assert visitor.client.get(f"/commentaires/{article.pk}/{form}/{key}/").status_code == 404
    assert visitor.client.get(f"/commentaires/{key}/ecrire/").status_code == 404
