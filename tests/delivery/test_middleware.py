"""What the middleware does to a response that a view got wrong."""

import gzip

from django.http import HttpResponse
from django.test import RequestFactory

from aminata24.delivery.cache import mark_public
from aminata24.delivery.middleware import CompressionMiddleware, PublicCacheMiddleware


def through(response, method="GET", path="/"):
    request = RequestFactory().generic(method, path)
    return PublicCacheMiddleware(lambda request: response)(request)


def test_a_public_page_that_sets_a_cookie_is_not_cached():
    response = mark_public(HttpResponse("x"))
    response.set_cookie("who", "aya")
    assert "no-store" in through(response)["Cache-Control"]


def test_a_public_page_that_varies_by_cookie_is_not_cached():
    response = mark_public(HttpResponse("x"))
    response["Vary"] = "Accept-Encoding, Cookie"
    assert "no-store" in through(response)["Cache-Control"]


def test_the_answer_to_a_post_is_not_cached():
    assert "no-store" in through(mark_public(HttpResponse("x")), method="POST")["Cache-Control"]


def test_an_answer_nobody_marked_is_private():
    assert "private" in through(HttpResponse("x"))["Cache-Control"]


def test_a_page_nobody_finds_is_public_except_in_the_admin():
    assert through(HttpResponse(status=404))["Cache-Control"].startswith("public")
    assert "no-store" in through(HttpResponse(status=404), path="/admin/x/")["Cache-Control"]


def test_a_server_error_is_not_cached():
    assert "no-store" in through(HttpResponse(status=500))["Cache-Control"]


def compressed(response, **headers):
    request = RequestFactory().get("/", headers=headers)
    return CompressionMiddleware(lambda request: response)(request)


def test_a_public_page_is_compressed_once_for_all_caches():
    page = compressed(mark_public(HttpResponse("lagune " * 500)), accept_encoding="gzip, br")
    assert gzip.decompress(page.content) == b"lagune " * 500
    assert (page["Content-Encoding"], page["Vary"]) == ("gzip", "Accept-Encoding")
    assert page["Content-Length"] == str(len(page.content))
    again = compressed(mark_public(HttpResponse("lagune " * 500)), accept_encoding="gzip")
    assert again.content == page.content


def test_a_reader_without_gzip_gets_the_page_as_it_is():
    page = compressed(mark_public(HttpResponse("lagune " * 500)))
    assert page.content == b"lagune " * 500
    assert page["Vary"] == "Accept-Encoding"


def test_what_belongs_to_one_reader_is_not_compressed():
    assert not compressed(HttpResponse("secret " * 500), accept_encoding="gzip").has_header("Content-Encoding")


def test_a_short_answer_is_not_compressed():
    assert compressed(mark_public(HttpResponse("short")), accept_encoding="gzip").content == b"short"
