"""SQL per page type, caches cold: within delivery.md's budget, and the same for 20 articles as for 400."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.newsroom import add_articles, make_newsroom

pytestmark = [pytest.mark.django_db, pytest.mark.long]

BUDGET = {
    "front page": 15,
    "section": 10,
    "article": 12,
    "search": 8,
    "author": 10,
    "topic": 10,
    "latest": 10,
    "fresh": 5,
    "direct": 12,
    "live coverage": 12,
    "live entry": 12,
    "live state": 4,
    "live changes": 8,
    "comments": 10,
    "most liked comments": 10,
    "comment thread": 10,
    "saved": 8,
    "offline": 8,
    "information": 12,
    "feed": 10,
    "section feed": 12,
    "author feed": 10,
}


def queries_by_kind(newsroom, client):
    counts, paths = {}, newsroom.urls
    client.get("/recherche/?q=lagune")  # A search for something new is also written down as new.
    for kind in BUDGET:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(paths[kind]).status_code == 200
        counts[kind] = len(queries)
    return counts


def test_no_page_asks_more_than_its_budget_nor_more_for_more_articles(home_page, client):
    newsroom = make_newsroom(home_page, articles=20)
    few = queries_by_kind(newsroom, client)
    add_articles(newsroom, 380)
    many = queries_by_kind(newsroom, client)
    assert few == many
    assert {kind: count for kind, count in few.items() if count > BUDGET[kind]} == {}
