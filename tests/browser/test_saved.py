"""« Mes sauvegardes »: in the browser of a visitor, in the account of a reader, and with the line down."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils.translation import gettext as _
from playwright.sync_api import BrowserContext, Locator, Page, expect

from aminata24.readers.middleware import HINT_COOKIE
from aminata24.readers.models import SavedArticle, User
from news.models import ArticlePage
from tests.browser.conftest import OneAtATime, OpenContext, sign_in_before
from tests.conftest import PASSWORD
from tests.newsroom import Newsroom

PAGE = "/mes-sauvegardes/"
COPY_SAYS = """
    async (text) => {
        const copy = async () => (await caches.match(location.pathname, { ignoreVary: true }))?.text();
        while (!(await copy())?.includes(text)) await new Promise(requestAnimationFrame);
    }
"""
METERED = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } });"

SignIn = Callable[[BrowserContext], None]


@pytest.fixture
def account(newsroom: Newsroom) -> User:
    """A reader's account."""
    with OneAtATime.turn:
        return User.objects.create_user("aya@example.com", PASSWORD, first_name="Aya")


@pytest.fixture
def sign_in(account: User, address: str) -> SignIn:
    """Sign a browser in: its session and the hint that goes with it."""

    def sign_in(context: BrowserContext) -> None:
        with OneAtATime.turn:
            sign_in_before(context, account, address)
        context.add_cookies([{"name": HINT_COOKIE, "value": "1", "url": address}])

    return sign_in


@pytest.fixture
def others(newsroom: Newsroom) -> list[ArticlePage]:
    """The newsroom's other articles, the latest first."""
    with OneAtATime.turn:
        return list(ArticlePage.objects.exclude(pk=newsroom.article.pk).newest())


def in_account(account: User) -> set[int]:
    with OneAtATime.turn:
        return set(SavedArticle.objects.of(account).saved().values_list("article", flat=True))


def bookmark(page: Page, article: ArticlePage) -> Locator:
    """The bookmark on the card of an article."""
    return page.locator(f"main .card [data-save][data-id='{article.pk}']").first


def save(page: Page, *articles: ArticlePage) -> None:
    """Save articles from « En continu »."""
    page.goto("/en-continu/")
    for article in articles:
        bookmark(page, article).click()
        expect(bookmark(page, article)).to_have_attribute("aria-pressed", "true")


def saved(page: Page) -> Locator:
    """The articles on the page of saved ones."""
    return page.locator("[data-saved-list]").get_by_role("article")


def open_saved(page: Page, *articles: ArticlePage) -> None:
    """Open the page of saved articles, which shows these, the last one saved first."""
    page.goto(PAGE)
    expect(saved(page).get_by_role("heading")).to_have_text([article.title for article in articles])


def marks(page: Page) -> Locator:
    """What says on the page of saved articles that one can be read without a line."""
    return saved(page).get_by_text(_("Readable offline")).locator("visible=true")


def wait_for_copies(page: Page, *articles: ArticlePage) -> None:
    """Open the page of saved articles and wait until these can be read without a line."""
    open_saved(page, *articles)
    expect(marks(page)).to_have_count(len(articles))
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def refuse_cookies(page: Page) -> None:
    page.goto(PAGE)
    page.locator("[data-consent-refuse]").click()


def test_what_a_visitor_saved_is_in_the_account_and_on_the_second_phone(
    reader: Page, open_context: OpenContext, newsroom: Newsroom, others: list, account: User, sign_in: SignIn
) -> None:
    refuse_cookies(reader)
    expect(reader.locator("[data-saved-here]")).to_be_visible()
    expect(reader.locator("[data-saved-everywhere]")).to_be_hidden()
    save(reader, newsroom.article, others[0])
    assert in_account(account) == set()

    sign_in(reader.context)
    open_saved(reader, others[0], newsroom.article)
    expect(reader.locator("[data-saved-everywhere]")).to_be_visible()
    expect(reader.locator("[data-saved-here]")).to_be_hidden()
    second = open_context()
    sign_in(second)
    phone = second.new_page()
    open_saved(phone, others[0], newsroom.article)
    assert in_account(account) == {newsroom.article.pk, others[0].pk}

    phone.goto(newsroom.article.path_on_site)
    button = phone.locator(".article-meta [data-save]")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    open_saved(phone, others[0])
    open_saved(reader, others[0])


def test_of_two_taps_that_come_at_once_the_second_stands_first(reader: Page, newsroom: Newsroom, others: list) -> None:
    refuse_cookies(reader)
    reader.goto("/en-continu/")
    buttons = [f"main .card [data-save][data-id='{article.pk}']" for article in (newsroom.article, others[0])]
    reader.evaluate("(buttons) => buttons.forEach((button) => document.querySelector(button).click())", buttons)
    expect(bookmark(reader, others[0])).to_have_attribute("aria-pressed", "true")
    open_saved(reader, others[0], newsroom.article)


