"""Live coverage in the hands of editors and readers, and the channel's player."""

import re
from pathlib import Path

import pytest
from django.utils.translation import gettext as _
from PIL import Image
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from aminata24.demo import media
from aminata24.readers.models import User
from news.models import LiveEntry, LiveState
from tests.browser.conftest import EDITOR, PHONE, OneAtATime, OpenContext, sign_in
from tests.browser.test_accessibility import findings_in_both_themes
from tests.browser.test_reading import overflow, stop_the_clock
from tests.factories import EntryFactory
from tests.newsroom import Newsroom

STREAM = Path(media.__file__).parent


def signed_in(context: BrowserContext) -> Page:
    """An editor's phone, signed in through the log-in form."""
    page = context.new_page()
    page.goto("/admin/")
    sign_in(page, EDITOR)
    page.wait_for_url("**/admin/")
    return page


@pytest.fixture
def desk(newsroom: Newsroom) -> str:
    """The address of the coverage's desk."""
    return f"/admin/direct/{newsroom.coverage.pk}/"


@pytest.fixture
def phone(open_context: OpenContext, desk: str) -> Page:
    """An editor's phone with the desk open."""
    page = signed_in(open_context(viewport=PHONE))
    page.goto(desk)
    return page


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photograph on the editor's phone."""
    path = tmp_path / "pont.jpg"
    Image.new("RGB", (1280, 720), "teal").save(path)
    return path


@pytest.fixture
def follower(reader: Page, newsroom: Newsroom) -> Page:
    """A reader with the coverage open, for whom time passes when the test says so."""
    stop_the_clock(reader)
    reader.goto(newsroom.coverage.path_on_site)
    reader.locator("[data-consent-refuse]").click()
    return reader


def entries(newsroom: Newsroom) -> list[str]:
    """The headlines of the coverage's entries, the last one written first."""
    with OneAtATime.turn:
        return list(newsroom.coverage.entries.order_by("-pk").values_list("headline", flat=True))


def add_entries(newsroom: Newsroom, count: int) -> None:
    """Entries with a headline that no other entry holds, and some text."""
    with OneAtATime.turn:
        for number in range(count):
            EntryFactory(coverage=newsroom.coverage, headline=f"Mesure {number}", text="Le niveau monte. " * 20)


def change(newsroom: Newsroom, headline: str, **values: object) -> None:
    """Somebody changes an entry."""
    with OneAtATime.turn, LiveState.numbered(newsroom.coverage.pk) as number:
        newsroom.coverage.entries.filter(headline=headline).update(change=number, **values)


def send(page: Page, name: str = "Publish") -> None:
    """Press the button of the form."""
    page.locator("[data-desk-form]").get_by_role("button", name=_(name), exact=True).click()


def open_part(page: Page, name: str) -> None:
    """Open a part of the form."""
    page.locator(".desk-part > summary").get_by_text(_(name), exact=True).click()


def message(page: Page) -> Locator:
    """What the desk says."""
    return page.locator("[data-desk-messages]")


def test_an_entry_with_a_picture_goes_from_a_phone_to_an_open_page(
    phone: Page, follower: Page, newsroom: Newsroom, photo: Path
) -> None:
    phone.locator("[name=headline]").fill("Le pont est fermé")
    phone.locator("[name=text]").fill("Les voitures font demi-tour.")
    open_part(phone, "Picture")
    phone.locator("[name=picture]").set_input_files(photo)
    phone.locator("[name=picture_alt]").fill("Le pont sous l’eau")
    assert overflow(phone) <= 0
    send(phone)
    expect(message(phone)).to_have_text(_("Published."))
    expect(phone.locator("[data-row]").first).to_contain_text("Le pont est fermé")
    expect(phone.locator("[name=headline]")).to_have_value("")

    button = follower.locator("[data-live-show]")
    expect(button).to_be_hidden()
    follower.clock.run_for(20_000)
    expect(button).to_have_text(_("1 new entry"))
    entry = follower.locator("[data-live-entries] > [data-entry]").first
    expect(entry).not_to_contain_text("demi-tour")
    button.click()
    expect(entry).to_contain_text("Les voitures font demi-tour.")
    picture = entry.get_by_role("img", name="Le pont sous l’eau")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("(image) => image.naturalWidth") > 0
    expect(button).to_be_hidden()
    expect(entry).to_be_focused()


