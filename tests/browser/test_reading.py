"""A reader with a phone, and what the scripts do for them."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser.conftest import DESKTOP, PHONE, OneAtATime, OpenContext
from tests.factories import BreakingNewsFactory
from tests.newsroom import Newsroom

TABLET: ViewportSize = {"width": 768, "height": 1024}
SHEET = "navigator.share = async (data) => { window.shared = data; };"
PRINTER = "window.print = () => { window.printed = true; };"


def hosts_asked(page: Page) -> list[str]:
    """The hosts that the page asks from now on, other than our own."""
    hosts: list[str] = []
    page.context.on("request", lambda request: hosts.append(urlsplit(request.url).netloc))
    return hosts


def serve_players(page: Page) -> None:
    """Answer in the place of YouTube."""
    page.route("https://www.youtube-nocookie.com/**", lambda route: route.fulfill(body="<p>Film</p>"))


def stop_the_clock(page: Page) -> None:
    """Let time pass only when the test says so."""
    now = datetime.now(tz=UTC)
    page.clock.install(time=now)
    page.clock.pause_at(now + timedelta(seconds=1))


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def save_button(page: Page) -> Locator:
    """The button of the article, not of a card."""
    return page.locator(".article-meta [data-save]")


def test_nothing_of_other_sites_is_asked_for_before_a_yes(reader: Page, newsroom: Newsroom, address: str) -> None:
    serve_players(reader)
    hosts = hosts_asked(reader)
    reader.goto(newsroom.article.path_on_site, wait_until="networkidle")
    notice = reader.locator("[data-consent]")
    expect(notice.get_by_role("link", name="À propos").first).to_have_attribute("href", "/a-propos/")
    embed = reader.locator("[data-embed]")
    embed.scroll_into_view_if_needed()
    notice.locator("[data-consent-refuse]").click()
    expect(notice).to_be_hidden()
    reader.reload(wait_until="networkidle")
    expect(notice).to_be_hidden()
    embed.scroll_into_view_if_needed()
    expect(embed.locator("[data-embed-load]")).to_be_visible()
    assert set(hosts) == {urlsplit(address).netloc}

    reader.locator("[data-consent-open]").click()
    dialog = reader.locator("[data-consent-dialog]")
    expect(dialog.locator("[name=embeds]")).not_to_be_checked()
    dialog.locator("[name=embeds]").check()
    dialog.locator("[data-consent-save]").click()
    expect(dialog).to_be_hidden()
    embed.scroll_into_view_if_needed()
    expect(embed.frame_locator("iframe").get_by_text("Film")).to_be_visible()
    assert set(hosts) == {urlsplit(address).netloc, "www.youtube-nocookie.com"}


def test_a_yes_to_other_sites_is_kept(reader: Page, newsroom: Newsroom) -> None:
    serve_players(reader)
    reader.goto("/")
    reader.locator("[data-consent-accept]").click()
    reader.goto(newsroom.article.path_on_site)
    expect(reader.locator("[data-consent]")).to_be_hidden()
    reader.locator("[data-embed]").scroll_into_view_if_needed()
    expect(reader.locator("[data-embed] iframe")).not_to_have_attribute("src", re.compile("autoplay"))


def test_a_click_loads_one_embed_without_a_yes_to_all(reader: Page, newsroom: Newsroom) -> None:
    serve_players(reader)
    reader.goto(newsroom.article.path_on_site)
    reader.locator("[data-consent-refuse]").click()
    reader.locator("[data-embed-load]").click()
    expect(reader.get_by_title("Le bac en images")).to_have_attribute("src", re.compile("youtube-nocookie"))
    expect(reader.locator("[data-embed]").frame_locator("iframe").get_by_text("Film")).to_be_visible()
    reader.reload(wait_until="networkidle")
    expect(reader.locator("[data-embed-load]")).to_be_visible()


def test_the_ticker_turns_and_obeys(reader: Page, newsroom: Newsroom) -> None:
    with OneAtATime.turn:
        for order, text in enumerate(("Le bac accoste", "Le port rouvre", "La pluie arrive")):
            BreakingNewsFactory(text=text, sort_order=order, page=newsroom.article)
    stop_the_clock(reader)
    reader.goto("/")
    ticker = reader.locator("[data-ticker]")
    shown = ticker.get_by_role("listitem")
    expect(shown).to_have_text("Le bac accoste")
    reader.clock.run_for(6_000)
    expect(shown).to_have_text("Le port rouvre")
    ticker.locator("[data-ticker-next]").click()
    expect(shown).to_have_text("La pluie arrive")
    ticker.locator("[data-ticker-previous]").click()
    expect(shown).to_have_text("Le port rouvre")
    pause = ticker.locator("[data-ticker-pause]")
    expect(pause).to_have_accessible_name(_("Pause"))
    pause.click()
    expect(pause).to_have_attribute("aria-pressed", "true")
    expect(pause).to_have_accessible_name(_("Play"))
    reader.mouse.move(180, 600)
    pause.blur()
    reader.clock.run_for(20_000)
    expect(shown).to_have_text("Le port rouvre")


def test_the_ticker_stands_still_for_those_who_want_less_motion(open_context: OpenContext, newsroom: Newsroom) -> None:
    with OneAtATime.turn:
        BreakingNewsFactory(text="Le bac accoste", sort_order=0)
    reader = open_context(reduced_motion="reduce").new_page()
    stop_the_clock(reader)
    reader.goto("/")
    reader.clock.run_for(20_000)
    expect(reader.locator("[data-ticker]").get_by_role("listitem")).to_have_text("Le bac accoste")


def test_text_size_and_theme_are_kept_between_visits(open_context: OpenContext, newsroom: Newsroom) -> None:
    context = open_context(color_scheme="light")
    reader = context.new_page()
    reader.goto(newsroom.article.path_on_site)
    reader.locator("[data-consent-refuse]").click()
    text = reader.locator("[data-article-body] > p").first
    size = "parseFloat(getComputedStyle(document.querySelector('[data-article-body] > p')).fontSize)"
    colour = "getComputedStyle(document.body).backgroundColor"
    before, light = reader.evaluate(size), reader.evaluate(colour)
    larger = reader.locator(".article-meta [data-font-step='1']")
    larger.click()
    larger.click()
    expect(reader.locator("[data-font-status]")).to_have_text(_("Small,Normal,Large,Very large").split(",")[3])
    expect(larger).to_have_attribute("aria-disabled", "true")
    largest = reader.evaluate(size)
    assert largest > before
    switch = reader.locator("[data-theme-switch]")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    dark = reader.evaluate(colour)
    assert dark != light

    next_visit = context.new_page()
    next_visit.goto(newsroom.article.path_on_site)
    assert (next_visit.evaluate(size), next_visit.evaluate(colour)) == (largest, dark)
    next_visit.locator(".article-meta [data-font-step='-1']").click()
    next_visit.locator("[data-theme-switch]").click()
    expect(text).to_be_visible()
    assert next_visit.evaluate(colour) == light
    assert before < next_visit.evaluate(size) < largest


def test_the_reading_bar_tells_where_one_is(reader: Page, newsroom: Newsroom) -> None:
    reader.goto(newsroom.article.path_on_site)
    bar, progress = reader.locator("[data-reading-bar]"), reader.locator("[data-reading-progress]")
    expect(bar).to_be_hidden()
    reader.locator("[data-article-body] h2").first.scroll_into_view_if_needed()
    reader.mouse.wheel(0, 600)
    expect(bar).to_be_visible()
    expect(bar).to_contain_text(_("Reading:"))
    expect(bar).to_contain_text(newsroom.article.title)
    reader.locator("#partager").scroll_into_view_if_needed()
    reader.evaluate("document.querySelector('#partager').scrollIntoView()")
    expect(progress).to_have_js_property("value", 100)
    reader.evaluate("scrollTo(0, 0)")
    expect(bar).to_be_hidden()


def test_an_article_is_shared_copied_and_printed(open_context: OpenContext, newsroom: Newsroom, address: str) -> None:
    context = open_context(permissions=["clipboard-read", "clipboard-write"])
    context.add_init_script(SHEET + PRINTER)
    reader = context.new_page()
    reader.goto(newsroom.article.path_on_site)
    reader.locator("[data-consent-refuse]").click()
    link = address + newsroom.article.path_on_site
    reader.locator(".share-bar [data-share]").click()
    assert reader.evaluate("window.shared") == {"title": newsroom.article.title, "url": link}
    copy = reader.locator("[data-copy]")
    copy.click()
    expect(copy).to_have_text(_("Link copied"))
    assert reader.evaluate("navigator.clipboard.readText()") == link
    expect(copy).to_have_text(_("Copy link"))
    reader.locator(".share-bar [data-print]").click()
    assert reader.evaluate("window.printed")


def test_on_paper_stands_the_story_and_nothing_else(reader: Page, newsroom: Newsroom) -> None:
    reader.goto(newsroom.article.path_on_site)
    reader.emulate_media(media="print")
    expect(reader.get_by_role("heading", level=1)).to_have_text(newsroom.article.title)
    for text in (newsroom.article.standfirst, newsroom.author.name, "Le premier bac a quitté le quai"):
        expect(reader.locator("article").get_by_text(text).first).to_be_visible()
    for tools in ("nav", "button", ".utility", "[data-ticker]", ".site-footer", "[data-consent]", ".ad", ".related"):
        assert not [item for item in reader.locator(tools).all() if item.is_visible()], tools
    assert overflow(reader) <= 0


def test_a_phone_without_a_share_sheet_shows_no_button_for_it(reader: Page, newsroom: Newsroom) -> None:
    reader.add_init_script("delete Navigator.prototype.share")
    reader.goto(newsroom.article.path_on_site)
    expect(reader.locator(".share-bar [data-copy]")).to_be_visible()
    expect(reader.locator(".share-bar [data-share]")).to_be_hidden()


def test_a_saved_article_waits_among_the_saved_ones(reader: Page, newsroom: Newsroom) -> None:
    reader.goto("/mes-sauvegardes/")
    reader.locator("[data-consent-refuse]").click()
    expect(reader.locator("[data-saved-empty]")).to_be_visible()
    reader.goto(newsroom.section.path_on_site)
    reader.locator("main [data-save]").first.click()
    reader.goto(newsroom.article.path_on_site)
    save_button(reader).click()
    expect(save_button(reader)).to_have_attribute("aria-pressed", "true")
    expect(save_button(reader)).to_have_accessible_name(_("Remove from saved articles"))
    expect(reader.locator("[data-saved-count]")).to_have_text("2")

    reader.goto("/mes-sauvegardes/")
    saved = reader.locator("[data-saved-list]").get_by_role("article")
    expect(saved).to_have_count(2)
    expect(saved.first).to_contain_text(newsroom.article.title)
    expect(saved.first).to_contain_text(newsroom.section.title)
    saved.last.locator("[data-save-remove]").click()
    expect(saved).to_have_count(1)
    saved.get_by_role("link").click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text(newsroom.article.title)
    save_button(reader).click()
    expect(save_button(reader)).to_have_attribute("aria-pressed", "false")
    reader.goto("/mes-sauvegardes/")
    expect(reader.locator("[data-saved-empty]")).to_be_visible()


def test_the_search_suggests_to_the_keyboard(reader: Page, newsroom: Newsroom) -> None:
    reader.goto("/")
    reader.locator("[data-consent-refuse]").click()
    reader.locator("[data-search-open]").click()
    dialog = reader.locator("[data-search-dialog]")
    query = dialog.locator("[name=q]")
    expect(query).to_be_focused()
    query.press_sequentially("lagune")
    options = dialog.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(query).to_have_attribute("aria-expanded", "true")
    query.press("Escape")
    expect(options).to_have_count(0)
    expect(dialog).to_be_visible()
    query.press_sequentially(" se laisse")
    expect(options).to_have_text([newsroom.article.title])
    query.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(query).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "")
    query.press("Enter")
    reader.wait_for_url(f"**{newsroom.article.path_on_site}")


def test_the_search_finds_without_a_suggestion(reader: Page, newsroom: Newsroom) -> None:
    reader.goto("/")
    reader.locator("[data-consent-refuse]").click()
    reader.locator("[data-search-open]").click()
    query = reader.locator("[data-search-dialog] [name=q]")
    query.fill("LAGUNE traversér")
    query.press("Enter")
    reader.wait_for_url("**/recherche/?q=*")
    expect(reader.locator("main").get_by_role("link", name=newsroom.article.title)).to_be_visible()


def test_no_page_is_wider_than_the_screen(reader: Page, newsroom: Newsroom) -> None:
    wide = {}
    for name, path in newsroom.pages.items():
        reader.goto(path)
        for size in (PHONE, TABLET, DESKTOP):
            reader.set_viewport_size(size)
            if overflow(reader) > 0:
                wide[name, size["width"]] = overflow(reader)
    assert wide == {}


def test_controls_are_large_enough_for_a_thumb(reader: Page, newsroom: Newsroom) -> None:
    controls = "button, input:not([type=checkbox]), select, nav a, .tool, .utility a, .share-bar a, .pagination a"
    small = """
        (controls) => [...document.querySelectorAll(controls)]
            .filter((control) => control.checkVisibility())
            .map((control) => [control.outerHTML.slice(0, 120), control.getBoundingClientRect()])
            .filter(([, { width, height }]) => Math.round(width) < 44 || Math.round(height) < 44)
            .map(([html, { width, height }]) => `${width} × ${height}: ${html}`)
    """
    for path in ("/", newsroom.article.path_on_site, "/recherche/?q=lagune", newsroom.section.path_on_site):
        reader.goto(path, wait_until="networkidle")
        assert reader.evaluate(small, controls) == []
