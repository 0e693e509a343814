"""`/moi/` and the hint cookie: what belongs to one reader, apart from the pages that are everyone's."""

from collections.abc import Callable

import pytest
from django.test import Client

from aminata24.readers.middleware import HINT_COOKIE
from aminata24.readers.models import User
from news.models import SectionPage
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def test_a_stranger_gets_a_token_and_no_name(client: Client) -> None:
    response = client.get("/moi/")
    assert response.json()["reader"] is None
    assert response.json()["csrf"]
    assert "editor" not in response.json()
    assert response["Cache-Control"] == "private, no-store"


def test_a_reader_is_known_by_name(client: Client, sign_in: Callable[..., User]) -> None:
    sign_in(first_name="Aya", last_name="Kouamé")
    assert client.get("/moi/").json()["reader"] == {"name": "Aya Kouamé"}


def test_the_hint_cookie_comes_with_the_session_and_goes_with_it(client: Client, sign_in: Callable[..., User]) -> None:
    sign_in()
    hint = client.get("/moi/").cookies[HINT_COOKIE]
    assert hint.value == "1"
    assert not hint["httponly"]
    client.session.flush()
    assert client.get("/moi/").cookies[HINT_COOKIE]["max-age"] == 0


def test_a_stranger_gets_no_hint_cookie(client: Client) -> None:
    assert HINT_COOKIE not in client.get("/moi/").cookies


@pytest.mark.parametrize(("role", "ways"), [("Editors", 2), ("Reporters", 1), ("Moderators", 1)])
def test_an_editor_learns_the_way_into_the_page_editor(
    client: Client, section: SectionPage, sign_in: Callable[..., User], role: str, ways: int
) -> None:
    article = ArticleFactory(parent=section)
    sign_in(role)
    links = client.get(f"/moi/?page={article.pk}").json()["editor"]
    assert len(links) == ways
    assert (links[0]["url"] == f"/admin/pages/{article.pk}/edit/") is (ways == 2)


@pytest.mark.parametrize("page", ["", "x", "999999", "1" * 40, "²", "-1", "1%00"])
def test_a_page_that_is_none_breaks_nothing(client: Client, sign_in: Callable[..., User], page: str) -> None:
    sign_in()
    assert len(client.get(f"/moi/?page={page}").json()["editor"]) == 1
