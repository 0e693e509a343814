"""
Counting without a reader waiting for it: a process counts in its memory and writes a few seconds later.

What a process counted is written when it ends, too. Only one that is killed takes the counts of its last
COUNTS_SECONDS with it; while the database is away they wait.
"""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from multiprocessing.util import Finalize
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db import IntegrityError, InterfaceError, OperationalError, connection
from django.db.models import Model

logger = logging.getLogger(__name__)

K = TypeVar("K", bound=Hashable)

# What goes better the next time: the database was away or busy, or what was counted has just been deleted.
PASSING = (IntegrityError, InterfaceError, OperationalError)

ROWS_IN_A_STATEMENT = 500


class Tally(Generic[K]):
    """
    Counts by key, on their way to the database.

    `save` gets what was counted and writes all of it or nothing. With `most` different keys between two writings
    somebody tries numbers or words out: more aren't worth the memory.
    """

    def __init__(self, save: Callable[[Mapping[K, int]], None], most: int) -> None:
        self._save = save
        self._most = most
        self._counted: Counter[K] = Counter()
        self._lock = threading.Lock()
        self._saving = threading.Lock()
        self._writer: threading.Timer | None = None
        self._writes_at_the_end = False

    def count(self, *keys: K) -> None:
        """Count each of these once more; written COUNTS_SECONDS later, or by `write()` alone where that is 0."""
        with self._lock:
            for key in keys:
                if key in self._counted or len(self._counted) < self._most:
                    self._counted[key] += 1
            self._write_later()

    def write(self) -> None:
        """Write what was counted; what can't be written now is written later."""
        # A process that ends waits for the thread that is writing.
        with self._saving:
            with self._lock:
                counted, self._counted = self._counted, Counter()
            if not counted:
                return
            try:
                self._save(counted)
            except PASSING:
                logger.warning("counts_not_written_yet", exc_info=True)
                with self._lock:
                    self._counted.update(counted)
                    self._write_later()

    def _write_later(self) -> None:
        if self._writer or not self._counted or not settings.COUNTS_SECONDS:
            return
        self._writer = threading.Timer(settings.COUNTS_SECONDS, self._write_on_thread)
        self._writer.daemon = True
        self._writer.start()
        if not self._writes_at_the_end:
            self._writes_at_the_end = True
            # Unlike `atexit` it also serves the processes that a server forks.
            Finalize(None, self.write, exitpriority=1)

    def _write_on_thread(self) -> None:
        with self._lock:
            self._writer = None
        try:
            self.write()
        except Exception:
            logger.exception("counts_lost")
        finally:
            connection.close()


def add_up(
    model: type[Model], rows: Iterable[Mapping[str, Any]], unique_fields: Sequence[str], sums: Sequence[str]
) -> None:
    """
    Insert rows; where one with the same unique fields is there already, add the sums to its own.

    The database adds, so that no count is lost between two processes; always in one order, so that they
    never wait for each other.
    """
    ordered = sorted(rows, key=lambda row: tuple(row[name] for name in unique_fields))
    for start in range(0, len(ordered), ROWS_IN_A_STATEMENT):
        _upsert(model, ordered[start : start + ROWS_IN_A_STATEMENT], unique_fields, sums)


def _upsert(
    model: type[Model], rows: list[Mapping[str, Any]], unique_fields: Sequence[str], sums: Sequence[str]
) -> None:
    fields: dict[str, Any] = {name: model._meta.get_field(name) for name in rows[0]}
    table = connection.ops.quote_name(model._meta.db_table)
    columns = {name: connection.ops.quote_name(field.column) for name, field in fields.items()}
    placeholders = f"({', '.join(['%s'] * len(fields))})"
    unique = ", ".join(columns[name] for name in unique_fields)
    added = ", ".join(f"{columns[name]} = {table}.{columns[name]} + excluded.{columns[name]}" for name in sums)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns.values())}) VALUES {', '.join([placeholders] * len(rows))} "
            f"ON CONFLICT ({unique}) DO UPDATE SET {added}",
            [field.get_db_prep_save(row[name], connection) for row in rows for name, field in fields.items()],
        )