def test_several_new_entries_wait_behind_one_button_in_their_order(follower: Page, newsroom: Newsroom) -> None:
    add_entries(newsroom, 3)
    follower.clock.run_for(20_000)
    button = follower.locator("[data-live-show]")
    expect(button).to_have_text(_("%(count)s new entries") % {"count": 3})
    button.click()
    headlines = follower.locator("[data-live-entries] > [data-entry] h3")
    expect(headlines.nth(0)).to_have_text("Mesure 2")
    expect(headlines.nth(2)).to_have_text("Mesure 0")


def test_a_change_appears_in_its_place_and_the_reader_keeps_theirs(reader: Page, newsroom: Newsroom) -> None:
    add_entries(newsroom, 12)
    stop_the_clock(reader)
    reader.goto(newsroom.coverage.path_on_site)
    reader.locator("[data-consent-refuse]").click()
    read = reader.locator("[data-entry]").filter(has_text="Mesure 5")
    read.evaluate("(entry) => entry.scrollIntoView({ behavior: 'instant' })")
    before = read.bounding_box()
    change(newsroom, "Mesure 8", body=[("text", "Un bien plus long relevé. " * 60)])
    change(newsroom, "Mesure 3", status="withdrawn")
    reader.clock.run_for(20_000)
    expect(reader.locator("[data-entry]").filter(has_text="Mesure 8")).to_contain_text("bien plus long")
    expect(reader.locator("[data-entry]").filter(has_text="Mesure 3")).to_have_count(0)
    after = read.bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) <= 2


def test_a_page_in_the_background_or_off_line_asks_nothing(follower: Page, newsroom: Newsroom) -> None:
    asked: list[str] = []
    follower.on("request", lambda request: asked.append(request.url))
    follower.context.set_offline(True)
    follower.clock.run_for(120_000)
    assert [url for url in asked if "etat" in url] == []
    add_entries(newsroom, 1)
    follower.context.set_offline(False)
    follower.clock.run_for(2_000)
    expect(follower.locator("[data-live-show]")).to_have_text(_("1 new entry"))


def test_an_open_page_learns_that_the_coverage_is_closed(follower: Page, newsroom: Newsroom) -> None:
    with OneAtATime.turn:
        LiveState.close(newsroom.coverage.pk, closed=True)
    follower.clock.run_for(20_000)
    expect(follower.locator("[data-live]")).to_contain_text(_("This live coverage is now closed."))


def test_two_editors_who_change_the_same_entry_lose_nothing(
    open_context: OpenContext, newsroom: Newsroom, desk: str
) -> None:
    with OneAtATime.turn:
        entry = EntryFactory(coverage=newsroom.coverage, headline="Le pont tient")
    one, other = (signed_in(open_context(viewport=PHONE)) for _number in range(2))
    for page in (one, other):
        page.goto(f"{desk}{entry.pk}/")
    one.locator("[name=headline]").fill("Le pont tient bon")
    send(one, "Save")
    one.wait_for_url(re.compile(f"{desk}#"))
    other.locator("[name=text]").fill("Il penche de deux degrés.")
    send(other, "Save")
    conflict = other.locator("[data-desk-conflict]")
    expect(conflict).to_contain_text("Le pont tient bon")
    expect(other.locator("[name=text]")).to_have_value("Il penche de deux degrés.")
    other.locator("[name=headline]").fill("Le pont tient bon")
    send(other, "Save")
    other.wait_for_url(re.compile(f"{desk}#"))
    with OneAtATime.turn:
        entry = LiveEntry.objects.get(pk=entry.pk)
        assert (entry.headline, entry.text) == ("Le pont tient bon", "Il penche de deux degrés.")


def test_two_editors_who_post_at_once_see_each_other(open_context: OpenContext, newsroom: Newsroom, desk: str) -> None:
    one, other = (signed_in(open_context(viewport=PHONE)) for _number in range(2))
    for page in (one, other):
        page.goto(desk)
    for page, name in ((one, "Rive droite"), (other, "Rive gauche")):
        page.locator("[name=headline]").fill(name)
        send(page)
    for page in (one, other):
        expect(page.locator("[data-rows], [data-desk-rows]")).to_contain_text("Rive droite")
        expect(page.locator("[data-desk-rows]")).to_contain_text("Rive gauche")


def test_a_second_tap_publishes_nothing_twice(phone: Page, newsroom: Newsroom) -> None:
    before = len(entries(newsroom))
    phone.locator("[name=headline]").fill("Une seule fois")
    phone.locator("[data-desk-form] button[value=publish]").dblclick()
    expect(message(phone)).to_have_text(_("Published."))
    assert len(entries(newsroom)) == before + 1


