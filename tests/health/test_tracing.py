"""One id leads from a request to what is logged and asked of the database on its behalf."""

import logging
import re

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from aminata24.health.logs import TextFormatter
from aminata24.health.middleware import HealthMiddleware
from aminata24.health.trace import current

ID = "0123456789abcdef0123456789abcdef"
logger = logging.getLogger("aminata24.tests")


def through(view, path="/afrique/", **headers):
    """Send a request through the middleware alone."""
    return HealthMiddleware(view)(RequestFactory().get(path, headers=headers))


def seen_id(**headers) -> str:
    seen = []
    through(lambda request: seen.append(current.get().id) or HttpResponse(), **headers)
    return seen[0]


def test_the_id_of_the_front_server_is_taken():
    assert seen_id(X_Request_ID=ID) == ID


@pytest.mark.parametrize("forged", ["", "short", "x" * 65, f"{ID}*/ DROP", f"{ID}\n", f"{ID},{ID}", "é" * 20])
def test_an_id_that_is_none_is_replaced_by_a_new_one(forged):
    first, second = seen_id(X_Request_ID=forged), seen_id(X_Request_ID=forged)
    assert re.fullmatch("[0-9a-f]{32}", first)
    assert first != second


def test_it_ends_with_the_request_also_where_that_fails():
    def fail(request):
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        through(fail)
    assert current.get() is None


def test_no_page_carries_it(client, db, home_page):
    response = client.get("/", headers={"X-Request-ID": ID})
    assert ID.encode() not in response.serialize()


def test_every_line_of_the_log_carries_it_and_its_fields(log):
    def view(request):
        logger.info("job_done job=%s seconds=%.1f", "cutting", 1.25)
        return HttpResponse()

    through(view, X_Request_ID=ID)
    logger.info("afterwards")
    first, second = [line for line in log() if line["logger"] == "aminata24.tests"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", first.pop("time"))
    assert first == {
        "level": "INFO",
        "logger": "aminata24.tests",
        "message": "job_done job=cutting seconds=1.2",
        "request": ID,
        "path": "/afrique/",
        "job": "cutting",
        "seconds": 1.25,
    }
    assert "request" not in second


def test_a_line_for_people_carries_it_too():
    record = logging.makeLogRecord({"msg": "hello", "levelname": "INFO"})
    token = current.set(type("Trace", (), {"id": ID}))
    try:
        assert TextFormatter("{levelname} {message}", style="{").format(record) == f"INFO hello request={ID}"
    finally:
        current.reset(token)


def test_what_fails_is_one_line_with_its_traceback(log, client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("aminata24.urls.urlpatterns", [])
    monkeypatch.setattr("django.core.handlers.base.BaseHandler.resolve_request", lambda self, request: 1 / 0)
    client.get("/x/", headers={"X-Request-ID": ID})
    failed = [line for line in log() if line["level"] == "ERROR"]
    assert [line["request"] for line in failed] == [ID]
    assert "ZeroDivisionError" in failed[0]["exception"]


@pytest.mark.django_db
def test_every_query_carries_it_where_that_costs_nothing():
    def view(request):
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s", ["100 %"])
            assert cursor.fetchone() == ("100 %",)
        return HttpResponse()

    with CaptureQueriesContext(connection) as asked:
        through(view, X_Request_ID=ID)
    comment = f"/* {ID} */ " if connection.vendor == "postgresql" else ""
    assert len(asked) == 1
    assert asked[0]["sql"] == f"{comment}SELECT '100 %'"


@pytest.mark.django_db
def test_what_is_prepared_keeps_its_text(monkeypatch):
    """An id in it would make each query a new one."""
    from aminata24.health.queries import _may_carry_an_id

    monkeypatch.setitem(connection.settings_dict, "OPTIONS", {"prepare_threshold": 5})
    assert not _may_carry_an_id(connection)


@pytest.mark.django_db
def test_a_slow_query_is_logged_with_its_request_and_without_its_values(log, settings):
    def view(request):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1\n  WHERE %s = 'y'", ["pbkdf2_sha256$secret"])
        return HttpResponse()

    settings.SLOW_QUERY_SECONDS = 0.000001
    through(view, X_Request_ID=ID)
    line = next(line for line in log() if line["logger"] == "aminata24.health.queries")
    assert line["sql"] == "SELECT 1 WHERE %s = 'y'"
    assert (line["request"], line["path"], line["level"]) == (ID, "/afrique/", "WARNING")
    assert line["seconds"] > 0
    assert "pbkdf2" not in str(line)


@pytest.mark.django_db
def test_a_query_that_fails_slowly_is_logged_as_well(log, settings, monkeypatch):
    def fail(*args):
        raise OperationalError("cancelled")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper._execute", fail)
    settings.SLOW_QUERY_SECONDS = 0.000001
    with pytest.raises(OperationalError), connection.cursor() as cursor:
        cursor.execute("SELECT 2")
    assert "SELECT 2" in [line.get("sql") for line in log()]


@pytest.mark.django_db
@pytest.mark.parametrize("threshold", [0, 60])
def test_no_other_query_is_logged(log, settings, threshold):
    settings.SLOW_QUERY_SECONDS = threshold
    with connection.cursor() as cursor:
        cursor.execute("SELECT 3")
    assert not [line for line in log() if line["logger"] == "aminata24.health.queries"]


def test_the_time_of_queries_is_added_up(monkeypatch):
    from aminata24.health.queries import QueryWatch
    from aminata24.health.trace import Trace

    trace, ticks = Trace("x" * 16, "/"), iter([1.0, 1.25, 2.0, 2.5])
    monkeypatch.setattr("aminata24.health.queries.perf_counter", lambda: next(ticks))
    token = current.set(trace)
    for _query in range(2):
        QueryWatch(True)(lambda *args: None, "SELECT 1", None, False, {})
    current.reset(token)
    assert (trace.queries, trace.query_seconds) == (2, 0.75)