def test_a_tap_counts_though_the_reader_leaves_before_anything_more_was_loaded(
    reader: Page, newsroom: Newsroom, others: list
) -> None:
    refuse_cookies(reader)
    reader.route("**/saving.js", lambda route: route.abort())
    save(reader, newsroom.article, others[0], others[1])
    bookmark(reader, others[1]).click()
    expect(bookmark(reader, others[1])).to_have_attribute("aria-pressed", "false")
    reader.unroute("**/saving.js")
    open_saved(reader, others[0], newsroom.article)


def test_two_phones_that_were_offline_lose_nothing(
    open_context: OpenContext, newsroom: Newsroom, others: list, account: User, sign_in: SignIn
) -> None:
    phones = []
    for _number in range(2):
        context = open_context()
        sign_in(context)
        phones.append(context.new_page())
        refuse_cookies(phones[-1])
    one, other = phones
    save(one, newsroom.article, others[0])
    open_saved(one, others[0], newsroom.article)
    save(other)
    expect(bookmark(other, others[0])).to_have_attribute("aria-pressed", "true")
    one.goto("/en-continu/")
    for phone in phones:
        phone.context.set_offline(True)
    bookmark(one, others[1]).click()
    bookmark(one, others[0]).click()
    bookmark(other, others[2]).click()
    for phone in phones:
        expect(bookmark(phone, newsroom.article)).to_have_attribute("aria-pressed", "true")
        phone.context.set_offline(False)

    open_saved(one, others[1], newsroom.article)
    open_saved(other, others[2], others[1], newsroom.article)
    open_saved(one, others[2], others[1], newsroom.article)
    assert in_account(account) == {newsroom.article.pk, others[1].pk, others[2].pk}


def test_signing_out_leaves_nothing_of_the_account_on_a_shared_phone(
    reader: Page, newsroom: Newsroom, others: list, account: User, sign_in: SignIn
) -> None:
    refuse_cookies(reader)
    save(reader, newsroom.article)
    sign_in(reader.context)
    wait_for_copies(reader, newsroom.article)

    reader.context.clear_cookies()
    reader.goto("/en-continu/")
    expect(bookmark(reader, newsroom.article)).to_have_attribute("aria-pressed", "false")
    expect(reader.locator("[data-saved-count]")).to_be_hidden()
    open_saved(reader)
    expect(reader.locator("[data-saved-empty]")).to_be_visible()
    reader.context.set_offline(True)
    reader.goto(newsroom.article.path_on_site)
    expect(reader.get_by_role("heading", level=1)).to_have_text(_("You are offline"))
    assert newsroom.article.title not in reader.evaluate("JSON.stringify({ ...localStorage })")

    reader.context.set_offline(False)
    # The page comes by itself as soon as there is a line; nothing else is asked for before.
    expect(reader.get_by_role("heading", level=1)).to_have_text(newsroom.article.title)
    sign_in(reader.context)
    open_saved(reader, newsroom.article)


def test_a_saved_article_is_read_with_its_pictures_while_the_line_is_down(
    reader: Page, newsroom: Newsroom, others: list
) -> None:
    refuse_cookies(reader)
    save(reader, others[0], newsroom.article)
    wait_for_copies(reader, newsroom.article, others[0])
    expect(reader.locator("[data-saved-count-text]")).to_have_text(
        re.compile(r"^2 articles, [1-9]\d*\sko sur cet appareil$")
    )

    reader.context.set_offline(True)
    reader.goto(newsroom.article.path_on_site)
    expect(reader.get_by_role("heading", level=1)).to_have_text(newsroom.article.title)
    expect(reader.locator("[data-article-body]")).to_contain_text("Le premier bac a quitté le quai")
    expect(reader.locator(".copy-notice")).to_contain_text(_("Copy kept on this device:"))
    expect(reader.locator("[data-ticker], .ad, .related")).to_have_count(0)
    shown = reader.locator("main picture img")
    assert shown.count() > 3
    for picture in shown.all():
        picture.scroll_into_view_if_needed()
        expect(picture).not_to_have_js_property("naturalWidth", 0)
    style = "getComputedStyle(document.querySelector('.article-head h1')).fontFamily"
    assert "Charter" in reader.evaluate(style)
    # Its scripts are there as well.
    expect(reader.locator(".article-meta [data-save]")).to_have_attribute("aria-pressed", "true")

    reader.goto(newsroom.section.path_on_site)
    expect(reader.get_by_role("heading", level=1)).to_have_text(_("You are offline"))
    expect(saved(reader).get_by_role("heading")).to_have_text([newsroom.article.title, others[0].title])
    saved(reader).get_by_role("link", name=others[0].title).click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(others[0].title)


