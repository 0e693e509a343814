"""
The read replica: what readers of public pages ask for comes from it, while it keeps up; all else from the primary.

Only a request for a view that is marked `@public` or `@may_lag` reads from it. Forms, the page editor, what belongs to
one person, tasks and commands never do: they must see what was written a moment ago. Whatever is written goes to
the primary, and what is kept for later (a print) must be read there too, inside `from_primary()`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from aminata24.delivery.replica_guard import REPLICA, guard

View = TypeVar("View", bound=Callable[..., Any])

# What belongs to one person: whoever has just signed in must not be a stranger to the next page. And what all
# processes count together.
ALWAYS_FROM_PRIMARY = frozenset(
    ("account", "auth", "delivery", "django_cache", "mfa", "readers", "sessions", "socialaccount", "usersessions")
)

_source: ContextVar[str] = ContextVar("source", default=DEFAULT_DB_ALIAS)


def source() -> str:
    """The database that is read from here and now."""
    return _source.get()


@contextmanager
def reading_from(alias: str) -> Iterator[None]:
    """Read from this database inside."""
    token = _source.set(alias)
    try:
        yield
    finally:
        _source.reset(token)


def from_primary() -> Any:
    """Read what is true now, inside: for what is kept longer than a page."""
    return reading_from(DEFAULT_DB_ALIAS)


def may_lag(view: View) -> View:
    """Mark a view that may show what was true a moment ago, as a cache does anyway."""
    view.may_lag = True  # type: ignore[attr-defined]
    return view


class ReplicaRouter:
    """Sends reads where `source()` says, writes to the primary."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        """The replica inside a public request, unless a transaction is open: that sees its own writes only there."""
        if model._meta.app_label in ALWAYS_FROM_PRIMARY or connections[DEFAULT_DB_ALIAS].in_atomic_block:
            return DEFAULT_DB_ALIAS
        return source()

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        """The primary, wherever the object was read."""
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        """Both hold the same."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """The replica gets its tables from the primary."""
        return db == DEFAULT_DB_ALIAS


class ReplicaMiddleware:
    """
    Has public pages read from the replica. What fails there, or is not there yet, is asked for once more from the
    primary: a link that is shared at once leads to its story.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if REPLICA not in settings.DATABASES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # As it came: what a view notes on it must not be taken for what the primary says.
        second = copy(request)
        with from_primary():
            response = self.get_response(request)
            is_poor = source() == REPLICA and (response.status_code >= 500 or response.status_code == 404)
        if not is_poor:
            return response
        second.is_second_try = True  # type: ignore[attr-defined]
        with from_primary():
            again = self.get_response(second)
        return again if again.status_code < 500 else response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        """Once the view is known."""
        # A feed is an object whose method is marked.
        marked = getattr(view, "may_lag", False) or getattr(type(view).__call__, "may_lag", False)
        if marked and request.method in ("GET", "HEAD") and not hasattr(request, "is_second_try") and guard.keeps_up():
            # Until the middleware is through, so that what the view leaves to be rendered is read there too.
            _source.set(REPLICA)
