"""The cache contract: which responses are the same bytes for every reader, and how they say so."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from aminata24.delivery.replica import may_lag

STALE_WHILE_REVALIDATE_SECONDS = 5
STALE_IF_ERROR_SECONDS = 86_400


def mark_public(response: HttpResponse) -> HttpResponse:
    """Say that any cache may keep this response for PAGE_CACHE_SECONDS."""
    response["Cache-Control"] = (
        f"public, max-age=0, s-maxage={settings.PAGE_CACHE_SECONDS}, "
        f"stale-while-revalidate={STALE_WHILE_REVALIDATE_SECONDS}, stale-if-error={STALE_IF_ERROR_SECONDS}"
    )
    return response


def public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorate a view (or a method that takes the request second) whose answer is the same for every reader."""

    @may_lag
    @wraps(view)
    def marked(*args: Any, **kwargs: Any) -> HttpResponse:
        return mark_public(view(*args, **kwargs))

    return marked


def is_public(response: HttpResponse) -> bool:
    """Whether the response was marked for shared caches."""
    return response.get("Cache-Control", "").startswith("public")


def may_be_cached(request: HttpRequest) -> bool:
    """Only plain reads may be answered from a cache."""
    return request.method in ("GET", "HEAD")
