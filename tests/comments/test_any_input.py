"""Whatever is typed into the forms of a discussion, the newsletter or the search: an answer, and never markup."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from aminata24.comments.models import Comment, Reaction, Status
from aminata24.comments.models.comment import LONGEST_TEXT
from news.models import ArticlePage
from tests.comments.visitors import Visitor, opened, page_of, set_rules
from tests.comments.xss_strings import XSS_STRINGS
from tests.factories import CommentFactory

pytestmark = pytest.mark.django_db

MARK = "<b id=typed>"
TYPED = st.one_of(
    st.text(max_size=300),
    st.text(st.characters(categories=["Cc", "Cf", "Mn", "Me", "Zl", "Zp", "Co"]), max_size=60),
    st.sampled_from(["", MARK, f'"{MARK}', "\x00", "a\r\nB: c", "é" * LONGEST_TEXT, "x" * 21_000, "http://" * 50, "1"]),
    st.sampled_from(XSS_STRINGS),
    st.sampled_from(["Awa Koné", "awa@example.com", "Une remarque ordinaire sur le bac."]),
)
quietly = examples(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def _no_limits(settings: Any, monkeypatch: pytest.MonkeyPatch, home_page: object) -> None:
    settings.COMMENT_LIMITS = {}
    set_rules(first_waits=False, reports_until_hidden=0)
    monkeypatch.setattr("aminata24.delivery.memory.forget", lambda: None)


def look_at(response: Any) -> None:
    """No failure, nothing unescaped, and never kept by a cache."""
    assert response.status_code < 500
    page = page_of(response)
    assert MARK not in page
    assert not [string for string in XSS_STRINGS if "<" in string and string in page]


@given(typed=st.fixed_dictionaries(dict.fromkeys(("text", "name", "email", "website"), TYPED)), is_reply=st.booleans())
@quietly
def test_comments_and_replies(article: ArticlePage, typed: dict[str, str], is_reply: bool) -> None:
    visitor = Visitor(article)
    parent = CommentFactory(article=article) if is_reply else None

    look_at(visitor.write(**typed, parent=parent))

    for comment in Comment.objects.filter(article=article):
        assert 0 < len(comment.text) <= LONGEST_TEXT
        assert "\x00" not in comment.text + comment.name
        assert (comment.thread_id is None) or comment.thread_id == comment.parent_id
    look_at(visitor.client.get(f"/commentaires/{article.pk}/"))


@given(stamp=TYPED, token=TYPED, cookie=st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=90))
@quietly
def test_what_the_browser_sends_along(article: ArticlePage, stamp: str, token: str, cookie: str) -> None:
    visitor = Visitor(article, enforce_csrf_checks=True)
    visitor.client.cookies["commentaires"] = cookie
    visitor.client.cookies["csrftoken"] = cookie
    look_at(visitor.write(stamp=stamp, csrfmiddlewaretoken=token))
    assert not Comment.objects.filter(article=article).exists()


@given(text=TYPED)
@quietly
def test_changes(article: ArticlePage, text: str) -> None:
    visitor = Visitor(article)
    visitor.write(stamp=opened())
    comment = Comment.objects.latest("pk")
    look_at(visitor.post("modifier", comment, text=text))
    comment.refresh_from_db()
    assert 0 < len(comment.text) <= LONGEST_TEXT
    comment.delete()


@given(reason=TYPED, like=TYPED)
@quietly
def test_reports_and_likes(article: ArticlePage, reason: str, like: str) -> None:
    visitor = Visitor(article)
    comment = CommentFactory(article=article)
    look_at(visitor.post("signaler", comment, reason=reason))
    look_at(visitor.post("aimer", comment, like=like))
    assert "\x00" not in "".join(Reaction.objects.filter(comment=comment).values_list("reason", flat=True))
    comment.refresh_from_db()
    assert comment.like_count == (like == "1")


@given(email=TYPED, website=TYPED)
@example(email="awa@example.com", website="")
@quietly
def test_the_newsletter(client: Client, email: str, website: str) -> None:
    response = client.post("/lettre/", {"email": email, "website": website})
    look_at(response)
    assert response.status_code in (302, 422)


@given(query=st.fixed_dictionaries({}, optional=dict.fromkeys(("q", "section", "format", "from", "to", "page"), TYPED)))
@quietly
def test_the_search(client: Client, query: dict[str, str]) -> None:
    for path in ("/recherche/", "/recherche/suggestions/"):
        look_at(client.get(f"{path}?{urlencode(query)}"))


@given(tri=TYPED, page=TYPED)
@quietly
def test_the_addresses_of_a_discussion(client: Client, article: ArticlePage, tri: str, page: str) -> None:
    comment = CommentFactory(article=article, status=Status.APPROVED)
    for path in (f"/commentaires/{article.pk}/", f"/commentaires/{article.pk}/fil/{comment.pk}/"):
        response = client.get(f"{path}?{urlencode({'tri': tri, 'page': page})}")
        look_at(response)
        assert response.status_code in (200, 404)
