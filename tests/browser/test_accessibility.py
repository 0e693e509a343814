"""axe, which knows the rules of WCAG 2.2 AA that a machine can check, finds nothing."""

from axe_playwright_python.sync_playwright import Axe
from django.template.loader import get_template
from playwright.sync_api import Page, expect

from news.models import ArticlePage
from tests.browser.conftest import DESKTOP, PHONE, OneAtATime
from tests.newsroom import Newsroom, read_most

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}


def findings(page: Page) -> list[str]:
    """What axe objects to on this page as it stands."""
    violations = Axe().run(page, options=RULES).response["violations"]
    return [f"{violation['id']}: {node['html']}" for violation in violations for node in violation["nodes"]]


def findings_in_both_themes(page: Page) -> dict[str, list[str]]:
    """What axe objects to on a phone in the light and at a desk in the dark."""
    found = {}
    for theme, size in (("light", PHONE), ("dark", DESKTOP)):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size(size)
        found[theme] = findings(page)
    return found


def test_axe_finds_nothing_on_any_page(reader: Page, newsroom: Newsroom) -> None:
    found = {}
    for name, path in newsroom.pages.items():
        reader.goto(path, wait_until="networkidle")
        found[name] = findings_in_both_themes(reader)
    assert found == {name: {"light": [], "dark": []} for name in newsroom.pages}


def test_axe_finds_nothing_where_the_server_fails(reader: Page) -> None:
    failure = get_template("500.html").render()
    reader.route("**/panne/", lambda route: route.fulfill(body=failure, content_type="text/html"))
    reader.goto("/panne/")
    assert findings_in_both_themes(reader) == {"light": [], "dark": []}


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


def test_axe_finds_nothing_on_what_is_read_most(reader: Page, newsroom: Newsroom) -> None:
    with OneAtATime.turn:
        read_most(list(ArticlePage.objects.all()))
        newsroom.home.rails.append(("most_read", {"title": "Les plus lus", "period": "day", "count": 5}))
        newsroom.home.save_revision().publish()
    for path in ("/", "/afrique/", newsroom.article.path_on_site):
        reader.goto(path, wait_until="networkidle")
        expect(reader.locator("main .ranking").first).to_be_visible()
        assert findings_in_both_themes(reader) == {"light": [], "dark": []}, path


def test_axe_finds_nothing_among_saved_articles(reader: Page, newsroom: Newsroom) -> None:
    reader.goto("/en-continu/", wait_until="networkidle")
    reader.locator("[data-consent-refuse]").click()
    for number in range(2):
        reader.locator("main [data-save]").nth(number).click()
    reader.goto("/mes-sauvegardes/")
    reader.locator("[data-save-remove]").first.click()
    expect(reader.locator("[data-saved-undo] button")).to_be_visible()
    expect(reader.locator("[data-copies-clear]")).to_be_visible()
    assert findings_in_both_themes(reader) == {"light": [], "dark": []}
    reader.locator("[data-saved-search] input").fill("éléphant")
    expect(reader.locator("[data-saved-no-match]")).to_be_visible()
    assert findings(reader) == []
