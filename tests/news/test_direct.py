"""LE DIRECT: the channel's page, its programme, and the dot in the header."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Page, PageViewRestriction
from wagtail.test.utils.form_data import nested_form_data, streamfield

from aminata24.readers.models import User
from home.models import HomePage
from news.models import DirectPage, SectionPage
from news.schedule import schedule_at
from tests.factories import ArticleFactory, CoverageFactory, DirectPageFactory, ImageFactory

pytestmark = pytest.mark.django_db

# A Tuesday.
TUESDAY = date(2026, 11, 24)
STREAM = "https://video.example/direct.m3u8"


def slot(title: str, starts: str, ends: str = "", days: str = "") -> tuple[str, Any]:
    """A slot of the programme; `days` as digits, Monday is 0."""
    hours = {"starts": time.fromisoformat(starts), "ends": time.fromisoformat(ends) if ends else None}
    return "slot", {"title": title, "text": "", "days": list(days), **hours}


def at(clock: str, day: date = TUESDAY) -> datetime:
    """A moment in Abidjan."""
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=UTC)


def now_and_next(slots: list[Any], clock: str) -> tuple[str | None, str | None]:
    """What is on and what comes next."""
    schedule = schedule_at(DirectPage(programme=slots).programme, at(clock))
    return tuple(broadcast and broadcast.title for broadcast in (schedule.current, schedule.following))  # type: ignore[return-value]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets the clock that the channel reads."""

    def set_clock(moment: datetime) -> None:
        for module in ("news.channel", "news.models.direct"):
            monkeypatch.setattr(f"{module}.timezone.now", lambda: moment)

    return set_clock


# --- The programme ------------------------------------------------------------


def test_a_programme_is_on_from_its_first_minute_until_the_next_one_begins() -> None:
    slots = [slot("Journal", "12:00"), slot("Terrains", "12:30"), slot("Réveil", "06:00", "08:00")]
    assert now_and_next(slots, "11:59") == (None, "Journal")
    assert now_and_next(slots, "12:00") == ("Journal", "Terrains")
    assert now_and_next(slots, "12:30") == ("Terrains", "Réveil")
    assert now_and_next(slots, "07:59") == ("Réveil", "Journal")
    assert now_and_next(slots, "08:00") == (None, "Journal")


def test_a_programme_may_last_beyond_midnight() -> None:
    slots = [slot("Nuit blanche", "22:30", "01:00")]
    assert now_and_next(slots, "00:59") == ("Nuit blanche", "Nuit blanche")
    assert now_and_next(slots, "01:00") == (None, "Nuit blanche")


def test_a_programme_is_on_its_days_only() -> None:
    slots = [slot("Palabre", "17:00", "18:00", days="02")]
    assert now_and_next(slots, "17:30") == (None, "Palabre")
    schedule = schedule_at(DirectPage(programme=slots).programme, at("17:30"))
    assert schedule.today == []
    assert schedule.following
    assert schedule.following.starts_at == at("17:00", date(2026, 11, 25))


def test_without_a_programme_nothing_is_on() -> None:
    assert now_and_next([], "12:00") == (None, None)


# --- The page -----------------------------------------------------------------


def test_without_a_channel_the_page_shows_the_latest_news(client: Client, section: SectionPage) -> None:
    article = ArticleFactory(parent=section)
    response = client.get("/direct/")
    assert response.status_code == 200
    assert article.title in response.content.decode()
    assert "is-on" not in response.content.decode()


def test_on_air_the_page_offers_the_stream_and_what_is_on(client: Client, home_page: HomePage, clock: Any) -> None:
    clock(at("12:10"))
    slots = [slot("Le journal de midi", "12:00"), slot("Terrains", "12:30")]
    DirectPageFactory(parent=home_page, air="programme", stream=STREAM, programme=slots)
    html = client.get("/direct/").content.decode()
    assert f'<a class="button" href="{STREAM}" data-play>' in html
    now = html.split('class="on-now"')[1].split("</dl>")[0]
    assert now.index("En ce moment") < now.index("Le journal de midi") < now.index("À suivre") < now.index("Terrains")
    assert 'aria-current="true"' in html


