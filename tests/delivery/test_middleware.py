"""What the middleware does to a response that a view got wrong."""

from django.http import HttpResponse
from django.test import RequestFactory

from aminata24.delivery.cache import mark_public
from aminata24.delivery.middleware import PublicCacheMiddleware


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
