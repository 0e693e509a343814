"""A page that stays open keeps up with the news."""

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import OneAtATime
from tests.browser.test_reading import stop_the_clock
from tests.factories import ArticleFactory, BreakingNewsFactory
from tests.newsroom import Newsroom


def test_an_alert_reaches_an_open_page_within_twenty_seconds(editor: Page, reader: Page, newsroom: Newsroom) -> None:
    stop_the_clock(reader)
    reader.goto(newsroom.article.path_on_site)
    editor.goto("/admin/")
    editor.locator("[name=text]").fill("Le bac est arrêté")
    editor.locator("form[action='/admin/alerte/'] [type=submit]").click()
    expect(editor.get_by_role("main").get_by_role("link", name="Le bac est arrêté")).to_be_visible()
    ticker = reader.locator("[data-ticker]")
    expect(ticker).not_to_contain_text("Le bac est arrêté")
    reader.clock.run_for(16_000)
    expect(ticker.get_by_role("listitem")).to_have_text("Le bac est arrêté")
    # The new ticker turns and obeys like the first.
    ticker.locator("[data-ticker-next]").click()
    expect(ticker.get_by_role("listitem")).not_to_have_text("Le bac est arrêté")

    editor.get_by_role("button", name="Le bac est arrêté").click()
    expect(editor.get_by_role("main").get_by_role("link", name="Le bac est arrêté")).to_have_count(0)
    reader.mouse.move(180, 700)
    ticker.locator("[data-ticker-next]").blur()
    reader.clock.run_for(16_000)
    expect(ticker).not_to_contain_text("Le bac est arrêté")


def test_an_alert_appears_where_there_was_no_ticker(reader: Page, newsroom: Newsroom) -> None:
    with OneAtATime.turn:
        newsroom.home.refresh_from_db()
        BreakingNewsFactory._meta.model.objects.all().delete()
    stop_the_clock(reader)
    reader.goto("/")
    expect(reader.locator("[data-ticker]")).to_have_count(0)
    with OneAtATime.turn:
        BreakingNewsFactory(text="Le bac accoste")
    reader.clock.run_for(16_000)
    expect(reader.locator("[data-ticker]")).to_contain_text("Le bac accoste")


def test_the_latest_news_of_an_open_page_stay_the_latest(reader: Page, newsroom: Newsroom) -> None:
    stop_the_clock(reader)
    reader.goto(newsroom.article.path_on_site)
    entries = reader.locator(".article-side .latest-list li")
    count = entries.count()
    with OneAtATime.turn:
        ArticleFactory(parent=newsroom.section, title="Le bac repart", published_at=timezone.now())
    reader.clock.run_for(16_000)
    expect(entries.filter(has_text="Le bac repart")).to_be_visible()
    expect(entries).to_have_count(count)


def test_the_page_of_the_latest_news_offers_what_came_in(reader: Page, newsroom: Newsroom) -> None:
    stop_the_clock(reader)
    reader.goto("/en-continu/")
    notice = reader.locator("[data-new-stories]")
    reader.clock.run_for(16_000)
    expect(notice).to_be_hidden()
    with OneAtATime.turn:
        ArticleFactory(parent=newsroom.section, title="Le bac repart", published_at=timezone.now())
    reader.clock.run_for(16_000)
    notice.get_by_role("link").click()
    expect(reader.get_by_role("link", name="Le bac repart").first).to_be_visible()


def test_a_reader_who_points_at_the_ticker_is_not_disturbed(reader: Page, newsroom: Newsroom) -> None:
    stop_the_clock(reader)
    reader.goto("/")
    reader.locator("[data-ticker]").hover()
    with OneAtATime.turn:
        BreakingNewsFactory(text="Le bac accoste", sort_order=0)
    reader.clock.run_for(16_000)
    expect(reader.locator("[data-ticker]")).not_to_contain_text("Le bac accoste")
    reader.mouse.move(180, 700)
    reader.clock.run_for(16_000)
    expect(reader.locator("[data-ticker]")).to_contain_text("Le bac accoste")