def test_what_is_removed_offline_can_no_longer_be_read(reader: Page, newsroom: Newsroom, others: list) -> None:
    refuse_cookies(reader)
    save(reader, others[0], newsroom.article)
    wait_for_copies(reader, newsroom.article, others[0])
    reader.context.set_offline(True)
    reader.goto(PAGE)
    saved(reader).first.locator("[data-save-remove]").click()
    expect(saved(reader).get_by_role("heading")).to_have_text([others[0].title])
    expect(reader.locator("[data-saved-count-text]")).to_contain_text(_("1 article"))
    reader.goto(newsroom.article.path_on_site)
    expect(reader.get_by_role("heading", level=1)).to_have_text(_("You are offline"))
    expect(saved(reader)).to_have_count(1)


def test_a_page_that_the_line_did_not_bring_comes_back_with_it(reader: Page, newsroom: Newsroom) -> None:
    refuse_cookies(reader)
    save(reader, newsroom.article)
    wait_for_copies(reader, newsroom.article)
    reader.context.set_offline(True)
    reader.goto(newsroom.section.path_on_site)
    expect(reader.get_by_role("heading", level=1)).to_have_text(_("You are offline"))
    reader.context.set_offline(False)
    expect(reader.get_by_role("heading", level=1)).to_contain_text(newsroom.section.title)


def test_news_comes_from_the_network_while_there_is_one(reader: Page, newsroom: Newsroom) -> None:
    refuse_cookies(reader)
    save(reader, newsroom.article)
    wait_for_copies(reader, newsroom.article)
    with OneAtATime.turn:
        newsroom.article.title = "La lagune se traverse aussi de nuit"
        newsroom.article.save_revision().publish()
    try:
        reader.goto(newsroom.article.path_on_site)
        expect(reader.get_by_role("heading", level=1)).to_have_text("La lagune se traverse aussi de nuit")
        # Reading it online renews the copy.
        reader.evaluate(COPY_SAYS, "se traverse aussi de nuit")
        reader.context.set_offline(True)
        reader.goto(newsroom.article.path_on_site)
        expect(reader.get_by_role("heading", level=1)).to_have_text("La lagune se traverse aussi de nuit")
    finally:
        newsroom.article.title = "La lagune se laisse enfin traverser"


def test_one_searches_among_the_saved_ones(reader: Page, newsroom: Newsroom, others: list) -> None:
    refuse_cookies(reader)
    save(reader, others[0], newsroom.article)
    open_saved(reader, newsroom.article, others[0])
    query = reader.get_by_role("searchbox")
    query.fill("LÂGUNE enfin")
    expect(saved(reader).get_by_role("heading")).to_have_text([newsroom.article.title])
    expect(reader.locator("[data-saved-count-text]")).to_contain_text(_("1 article"))
    query.fill("éléphant")
    expect(saved(reader)).to_have_count(0)
    expect(reader.locator("[data-saved-no-match]")).to_be_visible()
    query.fill("")
    expect(saved(reader)).to_have_count(2)
    expect(reader.locator("[data-saved-no-match]")).to_be_hidden()


def test_a_removal_is_undone(reader: Page, newsroom: Newsroom, others: list) -> None:
    refuse_cookies(reader)
    save(reader, others[0], newsroom.article)
    open_saved(reader, newsroom.article, others[0])
    remove = saved(reader).first.locator("[data-save-remove]")
    remove.focus()
    remove.press("Enter")
    expect(saved(reader).get_by_role("heading")).to_have_text([others[0].title])
    expect(saved(reader).first.locator("[data-save-remove]")).to_be_focused()
    undo = reader.locator("[data-saved-undo]")
    expect(undo).to_contain_text(newsroom.article.title)
    undo.get_by_role("button", name=_("Undo")).click()
    expect(saved(reader).get_by_role("heading")).to_have_text([newsroom.article.title, others[0].title])
    expect(undo).to_be_empty()
    saved(reader).first.locator("[data-save-remove]").click()
    saved(reader).first.locator("[data-save-remove]").click()
    expect(reader.locator("[data-saved-empty]")).to_be_visible()
    expect(undo.get_by_role("button")).to_be_focused()