def test_what_is_typed_survives_a_reload_with_its_picture(phone: Page, newsroom: Newsroom, photo: Path) -> None:
    phone.locator("[name=headline]").fill("À moitié écrit")
    open_part(phone, "Picture")
    phone.locator("[name=picture]").set_input_files(photo)
    phone.locator("[name=picture_alt]").fill("Le pont")
    phone.reload()
    expect(phone.locator("[name=headline]")).to_have_value("À moitié écrit")
    expect(phone.locator("[name=picture_alt]")).to_have_value("Le pont")
    expect(phone.locator("[name=picture]")).to_have_js_property("files.length", 1)
    send(phone)
    expect(message(phone)).to_have_text(_("Published."))
    with OneAtATime.turn:
        assert "image" in dict(newsroom.coverage.entries.latest("pk").raw_blocks)
    phone.reload()
    expect(phone.locator("[name=headline]")).to_have_value("")


def test_an_entry_sent_off_line_goes_out_once_the_line_is_back(phone: Page, newsroom: Newsroom) -> None:
    phone.locator("[name=headline]").fill("Écrit dans le tunnel")
    phone.context.set_offline(True)
    send(phone)
    expect(phone.locator("[data-form-status]")).to_contain_text("Rien n’est perdu")
    expect(phone.locator("[name=headline]")).to_have_value("Écrit dans le tunnel")
    phone.context.set_offline(False)
    expect(message(phone)).to_have_text(_("Published."))
    assert entries(newsroom).count("Écrit dans le tunnel") == 1


def test_an_error_stands_beside_its_field_and_the_rest_stays(phone: Page, newsroom: Newsroom) -> None:
    phone.locator("[name=headline]").fill("Une citation sans nom")
    open_part(phone, "Quote")
    phone.locator("[name=quote]").fill("On attend")
    send(phone)
    expect(phone.locator("[data-field=speaker] [data-error]")).to_have_text(_("Say who said it."))
    expect(phone.locator("[name=speaker]")).to_be_focused()
    expect(phone.locator("[name=headline]")).to_have_value("Une citation sans nom")
    phone.locator("[name=speaker]").fill("Awa Bamba")
    send(phone)
    expect(message(phone)).to_have_text(_("Published."))


def test_an_entry_is_withdrawn_and_restored_without_a_reload(phone: Page, newsroom: Newsroom) -> None:
    phone.evaluate("window.same = true")
    row = phone.locator("[data-row]").first
    row.get_by_role("button", name=_("Withdraw"), exact=True).click()
    expect(row.locator(".desk-status")).to_have_text(_("Withdrawn"))
    row.get_by_role("button", name=_("Restore"), exact=True).click()
    expect(row.locator(".desk-status")).to_have_text(_("Published"))
    assert phone.evaluate("window.same")


def test_the_desk_works_without_javascript(
    open_context: OpenContext, newsroom: Newsroom, desk: str, photo: Path
) -> None:
    page = signed_in(open_context(viewport=PHONE, java_script_enabled=False))
    page.goto(desk)
    page.locator("[name=headline]").fill("Sans script")
    open_part(page, "Picture")
    page.locator("[name=picture]").set_input_files(photo)
    send(page)
    expect(page.locator("[data-field=picture_alt]")).to_contain_text("Dites ce que montre l’image")
    page.locator("[name=picture]").set_input_files(photo)
    page.locator("[name=picture_alt]").fill("Le pont")
    send(page)
    expect(message(page)).to_have_text(_("Published."))
    row = page.locator("[data-row]").first
    row.get_by_role("button", name=_("Withdraw"), exact=True).click()
    expect(page.locator("[data-row]").first.locator(".desk-status")).to_have_text(_("Withdrawn"))
    page.locator("[data-row]").first.get_by_role("link", name=_("Edit"), exact=True).click()
    page.locator("[name=headline]").fill("Toujours sans script")
    send(page, "Save")
    assert entries(newsroom)[0] == "Toujours sans script"


def test_axe_finds_nothing_at_the_desk(phone: Page, newsroom: Newsroom, desk: str) -> None:
    with OneAtATime.turn:
        key = newsroom.coverage.entries.latest("pk").pk
    for path in ("/admin/direct/", desk, f"{desk}{key}/"):
        phone.goto(path)
        for summary in phone.locator(".desk-part > summary").all():
            summary.click()
        assert findings_in_both_themes(phone) == {"light": [], "dark": []}, path


