"""
The page editor under a policy that forbids inline script: what Wagtail would start so starts all the same.

What the policy had to stop fails the test: see `open_context`.
"""

import pytest
from playwright.sync_api import Page, expect
from wagtail.contrib.search_promotions.models import Query

from aminata24.images.models import NewsImage
from news.models import BreakingNews
from tests.browser.page_editor import Editor
from tests.newsroom import Newsroom

FORMS = [
    "/admin/snippets/ads/campaign/add/",
    "/admin/snippets/news/author/add/",
    "/admin/searchpicks/add/",
    "/admin/workflows/add/",
    "/admin/groups/new/",
    "/admin/redirects/add/",
    "/admin/reports/journal/",
    "/admin/settings/theme/menusettings/",
]


@pytest.mark.parametrize("path", FORMS)
def test_everything_that_a_form_starts_is_started(editor: Page, newsroom: Newsroom, path: str) -> None:
    editor.goto(path)
    expect(editor.locator("main").locator("h1, h2").locator("visible=true").first).to_be_visible()
    expect(editor.locator("template[data-start]")).to_have_count(0)


def test_a_calendar_opens_and_a_page_is_chosen_once(editor: Page, newsroom: Newsroom) -> None:
    form = Editor(editor, "/admin/snippets/news/breakingnews/add/")
    editor.locator("input[id*=starts], input[id*=from], input[name*=start]").first.click()
    expect(editor.locator(".xdsoft_datetimepicker").locator("visible=true")).to_have_count(1)
    editor.keyboard.press("Escape")
    form.field("text").fill("Le bac repart")
    form.open_chooser(form.panel("page"))
    expect(form.modal).to_have_count(1)
    assert not BreakingNews.objects.filter(text="Le bac repart").exists()


def test_a_search_of_readers_is_chosen_for_a_promoted_result(editor: Page, newsroom: Newsroom) -> None:
    Query.get("prix du cacao").add_hit()
    editor.goto("/admin/searchpicks/add/")
    editor.locator("#id_query_string-chooser").click()
    editor.locator("#query-results").get_by_text("prix du cacao").click()
    expect(editor.locator("#id_query_string")).to_have_value("prix du cacao")
    expect(editor.locator(".modal-content")).to_have_count(0)
    rows = editor.locator("[id$=-FORMS] > *")
    before = rows.count()
    editor.locator("[id$=-ADD]").click()
    expect(rows).to_have_count(before + 1)


def test_a_picture_is_cropped(editor: Page, newsroom: Newsroom) -> None:
    image = NewsImage.objects.first()
    assert image
    editor.goto(f"/admin/images/{image.pk}/")
    expect(editor.locator(".jcrop-holder")).to_be_attached()
