"""
Whether the replica keeps up with the primary, looked at once a second on a thread of each process's own.

The lag is measured by what the primary had written at a moment and whether the replica has that by now, so it needs
neither clocks that agree nor anybody who writes: a primary at rest makes no replica look late. Where the primary can't
be asked, nothing new can be read there either, and the replica is as fresh as can be.
"""

import logging
import socket
import threading
import time
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from os import dup
from typing import Any
from weakref import WeakSet

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

logger = logging.getLogger(__name__)

REPLICA = "replica"
INTERVAL = 1.0
# A server that takes longer to say where it is has hung; whoever waits for it is cut off, and asks the primary.
PATIENCE = 1.0
# A verdict that was not renewed for so long holds no more.
TRUSTED_FOR = 3.0

WRITTEN = "SELECT pg_current_wal_flush_lsn() - '0/0'::pg_lsn"
REPLAYED = "SELECT pg_last_wal_replay_lsn() - '0/0'::pg_lsn"


class Guard:
    """Answers without asking; what it knows is two seconds old at most."""

    def __init__(self) -> None:
        self._trusted_until = float("-inf")
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()
        self._own: dict[str, BaseDatabaseWrapper] = {}
        self._written: deque[tuple[float, int]] = deque()
        self._open: WeakSet[Any] = WeakSet()
        self._was_used: bool | None = None

    def keeps_up(self) -> bool:
        """Whether reads may go to the replica."""
        # A thread does not follow into the processes that a server forks.
        if not (self._thread and self._thread.is_alive()):
            self._start()
        return time.monotonic() < self._trusted_until

    def _start(self) -> None:
        with self._starting:
            if not (self._thread and self._thread.is_alive()):
                connection_created.connect(self._note_connection)
                self._trusted_until = float("-inf")
                self._own = {}
                self._thread = threading.Thread(target=self._watch, name="replica-guard", daemon=True)
                self._thread.start()

    def _note_connection(self, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
        if connection.alias == REPLICA:
            self._open.add(connection.connection)

    def _watch(self) -> None:
        while True:
            started = time.monotonic()
            try:
                self.look()
            except Exception:
                logger.exception("replica_not_looked_at")
            time.sleep(max(0.0, INTERVAL - (time.monotonic() - started)))

    def look(self) -> None:
        """Ask both servers where they are, and judge."""
        now = time.monotonic()
        written = self._ask(DEFAULT_DB_ALIAS, WRITTEN)
        replayed = self._ask(REPLICA, REPLAYED)
        lag = self.lag(now, written, replayed)
        keeps_up = lag <= settings.REPLICA_MAX_LAG
        self._trusted_until = time.monotonic() + TRUSTED_FOR if keeps_up else float("-inf")
        if keeps_up != self._was_used:
            self._was_used = keeps_up
            if keeps_up:
                logger.warning("replica_used lag=%.1f", lag)
            else:
                logger.warning("replica_left lag=%s", "unknown" if lag == float("inf") else f"more than {lag:.1f}")

    def lag(self, now: float, written: int | None, replayed: int | None) -> float:
        """How many seconds the replica is behind at most, by where both are; None is a server that does not answer."""
        if replayed is None:
            return float("inf")
        if written is None:
            return 0.0
        self._written.append((now, written))
        # Only the newest moment that the replica has reached matters from now on.
        reached = [moment for moment in self._written if moment[1] <= replayed]
        while reached and self._written[0] is not reached[-1]:
            self._written.popleft()
        while now - self._written[0][0] > 10 * settings.REPLICA_MAX_LAG:
            self._written.popleft()
        return now - reached[-1][0] if reached else float("inf")

    def _ask(self, alias: str, question: str) -> int | None:
        """An answer in time, or None."""
        timer = threading.Timer(PATIENCE, self._cut_off, [alias])
        timer.daemon = True
        try:
            connection = self._own.get(alias)
            if connection is None:
                connection = connections.create_connection(alias)
                connection.connect()
                self._own[alias] = connection
            timer.start()
            with connection.cursor() as cursor:
                cursor.execute(question)
                found = cursor.fetchone()[0]
            return None if found is None else int(found)
        except Error as error:
            logger.debug("replica_guard_got_no_answer database=%s error=%s", alias, error)
            if lost := self._own.pop(alias, None):
                with suppress(Error):
                    lost.close()
            return None
        finally:
            timer.cancel()

    def _cut_off(self, alias: str) -> None:
        """End the connections that hang, those of waiting readers too: they are answered by the primary then."""
        hanging: Iterable[Any] = list(self._open)
        if alias != REPLICA:
            hanging = [own.connection for name, own in self._own.items() if name == alias]
        for connection in hanging:
            # It may have ended by itself meanwhile.
            with suppress(Exception), socket.socket(fileno=dup(connection.fileno())) as line:
                line.shutdown(socket.SHUT_RDWR)


guard = Guard()
