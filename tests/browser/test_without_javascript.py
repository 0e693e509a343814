"""A reader whose browser runs no script: everything can be read, and no control is dead."""

import re

from django.utils.translation import gettext as _
from playwright.sync_api import Page, expect

from tests.browser.conftest import OneAtATime
from tests.factories import BreakingNewsFactory
from tests.newsroom import Newsroom, add_articles


def test_no_control_that_needs_a_script_is_seen(reader_without_javascript: Page, newsroom: Newsroom) -> None:
    reader = reader_without_javascript
    for name, path in newsroom.pages.items():
        reader.goto(path)
        seen = [item for item in reader.locator("[hidden]").all() if item.is_visible()]
        assert not seen, name
        dead = reader.locator("button:not(form button), dialog, [role=button], a:not([href])")
        assert not [item for item in dead.all() if item.is_visible()], name


def test_one_reads_from_page_to_page(reader_without_javascript: Page, newsroom: Newsroom) -> None:
    reader = reader_without_javascript
    reader.goto("/")
    reader.locator("main").get_by_role("link", name=newsroom.article.title).first.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(newsroom.article.title)
    body = reader.locator("[data-article-body]")
    expect(body).to_contain_text("Le premier bac a quitté le quai")
    pictures = body.locator("figure.image img")
    pictures.scroll_into_view_if_needed()
    expect(pictures).to_be_visible()
    expect(body.locator("video, audio")).to_have_count(2)
    reader.locator("main").get_by_role("link", name=newsroom.author.name).first.click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text(newsroom.author.name)
    reader.locator("header nav").get_by_role("link", name=newsroom.section.title).click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text(newsroom.section.title)


def test_the_ticker_is_a_list_of_links(reader_without_javascript: Page, newsroom: Newsroom) -> None:
    with OneAtATime.turn:
        for text in ("Le bac accoste", "Le port rouvre"):
            BreakingNewsFactory(text=text, page=newsroom.article)
    reader_without_javascript.goto("/en-continu/")
    ticker = reader_without_javascript.locator("[data-ticker]")
    for text in ("Le bac accoste", "Le port rouvre"):
        expect(ticker.get_by_role("link", name=text)).to_be_visible()
    ticker.get_by_role("link", name="Le port rouvre").click()
    expect(reader_without_javascript).to_have_url(re.compile(f"{newsroom.article.path_on_site}$"))


def test_one_searches_and_narrows_down(reader_without_javascript: Page, newsroom: Newsroom) -> None:
    reader = reader_without_javascript
    found = reader.locator("main").get_by_role("article")
    reader.goto("/")
    reader.locator("[data-search-open]").click()
    query = reader.locator("main [name=q]")
    query.fill("lagune")
    query.press("Enter")
    expect(found).to_have_count(8)
    expect(reader.locator("main [name=q]")).to_have_value("lagune")
    reader.locator("main [name=section]").select_option(label=newsroom.section.title)
    reader.locator("main [role=search] button").first.click()
    expect(reader).to_have_url(re.compile("section="))
    expect(found).not_to_have_count(8)
    expect(found.first).to_contain_text(newsroom.section.title)
    expect(found.filter(has_text=newsroom.article.title)).to_have_count(1)


def test_one_leafs_through_a_long_list(reader_without_javascript: Page, newsroom: Newsroom) -> None:
    with OneAtATime.turn:
        add_articles(newsroom, 20)
    reader = reader_without_javascript
    reader.goto(newsroom.section.path_on_site)
    headlines = reader.locator("main article h2, main article h3")
    newest = headlines.first.inner_text()
    reader.locator(".pagination").get_by_role("link", name=_("Older")).click()
    expect(reader).to_have_url(re.compile(r"\?page=2$"))
    expect(headlines.filter(has_text=newest)).to_have_count(0)
    expect(reader.locator(".pagination [rel=next]")).to_have_count(0)
    reader.locator(".pagination").get_by_role("link", name=_("Newer")).click()
    expect(headlines.first).to_have_text(newest)


def test_embeds_and_share_links_are_plain_links(
    reader_without_javascript: Page, newsroom: Newsroom, address: str
) -> None:
    reader = reader_without_javascript
    reader.goto(newsroom.article.path_on_site)
    embed = reader.locator("[data-embed]").get_by_role("link", name="Le bac en images")
    expect(embed).to_have_attribute("href", "https://youtu.be/abcdefghijk")
    link = re.escape((address + newsroom.article.path_on_site).replace(":", "%3A").replace("/", "%2F"))
    targets = {
        "Facebook": "https://www.facebook.com/",
        "X": "https://twitter.com/",
        "WhatsApp": "https://wa.me/",
        "Telegram": "https://t.me/",
        _("E-mail"): "mailto:",
    }
    for name, target in targets.items():
        share = reader.locator(".share-bar").get_by_role("link", name=name, exact=True)
        expect(share).to_have_attribute("href", re.compile(f"^{re.escape(target)}.*{link}"))


def test_the_page_of_saved_articles_says_what_it_needs(reader_without_javascript: Page) -> None:
    reader_without_javascript.goto("/mes-sauvegardes/")
    # Playwright's own search for texts passes over <noscript>.
    notice = reader_without_javascript.locator("noscript p")
    expect(notice).to_be_visible()
    expect(notice).to_contain_text(_("Saving articles needs JavaScript, which is switched off in your browser."))
