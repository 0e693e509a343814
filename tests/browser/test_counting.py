"""What a reader really reads, sees and clicks is counted; nothing else is."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from aminata24.ads import figures
from aminata24.ads.models import Creative
from aminata24.audience import beacon, reads
from tests.audience.beacons import BROWSER
from tests.browser.conftest import CHROMIUM, FLAGS, PATIENCE, PHONE, OneAtATime
from tests.newsroom import Newsroom

Counted = Counter[tuple[str, int]]


@pytest.fixture(autouse=True)
def _nothing_counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(beacon, "guests", beacon.GuestBook())
    yield
    reads.tally._counted.clear()
    figures.tally._counted.clear()


@pytest.fixture(scope="module")
def people(browser: Browser) -> Iterator[Browser]:
    """A Chromium that doesn't say it is driven, also when a page is left; that of the other tests is not counted."""
    chromium = browser.browser_type.launch(
        executable_path=CHROMIUM, args=[*FLAGS, f"--user-agent={BROWSER['User-Agent']}"]
    )
    yield chromium
    chromium.close()


@pytest.fixture
def phone(people: Browser, address: str, newsroom: Newsroom) -> Iterator[BrowserContext]:
    """A person's phone. Not from `open_context`: what that intercepts is lost when a page is left."""
    context = people.new_context(viewport=PHONE, base_url=address, locale="fr-FR")
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def person(phone: BrowserContext) -> Page:
    """A page whose seconds pass when the test says so."""
    page = phone.new_page()
    now = datetime.now(tz=UTC)
    page.clock.install(time=now)
    page.clock.pause_at(now + timedelta(seconds=1))
    return page


def counted() -> Counted:
    """What was counted so far, by figure and key."""
    found: Counted = Counter()
    with OneAtATime.turn:
        for (key, _hour), count in reads.tally._counted.items():
            found["reads", key] += count
        for (key, _day, figure), count in figures.tally._counted.items():
            found[figure, key] += count
    return found


def open_page(page: Page, path: str) -> None:
    """Open a page, and wait for the module that counts."""
    with page.expect_response("**/count.js"):
        page.goto(path, wait_until="load")
    page.wait_for_load_state("networkidle")


def leave(page: Page, until: Callable[[Counted], bool] = bool) -> Counted:
    """Go elsewhere; gives what was counted as soon as that is enough."""
    page.goto("/mes-sauvegardes/")
    end = monotonic() + PATIENCE / 1000
    while not until(counted()) and monotonic() < end:
        page.wait_for_load_state("networkidle")
    return counted()


def ad_in(slot: str) -> int:
    """The key of the ad that stands in a placement."""
    with OneAtATime.turn:
        return Creative.objects.get(placement__slot=slot).pk


def test_an_article_that_is_read_for_five_seconds_is_counted_once(person: Page, newsroom: Newsroom) -> None:
    open_page(person, newsroom.article.path_on_site)
    person.clock.run_for(20_000)
    assert leave(person)["reads", newsroom.article.pk] == 1


def test_a_glance_is_no_read(person: Page, newsroom: Newsroom) -> None:
    open_page(person, newsroom.article.path_on_site)
    person.clock.run_for(4_900)
    found = leave(person)
    assert found["reads", newsroom.article.pk] == 0
    assert found["impressions", ad_in("header")] == 1


def test_an_article_in_a_background_tab_is_read_when_one_turns_to_it(person: Page, newsroom: Newsroom) -> None:
    # A browser without windows shows every tab, so the page is told that it is hidden.
    person.add_init_script(
        "window.hidden = true; Object.defineProperty(document, 'hidden', { get: () => window.hidden });"
    )
    open_page(person, newsroom.article.path_on_site)
    person.clock.run_for(20_000)
    assert counted() == {}

    person.evaluate("window.hidden = false; document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))")
    person.clock.run_for(4_900)
    assert counted() == {}
    person.clock.run_for(200)
    assert leave(person)["reads", newsroom.article.pk] == 1


def show(page: Page, selector: str, inside: bool = True) -> None:
    """Scroll to a thing or to the top, and wait until the browser has told every observer where the thing is now."""
    thing = page.locator(selector)
    (thing if inside else page.locator("body")).evaluate("place => place.scrollIntoView({ behavior: 'instant' })")
    is_inside = thing.evaluate(
        "thing => new Promise(tell => new IntersectionObserver(([seen]) => tell(seen.isIntersecting)).observe(thing))"
    )
    assert is_inside is inside


def test_an_ad_counts_once_a_page_when_half_of_it_was_in_view_for_a_second(person: Page, newsroom: Newsroom) -> None:
    footer = f"[data-ad='{ad_in('footer')}']"
    open_page(person, "/")
    show(person, footer)
    person.clock.run_for(900)
    show(person, footer, inside=False)
    person.clock.run_for(5_000)
    found = leave(person)
    assert found["impressions", ad_in("footer")] == 0
    assert found["impressions", ad_in("header")] == 1

    open_page(person, "/")
    person.clock.run_for(1_100)
    for _ in range(2):
        show(person, footer)
        person.clock.run_for(1_100)
        show(person, footer, inside=False)
    found = leave(person, lambda counted: counted["impressions", ad_in("footer")] > 0)
    assert found["impressions", ad_in("footer")] == 1
    # Once more, for the page was opened once more.
    assert found["impressions", ad_in("header")] == 2


def test_a_click_and_a_click_that_opens_a_tab_are_counted(person: Page, newsroom: Newsroom) -> None:
    person.context.route("https://example.com/**", lambda route: route.fulfill(body="BetonPark"))
    open_page(person, "/")
    footer = person.locator(f"[data-ad='{ad_in('footer')}']")
    footer.click(button="right")
    footer.click(button="middle")
    assert leave(person)["clicks", ad_in("footer")] == 1

    open_page(person, "/")
    header = person.locator(f"[data-ad='{ad_in('header')}']")
    header.click()
    person.wait_for_url("https://example.com/**")
    assert leave(person, lambda counted: counted["clicks", ad_in("header")] > 0)["clicks", ad_in("header")] == 1


def test_a_browser_that_is_driven_is_not_counted(reader: Page, newsroom: Newsroom) -> None:
    open_page(reader, newsroom.article.path_on_site)
    with reader.expect_response("**/compter/") as answer:
        reader.evaluate(f"navigator.sendBeacon('/compter/', 'r{newsroom.article.pk}')")
    assert answer.value.status == 204
    assert counted() == {}