def test_off_air_the_page_says_when_the_next_programme_starts(client: Client, home_page: HomePage, clock: Any) -> None:
    clock(at("03:00"))
    DirectPageFactory(parent=home_page, air="programme", stream=STREAM, programme=[slot("Réveil lagune", "05:30")])
    html = client.get("/direct/").content.decode()
    assert "De retour à l’antenne à" in html
    assert "5 h 30" in html
    assert STREAM not in html
    assert "Hors antenne" in html


@pytest.mark.parametrize(("air", "is_on"), [("on", True), ("off", False), ("programme", False)])
def test_the_dot_in_the_header_tells_that_we_are_on_air(
    client: Client, home_page: HomePage, clock: Any, air: str, is_on: bool
) -> None:
    clock(at("03:00"))
    DirectPageFactory(parent=home_page, air=air, programme=[slot("Journal", "12:00", "13:00")])
    assert ('class="live-mark is-on"' in client.get("/en-continu/").content.decode()) is is_on
    clock(at("12:00"))
    assert ('class="live-mark is-on"' in client.get("/en-continu/").content.decode()) is (air != "off")


def test_a_draft_of_the_channel_changes_nothing_for_readers(client: Client, home_page: HomePage) -> None:
    DirectPageFactory(parent=home_page, air="on", title="Canal lagune", live=False)
    html = client.get("/direct/").content.decode()
    assert "Canal lagune" not in html
    assert "is-on" not in html


def test_a_private_channel_is_not_shown_nor_cached(client: Client, home_page: HomePage) -> None:
    channel = DirectPageFactory(parent=home_page, air="on")
    PageViewRestriction.objects.create(page=channel, restriction_type="login")
    response = client.get("/direct/")
    assert response.status_code == 302
    assert "no-store" in response["Cache-Control"]


def test_only_the_channels_page_may_load_from_the_stream_and_from_its_host_alone(
    client: Client, home_page: HomePage
) -> None:
    DirectPageFactory(parent=home_page, air="on", stream=STREAM)
    policy = client.get("/direct/")["Content-Security-Policy"]
    assert "media-src 'self' blob: https://video.example;" in policy + ";"
    assert "connect-src 'self' https://video.example;" in policy + ";"
    assert "video.example" not in client.get("/")["Content-Security-Policy"]


def test_a_platforms_player_waits_for_a_click(client: Client, home_page: HomePage) -> None:
    DirectPageFactory(parent=home_page, air="on", stream="https://www.youtube.com/watch?v=aaaaaaaaaaa")
    html = client.get("/direct/").content.decode()
    assert "<iframe" not in html
    assert 'data-frame-url="https://www.youtube-nocookie.com/embed/aaaaaaaaaaa' in html
    assert 'href="https://www.youtube.com/watch?v=aaaaaaaaaaa"' in html


@pytest.mark.parametrize(
    "address",
    [
        "http://video.example/direct.m3u8",
        "https://example.com/",
        "//video.example/a.m3u8",
        "javascript:alert(1)//.m3u8",
    ],
)
def test_a_stream_that_we_cannot_play_is_refused(home_page: HomePage, address: str) -> None:
    with pytest.raises(ValidationError, match="m3u8"):
        DirectPageFactory(parent=home_page, stream=address).full_clean()


@pytest.mark.parametrize("address", [STREAM, "/media/demo/direct.m3u8", "https://youtu.be/abcdefghijk", ""])
def test_a_stream_that_we_can_play_is_taken(home_page: HomePage, address: str) -> None:
    DirectPageFactory(parent=home_page, stream=address).full_clean()


