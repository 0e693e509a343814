"""What somebody typed outlives whatever goes wrong; a form sent twice is one comment."""

from typing import Any

import pytest
from django.db import DatabaseError

from aminata24.comments.models import Ban, Comment, Status
from aminata24.readers.models import User
from news.models import ArticlePage
from tests.comments.visitors import Visitor, opened, page_of, set_rules
from tests.factories import CommentFactory

pytestmark = pytest.mark.django_db

TYPED = "Trois lignes\n\n« tapées » sur un téléphone & <à> ne pas perdre."
SHOWN = "Trois lignes\n\n« tapées » sur un téléphone &amp; &lt;à&gt; ne pas perdre."


def survives(answer: Any, status: int, message: str) -> None:
    """The text stands in a field again, with a word on what happened; nothing was stored."""
    page = page_of(answer)
    assert answer.status_code == status
    assert f"\n{SHOWN}</textarea>" in page
    assert message in page
    assert "data-form-page" in page
    assert not Comment.objects.filter(text=TYPED).exists()
    assert "no-store" in answer["Cache-Control"]


def test_a_wrong_field(visitor: Visitor) -> None:
    survives(visitor.write(TYPED, email="awa@"), 422, "Ce n’est pas une adresse e-mail")


def test_an_expired_token_and_the_form_works_the_second_time(article: ArticlePage) -> None:
    visitor = Visitor(article, enforce_csrf_checks=True)
    stamp = opened()
    answer = visitor.write(TYPED, stamp=stamp)
    survives(answer, 403, "Ce formulaire avait expiré")

    token = visitor.token(visitor.path())
    assert visitor.write(TYPED, stamp=stamp, csrfmiddlewaretoken=token).status_code == 200
    assert Comment.objects.get().text == TYPED


def test_the_form_that_comes_back_holds_a_token_that_works(article: ArticlePage) -> None:
    visitor = Visitor(article, enforce_csrf_checks=True)
    page = page_of(visitor.write(TYPED))
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    assert visitor.write(TYPED, csrfmiddlewaretoken=token).status_code == 200


def test_another_sites_form(article: ArticlePage) -> None:
    visitor = Visitor(article, enforce_csrf_checks=True)
    token = visitor.token(visitor.path())
    visitor.client.defaults["HTTP_ORIGIN"] = "https://elsewhere.example"
    survives(visitor.write(TYPED, csrfmiddlewaretoken=token), 403, "Ce formulaire avait expiré")


@pytest.mark.parametrize("stamp", ["", "forged", "0123:4567", None])
def test_a_form_we_did_not_make_comes_back_as_one_that_we_did(visitor: Visitor, stamp: str | None) -> None:
    answer = visitor.write(TYPED, stamp=stamp)
    survives(answer, 403, "Ce formulaire avait expiré")
    assert f'name="stamp" value="{stamp}"' not in page_of(answer)
    assert 'name="stamp" value="' in page_of(answer)


def test_a_form_that_lay_open_for_a_year_is_still_taken(visitor: Visitor) -> None:
    assert visitor.write(TYPED, stamp=opened(365 * 86_400)).status_code == 200
    assert Comment.objects.count() == 1


def test_a_limit(visitor: Visitor, settings: Any) -> None:
    settings.COMMENT_LIMITS = {"comments by person": (1, 600)}
    visitor.write()
    survives(visitor.write(TYPED), 429, "Patientez quelques minutes")


def test_a_ban(visitor: Visitor) -> None:
    Ban.objects.create(email="awa@example.com")
    survives(visitor.write(TYPED), 403, "Vous ne pouvez plus commenter")


def test_a_discussion_that_was_closed_meanwhile(visitor: Visitor, article: ArticlePage) -> None:
    ArticlePage.objects.filter(pk=article.pk).update(comments_closed=True)
    survives(visitor.write(TYPED), 403, "La discussion est close")


def test_an_article_that_went_offline_meanwhile(visitor: Visitor, article: ArticlePage) -> None:
    article.unpublish()
    survives(visitor.write(TYPED), 410, "Cet article n’est plus en ligne")


