"""OpenSearch by settings alone. No real one is run: a small server answers in its place and keeps what it was asked."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.test import Client

from news.models import SectionPage
from search import ranking
from tests.delivery.test_settings import SECRETS, setting
from tests.factories import ArticleFactory
from tests.search.test_results import headlines

pytestmark = pytest.mark.django_db


class OpenSearch(BaseHTTPRequestHandler):
    """Gives the keys it is told to, best first, or fails."""

    protocol_version = "HTTP/1.1"
    keys: list[int] = []
    asked: list[tuple[str, Any]] = []
    status = 200

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.asked.append((self.path, json.loads(body)))
        hits = [{"_id": str(key), "_score": 1.0, "fields": {"pk": [str(key)]}} for key in self.keys]
        answer = json.dumps({"hits": {"hits": hits}}).encode()
        self.send_response(self.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def opensearch(settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[OpenSearch]]:
    """OpenSearch as SEARCH_URL sets it up; the index is not kept in step, for nothing is found by it."""
    monkeypatch.setattr(ranking, "_again_at", float("-inf"))
    OpenSearch.keys, OpenSearch.asked, OpenSearch.status = [], [], 200
    with ThreadingHTTPServer(("127.0.0.1", 0), OpenSearch) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        backend = {
            "BACKEND": "modelsearch.backends.opensearch3",
            "URLS": [f"http://127.0.0.1:{server.server_port}"],
            "INDEX_PREFIX": "aminata24_",
            "OPTIONS": {"max_retries": 0},
            "AUTO_UPDATE": False,
        }
        settings.WAGTAILSEARCH_BACKENDS = {**settings.WAGTAILSEARCH_BACKENDS, "opensearch": backend}
        yield OpenSearch
        server.shutdown()


def test_results_stand_in_the_order_that_opensearch_gives(
    section: SectionPage, client: Client, opensearch: type[OpenSearch]
) -> None:
    one, two, three = (ArticleFactory(parent=section, title=title) for title in ("Riz un", "Riz deux", "Riz trois"))
    opensearch.keys = [two.pk, three.pk, one.pk]
    assert headlines(client, "riz") == ["Riz deux", "Riz trois", "Riz un"]
    ((path, body),) = opensearch.asked
    assert path.startswith("/aminata24_wagtailcore_page/_search")
    assert "riz" in json.dumps(body["query"])


def test_what_opensearch_knows_and_readers_may_not_see_is_not_shown(
    section: SectionPage, client: Client, opensearch: type[OpenSearch]
) -> None:
    shown, withdrawn = ArticleFactory(parent=section, title="Riz"), ArticleFactory(parent=section, title="Riz retiré")
    withdrawn.unpublish()
    opensearch.keys = [withdrawn.pk, shown.pk, 999_999]
    assert headlines(client, "riz") == ["Riz"]


def test_a_period_and_the_order_by_date_are_opensearchs_work(
    section: SectionPage, client: Client, opensearch: type[OpenSearch]
) -> None:
    opensearch.keys = [ArticleFactory(parent=section, title="Riz").pk]
    assert headlines(client, "riz", period="week", order="date") == ["Riz"]
    ((_, body),) = opensearch.asked
    assert "published_at" in json.dumps(body["query"])
    assert "published_at" in json.dumps(body["sort"])


@pytest.mark.parametrize("status", [503, 404, 401])
def test_while_opensearch_fails_the_database_searches(
    section: SectionPage, client: Client, opensearch: type[OpenSearch], status: int
) -> None:
    ArticleFactory(parent=section, title="Riz")
    opensearch.status = status
    assert headlines(client, "riz") == ["Riz"]
    assert headlines(client, "riz") == ["Riz"]
    assert len(opensearch.asked) == 1, "it was asked again at once"


def test_one_variable_sets_it_up_with_french_endings() -> None:
    shown = setting(
        "WAGTAILSEARCH_BACKENDS['opensearch']", **SECRETS, SEARCH_URL="https://search:secret@search.example:9200"
    )
    assert "https://search:secret@search.example:9200" in shown
    assert "light_french" in shown
