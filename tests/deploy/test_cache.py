"""What nginx keeps, for whom, and that nobody can slip anything into it."""

import gzip
import time
from itertools import count

import pytest

from tests.deploy.conftest import Ask
from tests.stack import Stack

ARTICLE = "/afrique/la-lagune/"
# A page of its own for each test, so that none finds what another left.
fresh = (f"/en-continu/?test={number}" for number in count())


def test_a_page_is_made_once_and_served_to_all(ask: Ask) -> None:
    path = next(fresh)
    first, second = ask(path), ask(path, Cookie="sessionid=somebody; connecte=1")
    assert (first.status, first.cache, second.cache) == (200, "MISS", "HIT")
    assert first.body == second.body


def test_a_page_is_kept_compressed_and_opened_for_those_who_ask_for_it_so(ask: Ask) -> None:
    path = next(fresh)
    zipped, plain = ask(path, Accept_Encoding="gzip, br"), ask(path)
    assert zipped.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert (zipped.cache, plain.cache) == ("MISS", "HIT")
    assert plain.body == gzip.decompress(zipped.body)


def test_a_browser_that_has_the_page_gets_no_second_copy(ask: Ask) -> None:
    path = next(fresh)
    tag = ask(path, Accept_Encoding="gzip").headers["etag"]
    again = ask(path, Accept_Encoding="gzip", If_None_Match=tag)
    assert (again.status, again.body) == (304, b"")


def test_what_is_older_than_a_few_seconds_is_made_anew(ask: Ask) -> None:
    path = next(fresh)
    ask(path)
    until = time.monotonic() + 10
    while (answer := ask(path)).cache not in ("EXPIRED", "REVALIDATED", "STALE", "MISS"):
        assert time.monotonic() < until, answer.cache


def test_what_networks_add_to_a_link_is_no_other_page(ask: Ask) -> None:
    path = "/auteurs/nobody-of-this-name/"
    ask(path)
    assert ask(f"{path}?fbclid=IwAR0x&utm_source=whatsapp").cache in ("HIT", "STALE", "EXPIRED", "REVALIDATED")
    assert ask(f"{path}?page=2&fbclid=x").cache == "MISS"


@pytest.mark.parametrize("path", ["/moi/", "/compte/connexion/", "/admin/", "/lettre/"])
def test_what_belongs_to_one_person_is_not_kept(ask: Ask, path: str) -> None:
    for answer in (ask(path), ask(path)):
        assert answer.cache in ("", "MISS", "BYPASS")
        assert "no-store" in answer.headers["cache-control"]


@pytest.mark.parametrize(
    "personal",
    ["/moi/", "/compte/connexion/", "/admin/", "/mes-sauvegardes/liste/", "/lettre/", "/commentaires/1/ecrire/"],
)
@pytest.mark.parametrize(
    "suffix",
    [
        *(
            ".css",
            ";x.js",
            "x.css",
            "%2Fx.css",
            "%00.css",
            "%0A.css",
            "%23.css",
            "%3Bx.css",
            "static/x.css",
            "..%2Fx.css",
        ),
        *(
            "%2e%2e%2fstatic%2fjs%2fsite.js",
            "?x.css",
            "?utm_source=x",
            "?fbclid=x.css",
            "robots.txt",
            "favicon.ico",
            "%E2%80%A6.css",
        ),
    ],
)
def test_no_name_makes_a_personal_page_a_public_one(ask: Ask, personal: str, suffix: str) -> None:
    for path in (f"{personal}{suffix}", f"{personal.rstrip('/')}{suffix}"):
        first = ask(path, Cookie="sessionid=victim; csrftoken=" + "v" * 32)
        again = ask(path)
        assert first.status < 500
        assert again.cache != "HIT" or (b"csrfmiddlewaretoken" not in again.body and b'"csrf"' not in again.body)
        # What may be kept, since it is nobody's page, carries nothing of anybody.
        assert again.cache != "HIT" or (again.cookies == [] and b"v" * 32 not in again.body)


def test_the_order_of_parameters_and_their_length_poison_nothing(ask: Ask) -> None:
    for query in (
        "page=2&x=1",
        "x=1&page=2",
        "page=2&page=evil.example",
        "x=" + "a" * 6_000,
        "&&&page=2",
        "page=2#evil",
    ):
        first, again = ask(f"/afrique/?{query}"), ask("/afrique/?page=2")
        assert first.status < 500
        assert b"evil.example" not in again.body
    assert ask("/afrique/?" + "x=" + "a" * 9_000).status == 414


def test_parts_of_a_page_are_not_kept_as_the_whole(ask: Ask) -> None:
    path = next(fresh)
    ask(path, Range="bytes=0-99")
    assert b"</html>" in ask(path).body


