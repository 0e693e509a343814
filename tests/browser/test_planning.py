"""The calendar « Planning » and « À publier », on a phone and at a desk."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, ViewportSize, expect

from news.models import ArticlePage
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_accessibility import RULES
from tests.factories import ArticleFactory, schedule
from tests.newsroom import Newsroom

SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])


@pytest.fixture
def planned(newsroom: Newsroom) -> ArticlePage:
    """An article for tomorrow morning, and one that is late."""
    now = timezone.now().replace(second=0, microsecond=0)
    schedule(ArticleFactory(parent=newsroom.section, title="Le bac en retard", live=False), now - timedelta(hours=1))
    return schedule(ArticleFactory(parent=newsroom.section, title="Le bac de demain", live=False), now + timedelta(1))


def findings(page: Page, within: str) -> list[str]:
    """What axe objects to in a part of the page, in the light and in the dark."""
    found = []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        for violation in Axe().run(page, context=within, options=RULES).response["violations"]:
            found += [f"{theme} {violation['id']}: {node['html']}" for node in violation["nodes"]]
    return found


def is_wider_than_the_screen(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


@SIZES
def test_an_editor_finds_what_is_planned_and_gets_to_its_editor(
    editor: Page, planned: ArticlePage, size: ViewportSize
) -> None:
    editor.set_viewport_size(size)
    editor.goto(f"/admin/planning/?date={planned.go_live_at:%Y-%m-%d}")
    entry = editor.locator(".planning-entry").filter(has_text="Le bac de demain")
    expect(entry).to_contain_text("Planifié")
    expect(editor.locator(".planning-entry--late").filter(has_text="Le bac en retard")).to_have_count(1)
    assert not is_wider_than_the_screen(editor)
    assert min(target.bounding_box()["height"] for target in editor.locator(".planning-entry").all()) >= 44
    assert findings(editor, ".nice-padding") == []

    editor.get_by_role("link", name="Semaine", exact=True).click()
    expect(editor.locator(".planning--week > li")).to_have_count(7)
    assert not is_wider_than_the_screen(editor)
    assert findings(editor, ".nice-padding") == []
    entry.click()
    editor.wait_for_url(f"**/admin/pages/{planned.pk}/edit/")


@SIZES
def test_one_turns_the_months_and_chooses_a_section(
    editor: Page, planned: ArticlePage, newsroom: Newsroom, size: ViewportSize
) -> None:
    editor.set_viewport_size(size)
    editor.goto("/admin/planning/?date=2026-01-31")
    title = editor.locator(".planning-title")
    expect(title).to_have_text("janvier 2026")
    editor.get_by_role("link", name="Mois suivant").click()
    expect(title).to_have_text("février 2026")
    editor.get_by_role("link", name="Mois précédent").click()
    expect(title).to_have_text("janvier 2026")
    editor.get_by_role("link", name="Aujourd’hui").click()
    expect(editor.locator('[aria-current="date"]')).to_be_in_viewport()

    society = newsroom.section.get_next_siblings().first()
    editor.get_by_label("Rubrique").select_option(str(society.pk))
    editor.get_by_role("button", name="Afficher", exact=True).click()
    expect(editor.locator(".planning-entry").filter(has_text="Le bac en retard")).to_have_count(0)
    expect(editor.get_by_label("Rubrique")).to_have_value(str(society.pk))


@SIZES
def test_the_home_page_says_what_comes_next_and_what_is_late(
    editor: Page, planned: ArticlePage, size: ViewportSize
) -> None:
    editor.set_viewport_size(size)
    editor.goto("/admin/")
    panel = editor.locator("#to-publish-section")
    expect(panel.locator(".planning-entry")).to_have_count(2)
    expect(panel.locator(".planning-entry--late")).to_contain_text("Le bac en retard")
    expect(panel).to_contain_text("Rien ne paraît à l’heure prévue.")
    assert findings(editor, "#to-publish-content") == []
    panel.get_by_role("link", name="Le bac de demain").click()
    editor.wait_for_url(f"**/admin/pages/{planned.pk}/edit/")
