"""What is said, and what is kept, where something of ours fails."""

import errno
from collections.abc import Callable
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

handler500 = "aminata24.delivery.failure.server_error"
to_raise: list[Exception] = []


def fails(request: HttpRequest) -> HttpResponse:
    """A view whose database, disk or code fails."""
    raise to_raise[0]


urlpatterns = [path("panne/", fails)]
Fail = Callable[..., HttpResponse]


@pytest.fixture
def fail(settings: Any) -> Fail:
    """Send a form, or ask for a page without one, while that error is raised."""
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = ["aminata24.delivery.middleware.PublicCacheMiddleware"]

    def fail(error: Exception, **fields: str) -> HttpResponse:
        to_raise[:] = [error]
        client = Client(raise_request_exception=False)
        return client.post("/panne/?a=1", fields) if fields else client.get("/panne/")

    return fail


@pytest.mark.parametrize("error", [OperationalError(), InterfaceError(), OSError(errno.ENOSPC, "full")])
def test_what_passes_is_a_503_that_nobody_keeps(fail: Fail, error: Exception) -> None:
    answer = fail(error)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert "no-store" in answer["Cache-Control"]
    assert "Tout revient de soi-même" in answer.content.decode()


@pytest.mark.parametrize("error", [ValueError(), OSError(errno.ENOENT, "gone")])
def test_a_mistake_of_ours_is_a_500(fail: Fail, error: Exception) -> None:
    answer = fail(error)
    assert answer.status_code == 500
    assert "Tout revient" not in answer.content.decode()


def test_what_was_typed_is_there_to_be_sent_again(fail: Fail) -> None:
    page = fail(
        OperationalError(), text="Où va la lagune ?\n<b>", stamp="s-1", csrfmiddlewaretoken="t-1"
    ).content.decode()
    assert "Où va la lagune ?\n&lt;b&gt;</textarea>" in page
    assert '<input type="hidden" name="stamp" value="s-1">' in page
    assert '<input type="hidden" name="csrfmiddlewaretoken" value="t-1">' in page
    assert 'action="/panne/?a=1"' in page
    assert "Renvoyer" in page


def test_a_password_is_not_written_into_the_page_and_its_form_not_sent_again(fail: Fail) -> None:
    page = fail(
        OperationalError(), login="awa@example.org", password="Lagune-24", csrfmiddlewaretoken="t"
    ).content.decode()
    assert "awa@example.org" in page
    assert "Lagune-24" not in page
    assert "Renvoyer" not in page
    assert "Revenir au formulaire" in page
