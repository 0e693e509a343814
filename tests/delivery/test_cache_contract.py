"""The cache contract (delivery.md, points 1 to 5), on every public URL."""

import re
from copy import deepcopy

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from aminata24.readers.models import User
from home.models import HomePage
from tests.conftest import PASSWORD
from tests.factories import ArticleFactory
from tests.newsroom import make_newsroom

pytestmark = pytest.mark.django_db

PUBLIC = "public, max-age=0, s-maxage=1, stale-while-revalidate=5, stale-if-error=86400"


@pytest.fixture(scope="module")
def common_newsroom(made_once):
    return make_newsroom(HomePage.objects.get(), articles=6)


@pytest.fixture
def newsroom(common_newsroom, db):
    return deepcopy(common_newsroom)


def test_every_public_page_is_the_same_bytes_for_everyone_and_says_so(newsroom, client, sign_in):
    sign_in()
    signed_in = {kind: client.get(url) for kind, url in newsroom.urls.items()}
    client.logout()
    for kind, url in newsroom.urls.items():
        response = client.get(url)
        assert response.content == signed_in[kind].content, kind
        assert response.status_code == (404 if kind == "not found" else 200), kind
        for answer in (response, signed_in[kind]):
            assert answer["Cache-Control"] == PUBLIC, kind
            assert not answer.cookies, kind
            assert "Cookie" not in answer.get("Vary", ""), kind
            assert b"csrf" not in answer.content.lower(), kind


def test_a_reader_who_signed_in_by_the_form_gets_the_same_bytes_and_is_not_asked_about(newsroom, client):
    User.objects.create_user("awa@example.com", PASSWORD)
    signed_in = Client()
    signed_in.post("/compte/connexion/", {"login": "awa@example.com", "password": PASSWORD})
    assert signed_in.get("/moi/").json()["reader"]
    for kind, url in newsroom.urls.items():
        with CaptureQueriesContext(connection) as queries:
            response = signed_in.get(url)
        assert response.content == client.get(url).content, kind
        assert response["Cache-Control"] == PUBLIC, kind
        assert not response.cookies, kind
        assert not [query["sql"] for query in queries if re.search("session|readers_user", query["sql"])], kind


def test_a_conditional_request_is_answered_with_304(newsroom, client):
    for kind, url in newsroom.urls.items():
        if kind == "not found":
            continue
        tag = client.get(url)["ETag"]
        again = client.get(url, headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b""), kind


def test_two_renderings_in_the_same_minute_are_the_same_bytes(newsroom, client):
    for kind, url in newsroom.urls.items():
        first = client.get(url).content
        cache.clear()
        assert client.get(url).content == first, kind


def test_no_public_page_has_inline_script_or_style(newsroom, client):
    inline = re.compile(rb"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(?:\ssrc=|application/ld\+json))")
    for kind, url in newsroom.urls.items():
        response = client.get(url)
        assert "'unsafe-inline'" not in response["Content-Security-Policy"], kind
        if response["Content-Type"].startswith("text/html"):
            assert not inline.search(response.content), (kind, inline.search(response.content))


def test_no_public_page_names_another_host_to_load_from(newsroom, client):
    loads = re.compile(
        rb"<(?:script|img|source|link|iframe|video|audio)[^>]*\s(?:src|srcset|href)=\"(?:https?:)?//(?!127\.0\.0\.1)"
    )
    for kind, url in newsroom.urls.items():
        response = client.get(url)
        if response["Content-Type"].startswith("text/html"):
            assert not loads.search(response.content), (kind, loads.search(response.content))


def test_a_private_page_is_never_cached(newsroom, client, sign_in):
    article = ArticleFactory(parent=newsroom.section, slug="reserve")
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    response = client.get("/afrique/reserve/")
    assert response.status_code == 302
    assert "no-store" in response["Cache-Control"]
    assert client.get(response["Location"], follow=True).status_code == 200
    sign_in()
    response = client.get("/afrique/reserve/")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_a_page_with_a_password_opens_with_it(newsroom, client):
    article = ArticleFactory(parent=newsroom.section, slug="reserve", title="Un secret")
    restriction = PageViewRestriction.objects.create(page=article, restriction_type="password", password="sesame")
    response = client.get("/afrique/reserve/")
    assert "no-store" in response["Cache-Control"]
    assert "Un secret" not in response.content.decode()
    url = f"/_util/authenticate_with_password/{restriction.pk}/{article.pk}/"
    opened = client.post(url, {"password": "sesame", "return_url": "/afrique/reserve/"}, follow=True)
    assert "Un secret" in opened.content.decode()


def test_a_draft_preview_is_never_cached(newsroom, client, sign_in):
    sign_in()
    article = newsroom.article
    article.title = "Un brouillon"
    article.save_revision()
    response = client.get(f"/admin/pages/{article.pk}/view_draft/")
    assert "Un brouillon" in response.content.decode()
    assert "no-store" in response["Cache-Control"] or "private" in response["Cache-Control"]
    assert b"Un brouillon" not in client.get(article.path_on_site).content


def test_the_host_header_reaches_no_page(newsroom, client):
    for kind, url in newsroom.urls.items():
        assert b"evil.example" not in client.get(url, headers={"Host": "evil.example"}).content, kind
