"""Locks between processes, by name. A process that dies, kill -9 included, gives its locks up at that moment."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connection, connections

# Raises DatabaseError once the lock may be somebody else's.
Check = Callable[[], None]


@contextmanager
def lock(name: str) -> Iterator[Check | None]:
    """
    Hold the lock of this name inside; None where somebody else holds it.

    PostgreSQL keeps it for a connection of its own, so that it outlives every transaction and whatever is done
    with the other connections; SQLite, which only ever serves one machine, has a file beside it.
    """
    holding = _advisory_lock(name) if connection.vendor == "postgresql" else _file_lock(name)
    with holding as check:
        yield check


def is_free(name: str) -> bool:
    """Whether nobody holds the lock of this name."""
    with lock(name) as held:
        return held is not None


@contextmanager
def _advisory_lock(name: str) -> Iterator[Check | None]:
    number = int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), signed=True)
    holder = connections.create_connection(DEFAULT_DB_ALIAS)

    def ask(function: str) -> bool:
        with holder.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [number])
            return cursor.fetchone()[0]

    def check() -> None:
        with holder.cursor() as cursor:
            cursor.execute("SELECT 1")

    try:
        held = ask("pg_try_advisory_lock")
        try:
            yield check if held else None
        finally:
            if held:
                # Closing would do, if it always closed: a pool only takes the connection back.
                ask("pg_advisory_unlock")
    finally:
        holder.close()


@contextmanager
def _file_lock(name: str) -> Iterator[Check | None]:
    database = str(connection.settings_dict["NAME"])
    if connection.is_in_memory_db():  # type: ignore[attr-defined]
        # Nobody else can reach it.
        yield _nothing_to_check
        return
    with Path(f"{database}-{name}.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield _nothing_to_check


def _nothing_to_check() -> None:
    """The kernel keeps a file lock until the process ends."""
