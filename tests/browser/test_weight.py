"""What an article page really loads before anybody touches it, compressed as on its way to a phone."""

import gzip
from collections import defaultdict

from playwright.sync_api import Page

from aminata24.delivery.storage import as_served
from tests.newsroom import Newsroom

BUDGET = {"script": 8_000, "stylesheet": 10_000}


def loaded(page: Page, path: str) -> dict[str, dict[str, int]]:
    """{kind: {file: bytes}} of the scripts and style sheets that a page loads without an interaction."""
    weights: dict[str, dict[str, int]] = defaultdict(dict)
    files = []
    page.on("requestfinished", lambda request: files.append(request) if request.resource_type in BUDGET else None)
    page.goto(path, wait_until="networkidle")
    for request in files:
        name = request.url.partition("/static/")[2]
        body = as_served(name, request.response().body())  # type: ignore[union-attr]
        weights[request.resource_type][name] = len(gzip.compress(body, compresslevel=6, mtime=0))
    return weights


def test_an_article_page_is_within_its_budget(reader: Page, newsroom: Newsroom) -> None:
    weights = loaded(reader, newsroom.article.path_on_site)
    assert weights["script"]["js/site.js"], "scripts were counted"
    assert weights["stylesheet"]["css/article.css"], "style sheets were counted"
    over = {kind: files for kind, files in weights.items() if sum(files.values()) > BUDGET[kind]}
    assert over == {}


def test_who_saves_nothing_loads_nothing_for_it(reader: Page, newsroom: Newsroom) -> None:
    scripts = loaded(reader, newsroom.article.path_on_site)["script"].keys()
    assert not scripts & {
        f"js/{name}.js" for name in ("saving", "saved_copies", "saved_page", "me", "form_page", "comments", "suggest")
    }
    assert reader.evaluate("navigator.serviceWorker.getRegistrations().then((found) => found.length)") == 0
    assert reader.evaluate("caches.keys()") == []
