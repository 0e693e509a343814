"""The read replica: who reads from it, and when. Really run in tests/deploy/test_growing.py."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache.backends.locmem import LocMemCache
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from wagtail.models import Page

from aminata24.delivery.cache import public
from aminata24.delivery.memory import remember_briefly
from aminata24.delivery.replica import (
    ALWAYS_FROM_PRIMARY,
    ReplicaMiddleware,
    ReplicaRouter,
    from_primary,
    reading_from,
    source,
)
from aminata24.delivery.replica_guard import REPLICA, Guard, guard
from news.feeds import NewsFeed
from news.views import latest, serve
from tests.newsroom import make_newsroom

# Only its keys are looked at.
pytestmark = pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")

router = ReplicaRouter()


@pytest.fixture
def _kept_up(monkeypatch: pytest.MonkeyPatch, settings) -> None:
    settings.DATABASES = {**settings.DATABASES, REPLICA: {}}
    monkeypatch.setattr(guard, "keeps_up", lambda: True)


@pytest.fixture
def _inside_public_request() -> Iterator[None]:
    with reading_from(REPLICA):
        yield


def sources_of(view, method="GET", answers=(200,)) -> list[str]:
    """Which databases a view is made from, one try after the other."""
    read, waiting = [], list(answers)

    def get_response(request: HttpRequest) -> HttpResponse:
        middleware.process_view(request, view, (), {})
        read.append(source())
        return HttpResponse(status=waiting.pop(0))

    middleware = ReplicaMiddleware(get_response)
    middleware(RequestFactory().generic(method, "/"))
    assert source() == "default"
    return read


@pytest.mark.usefixtures("_kept_up")
@pytest.mark.parametrize("view", [latest, serve, NewsFeed(), public(lambda request: HttpResponse())])
def test_public_pages_are_read_from_the_replica(view) -> None:
    assert sources_of(view) == [REPLICA]


class WatchedRouter(ReplicaRouter):
    """Notes what is asked for, and where it would be read; all of it is in the one database of the tests."""

    asked: list[tuple[str, str]] = []

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        place = "default" if model._meta.app_label in ALWAYS_FROM_PRIMARY else source()
        self.asked.append((model._meta.label, place))
        return "default"


@pytest.mark.usefixtures("_kept_up")
def test_public_pages_need_the_replica_alone_and_no_shared_cache(home_page, client, settings, monkeypatch) -> None:
    urls = make_newsroom(home_page, articles=4).urls
    # That is asked for once more.
    del urls["not found"]
    settings.DATABASE_ROUTERS = [f"{__name__}.WatchedRouter"]
    for url in urls.values():
        client.get(url)
    monkeypatch.setattr(LocMemCache, "get", None)
    for kind, url in urls.items():
        WatchedRouter.asked.clear()
        assert client.get(url).status_code == 200
        assert {place for _, place in WatchedRouter.asked} <= {REPLICA}, (kind, WatchedRouter.asked)
        assert WatchedRouter.asked or kind in ("manifest", "icon", "robots", "offline"), kind


@pytest.mark.usefixtures("_kept_up")
def test_forms_and_personal_pages_are_not() -> None:
    assert sources_of(latest, "POST") == ["default"]
    assert sources_of(lambda request: HttpResponse()) == ["default"]


@pytest.mark.usefixtures("_kept_up")
def test_nothing_is_while_it_lags(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "keeps_up", lambda: False)
    assert sources_of(latest) == ["default"]


@pytest.mark.usefixtures("_kept_up")
@pytest.mark.parametrize("status", [500, 503, 404])
def test_what_fails_or_is_not_there_yet_is_asked_for_once_more_from_the_primary(status: int) -> None:
    assert sources_of(latest, answers=(status, 200)) == [REPLICA, "default"]


@pytest.mark.usefixtures("_inside_public_request")
def test_writes_sessions_and_transactions_stay_with_the_primary(db: None) -> None:
    assert router.db_for_write(Page) == "default"
    assert router.db_for_read(Session) == "default"
    with transaction.atomic():
        assert router.db_for_read(Page) == "default"


@pytest.mark.usefixtures("_inside_public_request")
def test_what_is_kept_for_later_is_read_from_the_primary() -> None:
    with from_primary():
        assert source() == "default"
    assert source() == REPLICA


def test_what_the_replica_said_is_not_remembered_as_the_primarys_word() -> None:
    asked = remember_briefly(source)
    with reading_from(REPLICA):
        assert asked() == REPLICA
    assert asked() == "default"


def test_a_replica_of_a_primary_at_rest_is_not_late() -> None:
    guard = Guard()
    assert guard.lag(now=0, written=100, replayed=100) == 0
    assert guard.lag(now=3600, written=100, replayed=100) == 0


def test_lag_is_how_long_ago_the_primary_was_where_the_replica_is() -> None:
    guard = Guard()
    guard.lag(now=0, written=100, replayed=100)
    assert guard.lag(now=1, written=200, replayed=150) == 1
    assert guard.lag(now=2, written=300, replayed=250) == 1
    assert guard.lag(now=3, written=400, replayed=250) == 2
    assert guard.lag(now=4, written=400, replayed=400) == 0


def test_nobody_knows_how_late_a_replica_is_that_was_behind_from_the_start() -> None:
    assert Guard().lag(now=0, written=100, replayed=50) == float("inf")


def test_a_replica_that_does_not_answer_is_not_read_and_without_a_primary_it_is_the_freshest() -> None:
    assert Guard().lag(now=0, written=100, replayed=None) == float("inf")
    assert Guard().lag(now=0, written=None, replayed=50) == 0


def test_a_verdict_that_nobody_renews_holds_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    guard = Guard()
    monkeypatch.setattr(guard, "_start", lambda: None)
    monkeypatch.setattr(guard, "_ask", lambda *_: 100)
    now = 50.0
    monkeypatch.setattr("aminata24.delivery.replica_guard.time.monotonic", lambda: now)
    guard.look()
    assert guard.keeps_up()
    now += 5
    assert not guard.keeps_up()
