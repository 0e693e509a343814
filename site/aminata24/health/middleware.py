"""What happens around every request: its trace, its figures; and a way past everything else for the health checks."""

from collections.abc import Callable
from time import perf_counter

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from aminata24.health import figures, views
from aminata24.health.trace import current, trace_of

ADDRESSES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    views.READY: views.ready,
    views.LIVE: views.live,
}


class HealthMiddleware:
    """
    Gives what is logged and asked of the database the request's id, and counts requests where figures are kept.

    The checks are answered here: what stands behind may be what is broken.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.counts = bool(settings.PROMETHEUS_MULTIPROC_DIR)
        if self.counts:
            figures.make_room()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if check := ADDRESSES.get(request.path_info):
            return check(request)
        trace = trace_of(request)
        token = current.set(trace)
        started = perf_counter()
        try:
            response = self.get_response(request)
        finally:
            current.reset(token)
        if self.counts:
            figures.count(request, response, perf_counter() - started, trace)
        return response
