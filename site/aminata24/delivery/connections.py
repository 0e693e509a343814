"""
Whether a kept connection still works is asked once a second, not once a page: the question costs a page's twentieth.

A page that is asked for within a second after PostgreSQL went away fails, and nginx shows the reader what it has.
A form is never risked.
"""

import time
from typing import Any

from django.db import connections

TRUSTED_SECONDS = 1


def trust_what_was_just_checked(environ: dict[str, Any], **kwargs: Any) -> None:
    """Receive `request_started`, after Django's own receiver has marked every connection as unchecked."""
    now = time.monotonic()
    for connection in connections.all(initialized_only=True):
        checked: float = getattr(connection, "checked_at", 0)
        if environ.get("REQUEST_METHOD") in ("GET", "HEAD") and now - checked < TRUSTED_SECONDS:
            connection.health_check_done = True  # type: ignore[attr-defined]
        else:
            connection.checked_at = now  # type: ignore[attr-defined]
