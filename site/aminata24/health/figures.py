"""
Figures for Prometheus: what every process counts of requests, and gauges that are looked at when somebody asks.

An app writes its gauges into its `gauges.py`:

    @gauge("comments_waiting", "Comments that wait for a moderator.")
    def comments_waiting() -> int: ...

Processes count in files of PROMETHEUS_MULTIPROC_DIR; `manage.py figures` adds them up and serves them.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import autodiscover_modules
from prometheus_client import Counter, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from aminata24.health.checks import Status, answers
from aminata24.health.trace import Trace

logger = logging.getLogger(__name__)

Look = Callable[[], float | None]

_gauges: dict[str, tuple[str, Look]] = {}

_requests = Counter("aminata24_requests", "Requests that were answered.", ["view", "status"])
_seconds = Histogram(
    "aminata24_request_seconds",
    "How long an answer took.",
    ["view"],
    buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10),
)
_queries = Counter("aminata24_queries", "Queries to the database.", ["view"])
_query_seconds = Counter("aminata24_query_seconds", "How long queries took.", ["view"])


def make_room() -> None:
    """Make the folder that processes count in."""
    Path(settings.PROMETHEUS_MULTIPROC_DIR).mkdir(parents=True, exist_ok=True)


def count(request: HttpRequest, response: HttpResponse, seconds: float, trace: Trace) -> None:
    """Count a request that was answered."""
    add_request, observe_seconds, add_queries, add_query_seconds = _counters(_view(request), response.status_code)
    add_request()
    observe_seconds(seconds)
    if trace.queries:
        add_queries(trace.queries)
        add_query_seconds(trace.query_seconds)


@lru_cache(maxsize=1000)
def _counters(view: str, status: int) -> tuple[Callable[..., None], ...]:
    return (
        _requests.labels(view, status).inc,
        _seconds.labels(view).observe,
        _queries.labels(view).inc,
        _query_seconds.labels(view).inc,
    )


def _view(request: HttpRequest) -> str:
    """What answered: a kind of page, a view by its name, the page editor as a whole; never what anybody typed."""
    if request.path_info.startswith("/admin/"):
        return "admin"
    if route := getattr(request, "_wagtail_route_for_request", None):
        return type(route.page).__name__
    match = request.resolver_match
    return (match.view_name or match.func.__name__) if match else "unknown"


def gauge(name: str, description: str) -> Callable[[Look], Look]:
    """Serve what a function returns as a figure; None is not served."""

    def register(look: Look) -> Look:
        _gauges[name] = (description, look)
        return look

    return register


class RequestsCollector(Collector):
    """What all processes counted, those that have ended too."""

    def collect(self) -> Iterable[Metric]:
        return MultiProcessCollector.merge(map(str, Path(settings.PROMETHEUS_MULTIPROC_DIR).glob("*.db")))


class HouseCollector(Collector):
    """The checks, and the gauges of all apps; while the database is away, the checks alone."""

    def __init__(self) -> None:
        autodiscover_modules("gauges")

    def collect(self) -> Iterator[Metric]:
        found = answers()
        checks = GaugeMetricFamily("aminata24_check", "0 where it is well, 1 a warning, 2 failed.", labels=["check"])
        for name, answer in found.items():
            checks.add_metric([name], answer.status)
        yield checks
        if found["database"].status is Status.FAILED:
            return
        try:
            for name, (description, look) in _gauges.items():
                value = _value(name, look)
                if value is not None:
                    yield GaugeMetricFamily(f"aminata24_{name}", description, value)
        finally:
            connections.close_all()


def _value(name: str, look: Look) -> float | None:
    try:
        return look()
    except Exception as error:
        logger.warning("gauge_failed gauge=%s error=%s", name, repr(error))
        return None
