"""axe, which knows the rules of WCAG 2.2 AA that a machine can check, finds nothing."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, OpenContext
from tests.newsroom import Newsroom

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}


def findings(page: Page) -> list[str]:
    """What axe objects to on this page as it stands."""
    violations = Axe().run(page, options=RULES).response["violations"]
    return [f"{violation['id']}: {node['html']}" for violation in violations for node in violation["nodes"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(
    open_context: OpenContext, newsroom: Newsroom, theme: Literal["light", "dark"]
) -> None:
    # One of the two as on a phone, the other as on a desk.
    reader = open_context(color_scheme=theme, viewport=DESKTOP if theme == "light" else PHONE).new_page()
    found = {}
    for name, path in newsroom.pages.items():
        reader.goto(path, wait_until="networkidle")
        if objections := findings(reader):
            found[name] = objections
    assert found == {}


def test_axe_finds_nothing_on_what_opens_over_a_page(reader: Page, newsroom: Newsroom) -> None:
    reader.goto(newsroom.article.path_on_site, wait_until="networkidle")
    reader.locator("[data-consent-settings]").click()
    expect(reader.locator("[data-consent-dialog]")).to_be_visible()
    assert findings(reader) == []
    reader.locator("[data-consent-save]").click()
    reader.locator("[data-search-open]").click()
    reader.locator("[data-search-dialog] [name=q]").press_sequentially("lagune")
    expect(reader.get_by_role("option").first).to_be_visible()
    assert findings(reader) == []
    reader.keyboard.press("Escape")
    reader.keyboard.press("Escape")
    reader.locator("[data-article-body] h2").last.scroll_into_view_if_needed()
    expect(reader.locator("[data-reading-bar]")).to_be_visible()
    assert findings(reader) == []
