"""The beacon's address: who is counted, and that nothing a stranger sends does harm."""

from unittest.mock import patch

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from aminata24.audience import beacon, reads
from aminata24.audience.models import DailyReads, HourlyReads
from tests.audience.beacons import BROWSER, send
from tests.factories import ArticleFactory


@pytest.fixture(autouse=True)
def _nobody_was_here(monkeypatch):
    monkeypatch.setattr(beacon, "guests", beacon.GuestBook())


@pytest.fixture
def counted(monkeypatch):
    """The keys of the articles that were counted as read."""
    keys = []
    monkeypatch.setitem(beacon._takers, "r", beacon.Taker(keys.append, once_an_hour=True))
    return keys


def test_a_read_is_counted_with_no_query_no_session_and_no_cookie(client, counted):
    # No mark allows this test a database.
    response = send(client, "r42")
    assert (response.status_code, response.content) == (204, b"")
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    assert counted == [42]


def test_one_beacon_may_tell_of_several_things(client, counted):
    assert send(client, "r1 r2 r2 x7").status_code == 204
    assert counted == [1, 2]


def test_the_same_reader_is_counted_once_an_hour(client, counted, monkeypatch):
    clock = type("Clock", (), {"time": staticmethod(lambda: 3600.0 * 500)})
    monkeypatch.setattr("aminata24.audience.guests.time", clock)
    for _ in range(3):
        send(client, "r1")
    send(client, "r2")
    send(client, "r1", REMOTE_ADDR="10.1.1.1")
    send(client, "r1", {"User-Agent": "Mozilla/5.0 (iPhone)"})
    assert counted == [1, 2, 1, 1]

    clock.time = staticmethod(lambda: 3600.0 * 501)
    send(client, "r1")
    assert counted[4:] == [1]


def test_what_may_come_again_is_counted_each_time(client, monkeypatch):
    keys = []
    monkeypatch.setitem(beacon._takers, "v", beacon.Taker(keys.append, once_an_hour=False))
    send(client, "v7")
    send(client, "v7")
    assert keys == [7, 7]


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"User-Agent": "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0) Chrome/140.0"},
        {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/140.0.0.0 Safari/537.36"},
        {"User-Agent": "Mozilla/5.0 (Linux; Android 11; moto g power) Chrome/140.0 Mobile Chrome-Lighthouse"},
        {"User-Agent": "python-requests/2.32"},
        {"User-Agent": "curl/8.5.0"},
        {"User-Agent": ""},
        {"User-Agent": None},
        {"Accept-Language": None},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Sec-GPC": "1"},
        {"DNT": "1"},
        {"Referer": "http://testserver/admin/pages/5/view_draft/"},
    ],
    ids=str,
)
def test_robots_pages_loaded_ahead_previews_and_those_who_mind_are_not_counted(client, counted, headers):
    assert send(client, "r42", headers).status_code == 204
    assert counted == []


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (Linux; Android 9; CUBOT X18 Plus) AppleWebKit/537.36 Chrome/120.0 Mobile"},
        {"DNT": "0", "Sec-GPC": "0"},
        {"Sec-Fetch-Site": None},
    ],
    ids=str,
)
def test_people_are_counted(client, counted, headers):
    send(client, "r42", headers)
    assert counted == [42]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": None, "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": None, "Origin": "http://[junk"},
        {"Sec-Fetch-Site": None, "Origin": "null"},
        {"Sec-Fetch-Site": None, "Origin": None},
    ],
    ids=str,
)
def test_another_site_counts_nothing_here(client, counted, headers):
    assert send(client, "r42", headers).status_code == 403
    assert counted == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"r",
        b"42",
        b"r0",
        b"r-1",
        b"r42 ",
        b"r42\n",
        b"R42",
        b"r42,v7",
        b"r" + b"9" * 19,
        b"\xff\xfe",
        b"r1 " * 200,
    ],
    ids=repr,
)
def test_what_is_no_beacon_is_refused(client, counted, body):
    response = send(client, body)
    assert (response.status_code, counted) == (400, [])
    assert not response.has_header("Set-Cookie")


@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "options"])
def test_only_posts_are_beacons(client, method):
    assert getattr(client, method)("/compter/").status_code == 405


junk_headers = st.dictionaries(
    st.sampled_from(
        [*BROWSER, "X-Forwarded-For", "Referer", "DNT", "Sec-GPC", "Sec-Purpose", "Cookie", "Content-Length"]
    ),
    st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=60),
)


@given(body=st.binary(max_size=500) | st.from_regex(rb"([a-z]\d{1,25} ?){0,30}"), headers=junk_headers)
def test_no_junk_makes_the_server_fail(body, headers):
    client = Client(raise_request_exception=False)
    takers = {letter: beacon.Taker([].append, once_an_hour=letter == "r") for letter in "rv"}
    with patch.dict(beacon._takers, takers, clear=True):
        response = send(client, body, headers)
    assert response.status_code in (204, 400, 403)


@pytest.mark.django_db
def test_reads_of_an_article_that_exists_are_kept_by_hour_and_day(section, client):
    article = ArticleFactory(parent=section)
    send(client, f"r{article.pk}")
    send(client, f"r{article.pk}", REMOTE_ADDR="10.1.1.1")
    send(client, "r999999999999999999")
    reads.tally.write()
    send(client, f"r{article.pk}", REMOTE_ADDR="10.1.1.2")
    reads.tally.write()

    for model in (HourlyReads, DailyReads):
        assert list(model.objects.values_list("article", "count")) == [(article.pk, 3)]


@pytest.mark.django_db
def test_no_page_takes_the_address_of_the_beacons(home_page, client, sign_in):
    sign_in()
    form = {"title": "Compter", "slug": "compter", "action-publish": "1"}
    response = client.post(f"/admin/pages/add/news/sectionpage/{home_page.pk}/", form)
    assert "slug" in response.context["form"].errors
