"""Live coverage as readers get it: pages of entries, what is new, and a thousand entries as light as twenty."""

import gzip
import json
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.models import HomePage
from news.entry_text import entry_text
from news.models import LiveCoveragePage, LiveEntry, LiveState, SectionPage
from tests.delivery.test_cache_contract import PUBLIC
from tests.factories import (
    AuthorFactory,
    BreakingNewsFactory,
    CoverageFactory,
    DirectPageFactory,
    EntryFactory,
    ImageFactory,
)

pytestmark = pytest.mark.django_db

ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[ici](javascript:alert(1))",
    "[ici](//evil.example)",
    "[ici](/\\evil.example)",
    '[ici](https://a.example/"onmouseover="alert(1))',
    'https://a.example/"onmouseover="alert(1)',
    "**<b onclick=alert(1)>**",
    "{{ 7 * 7 }}{% include 'x' %}",
    "</script><script>alert(1)</script>",
    "&lt;script&gt;",
]


@pytest.fixture
def coverage(home_page: HomePage) -> LiveCoveragePage:
    """A running coverage at /direct/la-crue/."""
    return CoverageFactory(parent=DirectPageFactory(parent=home_page), title="La crue heure par heure", slug="la-crue")


def add_entries(coverage: LiveCoveragePage, count: int) -> list[LiveEntry]:
    """Entries a minute apart, the oldest first; straight into the table, which is quicker than one by one."""
    start = timezone.now() - timedelta(minutes=count)
    with LiveState.numbered(coverage.pk) as change:
        LiveEntry.objects.bulk_create(
            LiveEntry(
                coverage=coverage,
                status="published",
                headline=f"Relevé numéro {number}",
                body=[("text", f"Le niveau monte encore, relevé {number}.")],
                published_at=start + timedelta(minutes=number),
                change=change,
            )
            for number in range(count)
        )
    return list(coverage.entries.order_by("pk"))


def read(client: Client, path: str) -> str:
    """A page that is there."""
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def shown(html: str) -> list[int]:
    """The numbers of the entries in `add_entries`' headlines, in the order of the page."""
    return [int(number) for number in re.findall(r"<h3>Relevé numéro (\d+)</h3>", html)]


def changes(client: Client, since: int) -> str:
    """What is new since a change."""
    return read(client, f"/direct/la-crue/nouveautes/?depuis={since}")


def state(client: Client) -> dict[str, Any]:
    """What an open page asks every few seconds."""
    return json.loads(read(client, "/direct/la-crue/etat/"))


# --- Pages of entries -----------------------------------------------------------


def test_the_newest_entry_comes_first_and_a_page_holds_twenty(client: Client, coverage: LiveCoveragePage) -> None:
    add_entries(coverage, 45)
    assert shown(read(client, "/direct/la-crue/")) == list(range(44, 24, -1))


def test_one_pages_down_to_the_first_entry_and_up_again(client: Client, coverage: LiveCoveragePage) -> None:
    add_entries(coverage, 45)
    path, down = "/direct/la-crue/", []
    while path:
        html = read(client, path)
        down += shown(html)
        older = re.search(r'href="(\S+\?avant=\d+)" rel="next"', html)
        path = older[1] if older else ""
    assert down == list(range(44, -1, -1))
    newer = re.search(r'href="(\S+\?apres=\d+)" rel="prev"', html)
    assert newer
    assert shown(read(client, newer[1])) == list(range(24, 4, -1))


def test_an_entry_published_meanwhile_shifts_no_page(client: Client, coverage: LiveCoveragePage) -> None:
    entries = add_entries(coverage, 45)
    page = f"/direct/la-crue/?avant={entries[25].pk}"
    before = shown(read(client, page))
    EntryFactory(coverage=coverage)
    assert shown(read(client, page)) == before == list(range(24, 4, -1))


def test_an_entry_has_an_address_for_good_with_what_came_before_it(client: Client, coverage: LiveCoveragePage) -> None:
    entries = add_entries(coverage, 30)
    html = read(client, entries[22].path_on_site)
    assert shown(html) == list(range(22, 2, -1))
    assert 'href="/direct/la-crue/"' in html