def test_replays_are_articles_that_readers_may_see_or_what_was_typed(
    client: Client, home_page: HomePage, section: SectionPage
) -> None:
    image = ImageFactory(description="Un plateau de télévision")
    shown = ArticleFactory(parent=section, title="Le tissage en images", lead_image=image)
    hidden = ArticleFactory(parent=section, title="Un brouillon de film", live=False)
    typed = {"url": "https://example.com/debat", "title": "Le grand débat", "date": date(2026, 11, 2), "minutes": 52}
    DirectPageFactory(
        parent=home_page,
        replays=[("replay", {"page": shown, "minutes": 12}), ("replay", {"page": hidden}), ("replay", typed)],
    )
    html = client.get("/direct/").content.decode()
    assert f'<a href="{shown.path_on_site}">Le tissage en images</a>' in html
    assert 'alt="Un plateau de télévision"' in html
    assert "Un brouillon de film" not in html
    assert '<a href="https://example.com/debat" rel="noopener">Le grand débat</a>' in html
    assert "2 novembre 2026" in html
    assert "52 min" in html


def test_the_channel_lists_its_coverages(client: Client, home_page: HomePage) -> None:
    channel = DirectPageFactory(parent=home_page)
    coverage = CoverageFactory(parent=channel, title="La crue heure par heure")
    CoverageFactory(parent=channel, title="Un brouillon", live=False)
    html = client.get("/direct/").content.decode()
    assert f'<a href="{coverage.path_on_site}">La crue heure par heure</a>' in html
    assert "Un brouillon" not in html


# --- The page editor ------------------------------------------------------------


def channel_form(**changes: Any) -> dict[str, Any]:
    """What the page editor sends for a channel."""
    return nested_form_data(
        {
            "title": "LE DIRECT",
            "introduction": "",
            "air": "on",
            "stream": STREAM,
            "lead_image": "",
            "programme": streamfield([("slot", {"title": "Journal", "text": "", "starts": "12:00", "ends": ""})]),
            "replays": streamfield([]),
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
            **changes,
        }
    )


def test_an_editor_makes_the_channel_and_it_lies_at_direct(client: Client, home_page: HomePage, sign_in: Any) -> None:
    sign_in("Editors")
    address = f"/admin/pages/add/news/directpage/{home_page.pk}/"
    client.post(address, channel_form(**{"action-publish": "1"}))
    channel = DirectPage.objects.get()
    assert (channel.slug, channel.live) == ("direct", True)
    client.logout()
    assert "LE DIRECT" in client.get("/direct/").content.decode()


def test_there_is_one_channel(client: Client, home_page: HomePage, sign_in: Any) -> None:
    DirectPageFactory(parent=home_page)
    sign_in("Editors")
    client.post(f"/admin/pages/add/news/directpage/{home_page.pk}/", channel_form(**{"action-publish": "1"}))
    assert DirectPage.objects.count() == 1


def test_the_channel_has_its_screens_and_a_preview(client: Client, home_page: HomePage, sign_in: Any) -> None:
    user: User = sign_in("Editors")
    channel = DirectPageFactory(parent=home_page, owner=user)
    edit = f"/admin/pages/{channel.pk}/edit/"
    assert client.get(edit).status_code == 200
    preview = f"{edit}preview/"
    assert client.post(preview, channel_form(introduction="Une chaîne à nous")).json()["is_valid"]
    response = client.get(preview, {"mode": ""})
    assert "Une chaîne à nous" in response.content.decode()
    assert "https://video.example" in response["Content-Security-Policy"]


def test_no_other_page_takes_the_channels_address(client: Client, home_page: Page, sign_in: Any) -> None:
    sign_in("Editors")
    form = {"title": "Direct", "slug": "direct", "introduction": "", "body": streamfield([]), "action-publish": "1"}
    data = nested_form_data({**form, "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0})
    client.post(f"/admin/pages/add/home/informationpage/{home_page.pk}/", data)
    assert not Page.objects.filter(slug="direct").exists()