def test_every_control_of_the_desk_is_large_enough_for_a_thumb(phone: Page) -> None:
    controls = "button, a, summary, input:not([type=checkbox], [type=hidden]), textarea, .choice"
    small = """
        (controls) => [...document.querySelectorAll(controls)]
            .filter((control) => control.checkVisibility())
            .map((control) => [control.outerHTML.slice(0, 90), control.getBoundingClientRect()])
            .filter(([, { width, height }]) => Math.round(width) < 44 || Math.round(height) < 44)
            .map(([html, { width, height }]) => `${width} × ${height}: ${html}`)
    """
    assert phone.evaluate(small, controls) == []


def test_a_reader_without_javascript_leafs_through_by_links(
    reader_without_javascript: Page, newsroom: Newsroom
) -> None:
    add_entries(newsroom, 25)
    reader = reader_without_javascript
    reader.goto(newsroom.coverage.path_on_site)
    expect(reader.locator("[data-live-show]")).to_be_hidden()
    reader.get_by_role("link", name=_("Older"), exact=True).click()
    expect(reader.locator("h3").first).to_have_text("Mesure 4")
    reader.get_by_role("link", name=_("Newer"), exact=True).click()
    expect(reader.locator("h3").filter(has_text="Mesure 24")).to_be_visible()
    reader.locator(".live-time a").first.click()
    expect(reader).to_have_url(re.compile(r"/direct/la-crue/\d+/$"))


# --- The channel --------------------------------------------------------------------


def serve_stream(page: Page) -> list[str]:
    """Answer in the place of the stream's host; gives the paths that are asked for."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        name = route.request.url.rsplit("/", 1)[1]
        asked.append(name)
        content = (STREAM / name).read_bytes()
        headers = {"Access-Control-Allow-Origin": "*", "Accept-Ranges": "bytes"}
        headers["Content-Type"] = "application/vnd.apple.mpegurl" if name.endswith("m3u8") else "video/mp4"
        part = re.match(r"bytes=(\d+)-(\d*)", route.request.headers.get("range", ""))
        if not part:
            return route.fulfill(body=content, headers=headers)
        first, last = int(part[1]), min(int(part[2] or len(content)), len(content) - 1)
        headers["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
        return route.fulfill(status=206, body=content[first : last + 1], headers=headers)

    page.route("https://video.example/**", answer)
    return asked


def expect_to_play(page: Page) -> None:
    """The film runs."""
    video = page.locator("[data-player] video")
    expect(video).to_be_visible()
    expect(video).not_to_have_js_property("currentTime", 0)


def test_nothing_of_the_stream_is_asked_for_before_a_click(reader: Page, newsroom: Newsroom) -> None:
    asked = serve_stream(reader)
    reader.goto("/direct/", wait_until="networkidle")
    assert asked == []
    assert reader.evaluate("typeof Hls") == "undefined"
    reader.locator("[data-consent-refuse]").click()
    reader.locator("[data-play]").click()
    expect_to_play(reader)
    assert "direct.m3u8" in asked


def test_a_browser_that_plays_no_hls_gets_a_player_that_does(reader: Page, newsroom: Newsroom) -> None:
    serve_stream(reader)
    reader.add_init_script("HTMLMediaElement.prototype.canPlayType = () => ''")
    reader.goto("/direct/")
    reader.locator("[data-consent-refuse]").click()
    reader.locator("[data-play]").click()
    expect_to_play(reader)
    assert reader.evaluate("typeof Hls") == "function"


def test_a_stream_that_is_down_leaves_a_message_and_the_button(reader: Page, newsroom: Newsroom) -> None:
    reader.goto("/direct/")
    reader.locator("[data-consent-refuse]").click()
    reader.locator("[data-play]").click()
    expect(reader.locator("[data-player-status]")).to_contain_text("injoignable")
    expect(reader.locator("[data-play]")).to_be_focused()


def test_the_stream_is_a_link_without_javascript(reader_without_javascript: Page, newsroom: Newsroom) -> None:
    reader_without_javascript.goto("/direct/")
    expect(reader_without_javascript.locator("[data-play]")).to_have_attribute(
        "href", "https://video.example/direct.m3u8"
    )


def test_an_account_that_is_signed_out_loses_nothing_typed(phone: Page, newsroom: Newsroom) -> None:
    phone.locator("[name=headline]").fill("Écrit trop longtemps")
    phone.context.clear_cookies()
    send(phone)
    expect(phone.locator("[data-form-status]")).to_contain_text("Votre session est terminée")
    expect(phone.locator("[name=headline]")).to_have_value("Écrit trop longtemps")
    with OneAtATime.turn:
        assert User.objects.filter(email=EDITOR).exists()
    signed_in(phone.context)
    send(phone)
    expect(message(phone)).to_have_text(_("Published."))
