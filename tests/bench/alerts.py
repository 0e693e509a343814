"""
How long an alert takes: from the click in the page editor to a new page view, and to a page that is open already.

Through the whole stack (nginx's cache, granian, PostgreSQL), with a real browser at both ends.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import urlopen

from playwright.sync_api import BrowserContext, sync_playwright

from tests.browser.launch import CHROMIUM, FLAGS
from tests.stack import Stack

ROUNDS = 5
# What the newsroom may count on, in seconds.
MOST_FOR_A_NEW_VIEW = 3
MOST_FOR_AN_OPEN_PAGE = 20


def measure(stack: Stack, article: str, session: str) -> list[str]:
    """Raise alerts as the editor of a session while a reader has an article open; give the lines of the report."""
    views, pages = [], []
    with _two_people(stack, session) as (editor, reader):
        page, desk = reader.new_page(), editor.new_page()
        page.goto(article)
        for number in range(ROUNDS):
            text = f"Alerte numéro {number} à {time.monotonic():.3f}"
            desk.goto("/admin/alerte/")
            desk.locator("form [name=text]").fill(text)
            clicked = time.monotonic()
            desk.locator("form:has([name=text]) [type=submit]").click(no_wait_after=True)
            views.append(_until_a_new_view_shows(stack.address + article, text) - clicked)
            page.locator("[data-ticker]").get_by_text(text).wait_for(state="attached", timeout=60_000)
            pages.append(time.monotonic() - clicked)
    return [
        "| from the click on « Alerter » | alerts | median s | longest s |",
        "|---|--:|--:|--:|",
        _line("to a new page view", views, MOST_FOR_A_NEW_VIEW),
        _line("to a page that was open", pages, MOST_FOR_AN_OPEN_PAGE),
    ]


def _line(name: str, seconds: list[float], budget: int) -> str:
    ordered = sorted(seconds)
    return f"| {name} | {len(ordered)} | {ordered[len(ordered) // 2]:.1f} | {ordered[-1]:.1f} ({budget}) |"


def _until_a_new_view_shows(address: str, text: str) -> float:
    while True:
        with urlopen(address) as answer:
            if text in answer.read().decode():
                return time.monotonic()
        time.sleep(0.05)


@contextmanager
def _two_people(stack: Stack, session: str) -> Iterator[tuple[BrowserContext, BrowserContext]]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        editor, reader = (chromium.new_context(base_url=stack.address, locale="fr-FR") for _ in range(2))
        editor.add_cookies([{"name": "sessionid", "value": session, "url": stack.address}])
        yield editor, reader
        chromium.close()
