"""
The worker: one process that publishes what is scheduled, does what is queued and runs what is periodic.

Each of the three has a thread, so that a picture that takes its time holds up no publication. Several workers
may run, on one machine or on many: they share the work and take over from each other. A database that goes away
and comes back is waited for.
"""

import logging
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from threading import Event, Thread

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from aminata24.delivery import periodic
from aminata24.delivery.locks import Check, lock
from aminata24.delivery.models import Heartbeat
from aminata24.delivery.periodic import Periodic
from aminata24.delivery.queue import Queue, is_kept_in_database
from aminata24.delivery.schedule import Schedule

logger = logging.getLogger(__name__)

# Seconds between two looks at what is due; a minute that comes is kept to within this.
SCHEDULE_INTERVAL = 1.0
QUEUE_INTERVAL = 0.5
PERIODIC_INTERVAL = 5.0
BEAT_INTERVAL = 5.0
PAUSE_AFTER_FAILURE = 2.0


@contextmanager
def name() -> Iterator[tuple[str, Check]]:
    """The first name that no living worker goes by: worker-1, worker-2 …"""
    for number in count(1):
        with lock(f"worker-{number}") as check:
            if check:
                yield f"worker-{number}", check
                return


class Worker:
    """
    Works until it is told to stop, then finishes what it is doing.

    One that is started beside a process, by that process, also stops when that ends.
    """

    def __init__(self, beside: int | None = None) -> None:
        self.stopping = Event()
        self._beside = beside
        self._schedule = Schedule(self.stopping)
        self._periodic = Periodic(self.stopping)
        periodic.discover()

    def stop_on_signals(self) -> None:
        """Let SIGTERM and Ctrl-C end the work in good order."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())

    def work_once(self) -> None:
        """Do everything that is due now, and come back."""
        with name() as (worker, _):
            self._schedule.run()
            self._periodic.run()
            if is_kept_in_database():
                Queue(worker, self.stopping).run()

    def work(self) -> None:
        """Work until stopped, waiting for the database where it is away."""
        while not self.stopping.is_set():
            try:
                with name() as (worker, check):
                    self._serve(worker, check)
            except DatabaseError:
                logger.exception("worker_lost_its_database")
                connection.close()
                self.stopping.wait(PAUSE_AFTER_FAILURE)

    def _serve(self, worker: str, check: Check) -> None:
        """Work under a name, until stopped or until the database goes away."""
        process, started_at = f"{socket.gethostname()}:{os.getpid()}", timezone.now()
        logger.info("worker_started worker=%s process=%s", worker, process)
        leaving = Event()
        steps: list[tuple[Callable[[], None], float]] = [(self._periodic.run, PERIODIC_INTERVAL)]
        if is_kept_in_database():
            steps.append((Queue(worker, leaving).run, QUEUE_INTERVAL))
        threads = [Thread(target=_repeat, args=(*step, leaving)) for step in steps]
        for thread in threads:
            thread.start()
        try:
            beat_at = float("-inf")
            while not self.stopping.is_set():
                close_old_connections()
                check()
                self._schedule.run()
                if time.monotonic() - beat_at >= BEAT_INTERVAL:
                    beat_at = time.monotonic()
                    word = {"process": process, "started_at": started_at, "beat_at": timezone.now()}
                    Heartbeat.objects.update_or_create(worker=worker, defaults=word)
                self.stopping.wait(SCHEDULE_INTERVAL)
                if self._beside not in (None, os.getppid()):
                    self.stopping.set()
        finally:
            leaving.set()
            for thread in threads:
                thread.join()
            logger.info("worker_stopped worker=%s", worker)


def _repeat(step: Callable[[], None], interval: float, leaving: Event) -> None:
    """Take a step again and again, on a thread of its own; a step that fails is taken again a little later."""
    while not leaving.is_set():
        try:
            close_old_connections()
            step()
            leaving.wait(interval)
        except Exception:
            logger.exception("worker_step_failed step=%s", step.__qualname__)
            leaving.wait(PAUSE_AFTER_FAILURE)
    connection.close()