@pytest.mark.parametrize(
    "suffix", ["x.css", "%2Fx.css", ";x.css", "%00.css", "..%2fstatic%2fx.js", "?x.css", "%3Fx.css"]
)
def test_a_personal_page_under_the_name_of_a_file_is_not_kept(ask: Ask, suffix: str) -> None:
    """Cache deception (https://portswigger.net/web-security/web-cache-deception)."""
    for personal in ("/moi/", "/admin/"):
        ask(f"{personal}{suffix}", Cookie="sessionid=victim")
        again = ask(f"{personal}{suffix}")
        assert b"csrf" not in again.body or again.cache in ("", "MISS")


UNKEYED = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Scheme": "nothttps",
    "X-Forwarded-Proto": "gopher",
    "X-Forwarded-Port": "666",
    "X-Forwarded-For": "<script>alert(1)</script>",
    "X-Forwarded-Prefix": "/evil.example",
    "X-Original-URL": "/admin/",
    "X-Rewrite-URL": "/admin/",
    "X-Host": "evil.example",
    "X-HTTP-Method-Override": "POST",
    "X-Real-IP": "evil.example",
    "Forwarded": "host=evil.example",
    "Accept-Language": "en-evil.example",
    "User-Agent": "evil.example",
    "Referer": "https://evil.example/",
    "Origin": "https://evil.example",
    "Accept": "evil/example",
    "Range": "bytes=0-10",
    "Authorization": "Basic evil.example",
    "Transfer-Encoding": "identity",
    "Content-Type": "text/evil.example",
    "Cookie": "evil.example=evil.example; django_language=en",
    "Accept-Encoding": "evil.example",
    "Upgrade-Insecure-Requests": "1",
    "Sec-Purpose": "prefetch",
    "X-Requested-With": "XMLHttpRequest",
    "If-None-Match": '"evil.example"',
    "If-Modified-Since": "Wed, 01 Jan 2098 00:00:00 GMT",
    "If-Range": '"evil.example"',
    "X-Method-Override": "DELETE",
    "X-HTTP-Method": "POST",
    "X-Forwarded-Path": "/evil.example",
    "X-Accel-Redirect": "/static/evil.example",
    "X-Sendfile-Type": "X-Accel-Redirect",
    "X-Accel-Expires": "86400",
    "X-Amz-Website-Redirect-Location": "//evil.example",
    "Cache-Control": "max-stale=99999, evil.example",
    "Pragma": "evil.example",
    "Save-Data": "on",
    "Sec-CH-Prefers-Color-Scheme": "dark",
    "Sec-GPC": "1",
    "HX-Request": "true",
    "X-Original-Host": "evil.example",
    "X-Request-ID": "evil.example",
    "Via": "evil.example",
    "TE": "trailers",
    "Expect": "100-continue",
}


@pytest.mark.parametrize("name", UNKEYED)
def test_nothing_that_one_request_brings_reaches_the_next_reader(ask: Ask, name: str) -> None:
    """Cache poisoning by unkeyed headers (https://portswigger.net/research/practical-web-cache-poisoning)."""
    clean = ask(next(fresh), Accept_Encoding="gzip")
    path = next(fresh)
    ask(path, Accept_Encoding="gzip", **{name: UNKEYED[name]})
    after = ask(path, Accept_Encoding="gzip")
    assert after.status == 200
    assert _words(after) == _words(clean)
    assert "evil" not in repr(after.headers)


def test_a_host_that_is_not_ours_changes_no_page(ask: Ask) -> None:
    path = next(fresh)
    ask(path, host="evil.example")
    assert b"evil.example" not in ask(path).body


def test_a_large_body_on_a_reading_request_poisons_nothing(ask: Ask) -> None:
    path = next(fresh)
    ask(path, body=b"page=99&q=evil.example")
    after = ask(path)
    assert after.status == 200
    assert b"evil.example" not in after.body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "PURGE", "get", "OPTIONS"])
def test_other_methods_leave_nothing_in_the_cache(ask: Ask, method: str) -> None:
    path = next(fresh)
    assert ask(path, method=method).status < 500
    after = ask(path)
    assert (after.status, after.cache) == (200, "MISS")


def test_a_head_request_fills_the_cache_with_the_whole_page(ask: Ask) -> None:
    path = next(fresh)
    assert ask(path, method="HEAD").body == b""
    assert b"</html>" in ask(path).body


def test_a_name_and_its_encoded_twin_are_two_pages(ask: Ask) -> None:
    path = "/recherche/?q=twin%3F"
    ask("/recherche/%3Fq=twin?")
    assert ask(path).status == 200


def test_pages_are_there_while_the_application_is_down(stack: Stack, ask: Ask) -> None:
    seen, unseen = ask(ARTICLE, Accept_Encoding="gzip"), next(fresh)
    stack.stop("application", 9)
    try:
        for _attempt in range(5):
            answer = ask(ARTICLE, Accept_Encoding="gzip")
            assert (answer.status, answer.body) == (200, seen.body)
        assert ask(unseen).status in (502, 504)
    finally:
        stack.start_application()
        stack.wait_until_it_answers(unseen)
    assert ask(unseen).status == 200


def _words(answer: object) -> bytes:
    """The page, less the address it was asked under."""
    return gzip.decompress(answer.body).replace(b"test=", b"")  # type: ignore[attr-defined]