@pytest.mark.parametrize("how", ["deleted", "rejected", "its thread rejected"])
def test_the_answered_comment_went_meanwhile(visitor: Visitor, article: ArticlePage, how: str) -> None:
    thread = CommentFactory(article=article)
    parent = CommentFactory(parent=thread)
    if how == "deleted":
        Comment.objects.filter(pk=parent.pk).delete()
    else:
        lost = parent if how == "rejected" else thread
        Comment.objects.filter(pk=lost.pk).update(status=Status.REJECTED)

    answer = visitor.write(TYPED, parent=parent)

    survives(answer, 409, "a disparu")
    # What comes back is the form for a comment of its own.
    assert f'action="{visitor.path()}"' in page_of(answer)


def test_a_sign_out_meanwhile(visitor: Visitor) -> None:
    answer = visitor.write(TYPED, name=None, email=None)
    survives(answer, 422, "Vous n’êtes plus connecté")
    assert 'name="email"' in page_of(answer)


def test_a_sign_in_meanwhile(visitor: Visitor) -> None:
    visitor.client.force_login(User.objects.create_user("fatou@example.com", first_name="Fatou"))
    assert visitor.write(TYPED).status_code == 200
    assert Comment.objects.get().name == "Fatou"


def test_a_failure_on_our_side(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError

    with monkeypatch.context() as broken:
        broken.setattr("aminata24.comments.writing.recount", fail)
        set_rules(first_waits=False)
        survives(visitor.write(TYPED), 503, "Une panne est survenue de notre côté")
    assert visitor.write(TYPED).status_code == 200
    assert Comment.objects.count() == 1


def test_a_change_that_comes_too_late(visitor: Visitor) -> None:
    visitor.write()
    comment = Comment.objects.get()
    assert "trop long" in page_of(visitor.post("modifier", comment, text="a" * 3001))
    Comment.objects.update(created_at="2026-01-01T00:00Z")
    survives(visitor.post("modifier", comment, text=TYPED), 403, "Les cinq minutes sont passées")


def test_a_change_by_somebody_who_is_no_longer_known(visitor: Visitor, article: ArticlePage) -> None:
    visitor.write()
    stranger = Visitor(article)
    survives(stranger.post("modifier", Comment.objects.get(), text=TYPED), 403, "n’est pas le vôtre")


def test_a_reason_for_a_report_comes_back_too(article: ArticlePage) -> None:
    visitor = Visitor(article, enforce_csrf_checks=True)
    page = page_of(visitor.post("signaler", CommentFactory(article=article), reason="C’est <faux>"))
    assert 'value="C’est &lt;faux&gt;"' in page
    assert "Ce formulaire avait expiré" in page


# Once


def test_the_same_form_twice_is_one_comment_with_one_answer(visitor: Visitor) -> None:
    set_rules(first_waits=False)
    stamp = opened()
    first, second = visitor.write(stamp=stamp), visitor.write(stamp=stamp)
    assert Comment.objects.count() == 1
    assert (first.status_code, second.status_code) == (200, 200)
    assert "est publié" in page_of(second)
    assert first.content.partition(b"<main")[2] == second.content.partition(b"<main")[2]


def test_the_second_answer_makes_the_browser_known_as_the_author_of_the_first(
    visitor: Visitor, article: ArticlePage
) -> None:
    stamp = opened()
    visitor.write(stamp=stamp)
    # The first answer never arrived, and with it no cookie.
    again = Visitor(article)
    again.write(stamp=stamp)
    assert again.client.get(again.path("modifier", Comment.objects.get())).status_code == 200


def test_another_text_in_the_same_form_is_not_lost(visitor: Visitor) -> None:
    stamp = opened()
    visitor.write(stamp=stamp)
    answer = visitor.write(TYPED, stamp=stamp)
    survives(answer, 409, "envoyez-le encore une fois")
    assert stamp not in page_of(answer)


def test_two_workers_that_get_the_same_form_at_once_store_it_once(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one stores it after this one has looked for it and before it stores it itself."""
    from aminata24.comments import writing

    stamp, decide = opened(), writing._decide

    def be_late(attempt: Any) -> Any:
        monkeypatch.setattr(writing, "_decide", decide)
        visitor.write(stamp=stamp)
        return decide(attempt)

    monkeypatch.setattr(writing, "_decide", be_late)
    assert visitor.write(stamp=stamp).status_code == 200
    assert Comment.objects.count() == 1