def test_after_the_newest_entry_come_the_newest(client: Client, coverage: LiveCoveragePage) -> None:
    entries = add_entries(coverage, 3)
    assert shown(read(client, f"/direct/la-crue/?apres={entries[-1].pk}")) == [2, 1, 0]


@pytest.mark.parametrize(
    "address",
    [
        "?avant=0",
        "?avant=x",
        "?avant=-1",
        "?avant=²",
        "?avant=99999999999999999999",
        "?apres=",
        "nouveautes/",
        "nouveautes/?depuis=x",
        "999999/",
        "99999999999999999999/",
        "autre/",
        "etat/etat/",
        "1/2/",
    ],
)
def test_an_address_that_means_nothing_is_not_found(client: Client, coverage: LiveCoveragePage, address: str) -> None:
    add_entries(coverage, 1)
    assert client.get(f"/direct/la-crue/{address}").status_code == 404


def test_drafts_are_nowhere(client: Client, coverage: LiveCoveragePage) -> None:
    draft = EntryFactory(coverage=coverage, status="draft", published_at=None, headline="Pas encore sûr")
    assert client.get(draft.path_on_site).status_code == 404
    assert client.get(f"/direct/la-crue/?avant={draft.pk}").status_code == 404
    for html in (read(client, "/direct/la-crue/"), changes(client, 0)):
        assert "Pas encore sûr" not in html


def test_a_withdrawn_entry_leaves_its_page_with_a_notice(client: Client, coverage: LiveCoveragePage) -> None:
    entries = add_entries(coverage, 3)
    LiveEntry.objects.filter(pk=entries[1].pk).update(status="withdrawn")
    assert shown(read(client, "/direct/la-crue/")) == [2, 0]
    html = read(client, entries[1].path_on_site)
    assert shown(html) == [0]
    assert "La rédaction a retiré cette publication" in html
    assert "Relevé numéro 1" not in html
    assert '<meta name="robots" content="noindex">' in html


def test_the_essential_entries_stand_on_top_with_links_to_them(client: Client, coverage: LiveCoveragePage) -> None:
    entries = add_entries(coverage, 30)
    LiveEntry.objects.filter(pk__in=[entries[2].pk, entries[28].pk]).update(is_essential=True)
    essentials = read(client, "/direct/la-crue/").split("data-live-essentials")[1].split("</section>")[0]
    links = re.findall(r'<a href="([^"]+)">Relevé numéro (\d+)</a>', essentials)
    # On this page an anchor, further down the entry's own address.
    assert links == [(f"#entree-{entries[28].pk}", "28"), (entries[2].path_on_site, "2")]


def test_what_is_pinned_stands_on_top_and_there_only(client: Client, coverage: LiveCoveragePage) -> None:
    entries = add_entries(coverage, 30)
    LiveEntry.objects.filter(pk=entries[25].pk).update(is_pinned=True)
    assert shown(read(client, "/direct/la-crue/")) == [25, 29, 28, 27, 26, *range(24, 9, -1)]
    assert shown(read(client, f"/direct/la-crue/?avant={entries[27].pk}"))[:2] == [26, 25]


def test_a_correction_is_told_with_its_time(client: Client, coverage: LiveCoveragePage) -> None:
    at = timezone.now().replace(hour=14, minute=5)
    EntryFactory(coverage=coverage, correction="Le pont rouvre lundi, pas mardi.", corrected_at=at)
    html = read(client, "/direct/la-crue/")
    assert "Corrigé à 14 h 05" in html
    assert "Le pont rouvre lundi, pas mardi." in html


def test_a_closed_coverage_says_so_and_asks_for_nothing_more(client: Client, coverage: LiveCoveragePage) -> None:
    assert "js/live.js" in read(client, "/direct/la-crue/")
    LiveState.close(coverage.pk, closed=True)
    html = read(client, "/direct/la-crue/")
    assert "Direct terminé" in html
    assert "js/live.js" not in html
    assert "data-live=" not in html
    assert state(client)["closed"] is True


def test_an_image_that_was_deleted_leaves_a_gap(client: Client, coverage: LiveCoveragePage) -> None:
    image = ImageFactory()
    body = [("image", {"image": image, "caption": "Le pont", "credit": "", "layout": "normal"})]
    EntryFactory(coverage=coverage, headline="Le pont est coupé", body=body)
    image.delete()
    assert "Le pont est coupé" in read(client, "/direct/la-crue/")


