"""The request that is being answered: one id for it, from nginx's log over ours to PostgreSQL's."""

import re
from contextvars import ContextVar
from dataclasses import dataclass
from secrets import token_hex

from django.http import HttpRequest

# What may stand in a log and in an SQL comment: nginx's own form, UUIDs, and those of the usual CDNs.
_WELL_FORMED = re.compile(r"[0-9A-Za-z-]{16,64}")


@dataclass(slots=True)
class Trace:
    """A request's id and path, and what it asked of the database so far."""

    id: str
    path: str
    queries: int = 0
    query_seconds: float = 0.0


# None outside of requests.
current: ContextVar[Trace | None] = ContextVar("trace", default=None)


def trace_of(request: HttpRequest) -> Trace:
    """Begin a request's trace, with the id that the front server gave it or one of our own."""
    given = request.META.get("HTTP_X_REQUEST_ID", "")
    return Trace(given if _WELL_FORMED.fullmatch(given) else token_hex(16), request.path_info)
