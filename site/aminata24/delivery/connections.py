"""
A kept connection that answered a moment ago isn't asked whether it still works: the question costs a page's twentieth.

A page that is asked for within a second after PostgreSQL went away fails, and nginx shows the reader what it has.
A form is never risked.
"""

from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TRUSTED_SECONDS = 1


def note_answers(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Receive `connection_created`."""
    if _note_answer not in connection.execute_wrappers:
        connection.execute_wrappers.append(_note_answer)


def _note_answer(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    answer = execute(sql, params, many, context)
    context["connection"].answered_at = perf_counter()
    return answer


def trust_what_just_answered(environ: dict[str, Any], **kwargs: Any) -> None:
    """Receive `request_started`, after Django's own receiver has marked every connection as unchecked."""
    if environ.get("REQUEST_METHOD") not in ("GET", "HEAD"):
        return
    lately = perf_counter() - TRUSTED_SECONDS
    for connection in connections.all(initialized_only=True):
        if getattr(connection, "answered_at", lately) > lately:
            connection.health_check_done = True  # type: ignore[attr-defined]