# --- What is new ----------------------------------------------------------------


def test_an_open_page_learns_of_new_changed_and_withdrawn_entries(client: Client, coverage: LiveCoveragePage) -> None:
    entry = EntryFactory(coverage=coverage, headline="Le pont tient")
    seen = state(client)["change"]
    assert f'data-change="{seen}"' in read(client, "/direct/la-crue/")
    assert "data-entry" not in changes(client, seen)

    new = EntryFactory(coverage=coverage, headline="Le pont vibre")
    with LiveState.numbered(coverage.pk) as change:
        LiveEntry.objects.filter(pk=entry.pk).update(headline="Le pont tient bon", change=change)
    html = changes(client, seen)
    assert "Le pont vibre" in html
    assert "Le pont tient bon" in html
    assert f'data-live-changes="{state(client)["change"]}"' in html

    seen = state(client)["change"]
    with LiveState.numbered(coverage.pk) as change:
        LiveEntry.objects.filter(pk=new.pk).update(status="withdrawn", change=change)
    html = changes(client, seen)
    assert f'data-entry="{new.pk}" data-withdrawn' in html
    assert "Le pont vibre" not in html
    assert "Le pont tient bon" not in html


def test_what_the_desk_keeps_to_itself_wakes_no_reader(client: Client, coverage: LiveCoveragePage) -> None:
    EntryFactory(coverage=coverage)
    before = state(client)
    EntryFactory(coverage=coverage, status="draft", published_at=None)
    assert state(client) == before


def test_who_was_away_for_long_is_told_that_there_is_more(client: Client, coverage: LiveCoveragePage) -> None:
    add_entries(coverage, 25)
    html = changes(client, 0)
    assert "data-has-more" in html
    assert len(shown(html)) == 20
    assert len(html) < 40_000


def test_the_answers_may_be_kept_by_any_cache(client: Client, coverage: LiveCoveragePage) -> None:
    EntryFactory(coverage=coverage)
    for address in ("", "etat/", "nouveautes/?depuis=0", f"{coverage.entries.get().pk}/"):
        response = client.get(f"/direct/la-crue/{address}")
        assert response["Cache-Control"] == PUBLIC
        again = client.get(f"/direct/la-crue/{address}", headers={"If-None-Match": response["ETag"]})
        assert again.status_code == 304


def test_a_private_coverage_is_private_with_all_its_addresses(client: Client, coverage: LiveCoveragePage) -> None:
    entry = EntryFactory(coverage=coverage, headline="Entre nous")
    PageViewRestriction.objects.create(page=coverage, restriction_type="login")
    for address in ("", "etat/", "nouveautes/?depuis=0", f"{entry.pk}/"):
        response = client.get(f"/direct/la-crue/{address}")
        assert response.status_code == 302, address
        assert "no-store" in response["Cache-Control"]
    assert coverage.title not in read(client, "/")


def test_a_coverage_that_is_not_published_is_not_found(client: Client, coverage: LiveCoveragePage) -> None:
    entry = EntryFactory(coverage=coverage)
    coverage.unpublish()
    for address in ("", "etat/", "nouveautes/?depuis=0", f"{entry.pk}/"):
        assert client.get(f"/direct/la-crue/{address}").status_code == 404


# --- A thousand entries -----------------------------------------------------------


def test_a_thousand_entries_weigh_and_ask_no_more_than_twenty(client: Client, coverage: LiveCoveragePage) -> None:
    def cost(address: str) -> tuple[int, int]:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            response = client.get(f"/direct/la-crue/{address}")
        assert response.status_code == 200, address
        return len(gzip.compress(response.content)), len(queries)

    entries = add_entries(coverage, 25)
    few = {address: cost(address) for address in ("", f"{entries[22].pk}/", "nouveautes/?depuis=0", "etat/")}
    entries = add_entries(coverage, 975)
    many = {address: cost(address) for address in ("", f"{entries[22].pk}/", "nouveautes/?depuis=0", "etat/")}
    deep = cost(f"?avant={entries[400].pk}")
    for address, (weight, queries) in few.items():
        assert many[address][1] == queries, address
        assert many[address][0] <= weight + 400, address
    assert deep[1] <= few[""][1]
    assert deep[0] <= few[""][0] + 400
    assert few[""][0] <= 14_000