def test_the_room_that_copies_take_is_given_back(reader: Page, newsroom: Newsroom) -> None:
    refuse_cookies(reader)
    save(reader, newsroom.article)
    wait_for_copies(reader, newsroom.article)
    reader.locator("[data-copies-clear]").click()
    expect(marks(reader)).to_have_count(0)
    expect(reader.locator("[data-saved-count-text]")).to_have_text(_("1 article"))
    reader.reload()
    expect(reader.locator("[data-copies-keep]")).to_be_visible()
    reader.locator("[data-copies-keep]").click()
    expect(marks(reader)).to_have_count(1)
    expect(reader.locator("[data-copies-keep]")).to_be_hidden()


def test_the_room_is_bounded_and_the_oldest_go_without(
    open_context: OpenContext, newsroom: Newsroom, others: list
) -> None:
    context = open_context(service_workers="block")

    def tighten(route: Any) -> None:
        script = route.fetch().text()
        tight = script.replace("MOST = 100", "MOST = 2").replace("MOST_BYTES = 50_000_000", f"MOST_BYTES = {room}")
        assert tight != script
        route.fulfill(body=tight, content_type="text/javascript")

    context.route("**/saved_copies.js", tighten)
    reader = context.new_page()
    room = 50_000_000
    refuse_cookies(reader)
    save(reader, others[1], others[0], newsroom.article)
    open_saved(reader, newsroom.article, others[0], others[1])
    kept = saved(reader).filter(has=reader.get_by_text(_("Readable offline")).locator("visible=true"))
    expect(kept.get_by_role("heading")).to_have_text([newsroom.article.title, others[0].title])

    largest = reader.evaluate(
        "caches.match(location.origin + JSON.parse(localStorage.saved)[0].url)"
        ".then((page) => Number(page.headers.get('X-Bytes')))"
    )
    room = largest + 1
    open_saved(reader, newsroom.article, others[0], others[1])
    expect(kept.get_by_role("heading")).to_have_text([newsroom.article.title])


def test_what_another_device_saved_does_not_come_over_an_expensive_line(
    open_context: OpenContext, newsroom: Newsroom, others: list, account: User, sign_in: SignIn
) -> None:
    first = open_context()
    sign_in(first)
    desk = first.new_page()
    save(desk, others[0])
    open_saved(desk, others[0])
    second = open_context()
    second.add_init_script(METERED)
    sign_in(second)
    phone = second.new_page()
    refuse_cookies(phone)
    # What one saves here is asked for.
    save(phone, newsroom.article)
    open_saved(phone, newsroom.article, others[0])
    expect(marks(phone)).to_have_count(1)
    phone.locator("[data-copies-keep]").click()
    expect(marks(phone)).to_have_count(2)


def test_a_list_from_before_there_were_accounts_is_still_read(
    reader: Page, newsroom: Newsroom, others: list, account: User, sign_in: SignIn
) -> None:
    old = [
        {"id": str(article.pk), "url": article.path_on_site, "title": article.title, "section": "Afrique"}
        for article in (newsroom.article, others[0])
    ]
    refuse_cookies(reader)
    reader.evaluate("(list) => localStorage.setItem('saved', list)", json.dumps(old))
    open_saved(reader, newsroom.article, others[0])
    sign_in(reader.context)
    open_saved(reader, newsroom.article, others[0])
    reader.goto("/en-continu/")
    expect(bookmark(reader, others[0])).to_have_attribute("aria-pressed", "true")
    assert in_account(account) == {newsroom.article.pk, others[0].pk}


@pytest.mark.parametrize(
    "broken", ["{", "null", "7", '{"id": 1}', '[{"id": 1, "url": "javascript:alert(1)", "at": 1}]']
)
def test_a_broken_list_breaks_no_page(reader: Page, newsroom: Newsroom, broken: str) -> None:
    refuse_cookies(reader)
    reader.evaluate("(list) => localStorage.setItem('saved', list)", broken)
    reader.goto(PAGE)
    expect(reader.locator("[href^='javascript']")).to_have_count(0)
    save(reader, newsroom.article)
    reader.goto(PAGE)
    expect(saved(reader).filter(has_text=newsroom.article.title)).to_have_count(1)


def test_a_reader_without_javascript_removes_from_the_list(
    open_context: OpenContext, newsroom: Newsroom, others: list, account: User, sign_in: SignIn
) -> None:
    context = open_context(java_script_enabled=False)
    sign_in(context)
    reader = context.new_page()
    desk = open_context()
    sign_in(desk)
    page = desk.new_page()
    save(page, newsroom.article, others[0])
    open_saved(page, others[0], newsroom.article)

    reader.goto(PAGE)
    reader.locator("noscript a").click()
    listed = reader.locator("main").get_by_role("article")
    expect(listed).to_have_count(2)
    reader.locator("main form").first.get_by_role("button", name=_("Remove")).click()
    expect(listed.get_by_role("heading")).to_have_text([newsroom.article.title])
    open_saved(page, newsroom.article)
