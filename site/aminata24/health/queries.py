"""Every query is timed and carries its request's id, for PostgreSQL's log; the slow ones stand in ours."""

import logging
from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from aminata24.health.trace import current

logger = logging.getLogger(__name__)

LONGEST = 2000


def watch(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Watch a connection's queries, if it isn't watched already."""
    if not any(isinstance(wrapper, QueryWatch) for wrapper in connection.execute_wrappers):
        connection.execute_wrappers.append(QueryWatch(_may_carry_an_id(connection)))


def _may_carry_an_id(connection: BaseDatabaseWrapper) -> bool:
    """
    Whether the text of a query may differ each time.

    SQLite keeps prepared statements by their text, and so does psycopg where settings have it prepare them.
    """
    return connection.vendor == "postgresql" and connection.settings_dict["OPTIONS"].get("prepare_threshold") is None


class QueryWatch:
    """Stands around each query of a connection."""

    __slots__ = ("carries_id",)

    def __init__(self, carries_id: bool) -> None:
        self.carries_id = carries_id

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        trace = current.get()
        # In front: PostgreSQL cuts long queries off where it shows what is going on.
        named = f"/* {trace.id} */ {sql}" if trace and self.carries_id and isinstance(sql, str) else sql
        started = perf_counter()
        try:
            return execute(named, params, many, context)
        finally:
            seconds = perf_counter() - started
            if trace:
                trace.queries += 1
                trace.query_seconds += seconds
            if 0 < settings.SLOW_QUERY_SECONDS <= seconds:
                # Without its parameters: they are passwords' hashes, sessions' keys and readers' words.
                logger.warning("slow_query seconds=%.3f sql=%s", seconds, " ".join(str(sql).split())[:LONGEST])