def test_pictures_of_twenty_entries_are_read_at_once(client: Client, coverage: LiveCoveragePage) -> None:
    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            read(client, "/direct/la-crue/")
        return len(captured)

    def add(number: int) -> None:
        image = ImageFactory(title=f"Image {number}")
        image.make_shape("natural")
        picture = {"image": image, "caption": "", "credit": "", "layout": "normal"}
        EntryFactory(coverage=coverage, body=[("image", picture)], authors=[AuthorFactory()])

    add(0)
    one = queries()
    for number in range(1, 20):
        add(number)
    assert queries() == one


# --- Where it is found --------------------------------------------------------------


def test_a_running_coverage_stands_on_the_front_page_and_on_its_section(
    client: Client, coverage: LiveCoveragePage, home_page: HomePage, section: SectionPage
) -> None:
    link = f'<a href="/direct/la-crue/">{coverage.title}</a>'
    assert link in read(client, "/")
    assert link not in read(client, "/afrique/")
    coverage.section = section
    coverage.save()
    assert link in read(client, "/afrique/")
    LiveState.close(coverage.pk, closed=True)
    assert link not in read(client, "/")
    assert link not in read(client, "/afrique/")


def test_a_line_of_the_ticker_leads_to_a_coverage(client: Client, coverage: LiveCoveragePage) -> None:
    BreakingNewsFactory(text="La lagune déborde", page=coverage)
    assert '<a href="/direct/la-crue/">La lagune déborde</a>' in read(client, "/")


def test_the_sitemap_lists_a_coverage_with_its_last_change(client: Client, coverage: LiveCoveragePage) -> None:
    EntryFactory(coverage=coverage)
    LiveState.objects.update(changed_at=timezone.now() - timedelta(days=3))
    listed = read(client, "/sitemap-pages.xml").split("/direct/la-crue/</loc>")[1]
    assert listed.startswith(f"<lastmod>{timezone.now().date() - timedelta(days=3)}")


# --- The page editor ----------------------------------------------------------------


def page_form(**changes: Any) -> dict[str, Any]:
    """What the page editor sends for a coverage."""
    return nested_form_data(
        {
            "title": "La crue heure par heure",
            "slug": "la-crue",
            "standfirst": "La montée des eaux.",
            "lead_image": "",
            "key_facts": streamfield([("fact", "Trois quartiers sont évacués.")]),
            "section": "",
            "bylines": inline_formset([]),
            "comments": inline_formset([]),
            **changes,
        }
    )


def test_an_editor_begins_a_coverage_and_is_led_to_its_desk(client: Client, home_page: HomePage, sign_in: Any) -> None:
    sign_in("Editors")
    channel = DirectPageFactory(parent=home_page)
    add = reverse("wagtailadmin_pages:add", args=["news", "livecoveragepage", channel.pk])
    assert client.post(f"{add}preview/", page_form()).json()["is_valid"]
    assert "La première publication arrive bientôt." in read(client, f"{add}preview/?mode=")
    client.post(add, page_form(**{"action-publish": "1"}))
    coverage = LiveCoveragePage.objects.get()
    assert reverse("live_desk", args=[coverage.pk]) in read(client, f"/admin/pages/{coverage.pk}/edit/")
    for view in ("history", "usage", "copy", "delete"):
        assert client.get(reverse(f"wagtailadmin_pages:{view}", args=[coverage.pk])).status_code == 200
    client.logout()
    html = read(client, "/direct/la-crue/")
    assert "Trois quartiers sont évacués." in html
    assert "La première publication arrive bientôt." in html


def test_a_copy_begins_without_entries(client: Client, coverage: LiveCoveragePage) -> None:
    EntryFactory(coverage=coverage)
    LiveState.close(coverage.pk, closed=True)
    copy = coverage.copy(update_attrs={"slug": "la-crue-2"}, keep_live=True)
    assert not copy.entries_so_far.exists()
    assert not copy.is_closed


