"""What a page costs: bytes on the way to a phone, and questions to the database."""

import gzip
from collections import Counter
from time import perf_counter

from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page, Request, sync_playwright

from aminata24.delivery.memory import forget
from tests.browser.launch import CHROMIUM, FLAGS

KINDS = {"document": "HTML", "stylesheet": "CSS", "script": "JavaScript"}


def weigh(origin: str, paths: list[str]) -> list[Counter[str]]:
    """Give the gzip bytes of HTML, CSS and JavaScript that a browser loads of each page before anybody touches it."""
    weights = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for path in paths:
            # A first visit: nothing is there from the page before.
            page = chromium.new_context(base_url=origin).new_page()
            weight: Counter[str] = Counter()
            for request in _loaded(page, path):
                assert request.url.startswith(origin) or request.url.startswith("data:"), (
                    f"{request.url}: a third party"
                )
                if kind := KINDS.get(request.resource_type):
                    weight[kind] += len(gzip.compress(request.response().body(), compresslevel=6, mtime=0))
            weights.append(weight)
            page.context.close()
        chromium.close()
    return weights


def _loaded(page: Page, path: str) -> list[Request]:
    requests: list[Request] = []

    def note(request: Request) -> None:
        requests.append(request)

    page.on("requestfinished", note)
    page.goto(path, wait_until="networkidle")
    return requests


def heaviest(weights: list[Counter[str]]) -> dict[str, int]:
    """Take the largest of each part."""
    return {part: max(weight[part] for weight in weights) for part in KINDS.values()}


def count_queries(path: str) -> int:
    """Count what a page asks the database when nothing is remembered."""
    cache.clear()
    forget()
    with override_settings(SURROUNDINGS_CACHE_SECONDS=60), CaptureQueriesContext(connection) as queries:
        answer = Client(SERVER_NAME="127.0.0.1").get(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return len(queries)


def cold_milliseconds(path: str) -> float:
    """How long this process takes for a page when it remembers nothing."""
    client = Client(SERVER_NAME="127.0.0.1")
    # Loads what a process loads once.
    client.get(path)
    forget()
    started = perf_counter()
    client.get(path)
    return 1000 * (perf_counter() - started)