# --- What machines read ---------------------------------------------------------------


def json_ld(html: str) -> dict[str, Any]:
    """{type: data} of what the page describes."""
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    return {data["@type"]: data for data in map(json.loads, scripts)}


def test_search_engines_are_told_of_a_live_blog_and_its_entries(client: Client, coverage: LiveCoveragePage) -> None:
    author = AuthorFactory(name="Awa Bamba")
    old = EntryFactory(coverage=coverage, headline="", text="Le **pont** tient, dit [la mairie](https://example.com/).")
    new = EntryFactory(coverage=coverage, headline="Le pont vibre", authors=[author])
    blog = json_ld(read(client, "/direct/la-crue/"))["LiveBlogPosting"]
    assert blog["headline"] == coverage.title
    assert blog["coverageStartTime"] == coverage.first_published_at.isoformat(timespec="seconds")
    assert "coverageEndTime" not in blog
    first, second = blog["liveBlogUpdate"]
    assert first["headline"] == "Le pont vibre"
    assert first["url"].endswith(new.path_on_site)
    assert first["author"][0]["name"] == "Awa Bamba"
    assert second["url"].endswith(old.path_on_site)
    assert second["headline"] == second["articleBody"] == "Le pont tient, dit la mairie."

    LiveState.close(coverage.pk, closed=True)
    closed = json_ld(read(client, "/direct/la-crue/"))["LiveBlogPosting"]
    assert closed["coverageEndTime"] == LiveState.objects.get().closed_at.isoformat(timespec="seconds")


def test_a_shared_entry_is_announced_with_its_own_words_and_picture(client: Client, coverage: LiveCoveragePage) -> None:
    image = ImageFactory(file__width=1280, file__height=720)
    image.make_shape("natural")
    body = [
        ("text", "Les voitures font demi-tour."),
        ("image", {"image": image, "caption": "", "credit": "", "layout": "normal"}),
    ]
    entry = EntryFactory(coverage=coverage, headline="Le pont est fermé", body=body)
    html = read(client, entry.path_on_site)

    def meta(name: str) -> str:
        found = re.search(rf'<meta property="{name}" content="([^"]*)">', html)
        return unescape(found[1]) if found else ""

    assert meta("og:title").startswith("Le pont est fermé")
    assert meta("og:description") == "Les voitures font demi-tour."
    assert meta("og:url").endswith(entry.path_on_site)
    assert image.sources["natural"]["jpeg"][-1][2] in meta("og:image")
    assert re.search(r'<link rel="canonical" href="[^"]*/direct/la-crue/">', html)


# --- Whatever is typed ----------------------------------------------------------------


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_typed_becomes_markup(client: Client, coverage: LiveCoveragePage, attack: str) -> None:
    body = [
        ("text", attack),
        ("quote", {"text": attack, "speaker": attack, "role": attack}),
        ("key_points", {"title": attack, "points": [attack]}),
    ]
    entry = EntryFactory(coverage=coverage, headline=attack[:160], body=body, correction=attack, is_essential=True)
    LiveEntry.objects.update(corrected_at=timezone.now())
    for html in (read(client, "/direct/la-crue/"), changes(client, 0), read(client, entry.path_on_site)):
        main = html.split("<main")[-1]
        assert not re.search(r"<(?:script(?! src|[^>]*json)|img src=x|b onclick)", main)
        assert not re.search(r'<[^>]*\son\w+="', main)
        assert "javascript:" not in "".join(re.findall(r'href="([^"]*)"', main))
        assert not re.findall(r'href="(?://|/\\)', main)
        assert "49" not in re.findall(r"<h3>(.*?)</h3>", main)
        json_ld(html)


def test_plain_text_becomes_paragraphs_bold_and_links() -> None:
    html = entry_text("Un **pont**.\nUne rive.\r\n\r\nVoir [la carte](/afrique/carte/) ou https://example.com/a?b=1&c.")
    assert html == (
        "<p>Un <b>pont</b>.<br>Une rive.</p>\n"
        '<p>Voir <a href="/afrique/carte/">la carte</a> ou '
        '<a href="https://example.com/a?b=1&amp;c" rel="noopener">https://example.com/a?b=1&amp;c</a>.</p>'
    )
