"""
Is the house in order? Each question is asked on a thread of its own, so that one that hangs holds nobody up.

What readers can't do without is failed while it is away: database, cache, room on the disk. The rest is a warning:
sending readers elsewhere would not bring a backup or a worker back.
"""

import shutil
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from secrets import token_hex

from django.conf import settings
from django.core.cache import cache
from django.db import connection, connections
from django.utils import timezone

from aminata24.backup.snapshots import newest_time
from aminata24.delivery.models import Heartbeat
from aminata24.health.masking import masked

# How long whoever asks waits for all answers together, in seconds.
PATIENCE = 2.0
# How long an answer holds: a health check that is asked too often must not be what makes the house ill.
KEPT_SECONDS = 1.0
FULL = 200 * 1024**2
NEARLY_FULL = 2 * 1024**3
# One is made every hour.
OLD_BACKUP = timedelta(hours=3)


class Status(IntEnum):
    """How something is, from well to ill."""

    OK = 0
    WARNING = 1
    FAILED = 2


@dataclass(frozen=True)
class Answer:
    """How something is, in a word and in a short sentence."""

    status: Status
    message: str


class Question:
    """A question that one thread at a time looks into; whoever asks meanwhile waits for the same answer."""

    def __init__(self, look: Callable[[], Answer], worst: Status) -> None:
        self.worst = worst
        self._look = look
        self._lock = threading.Lock()
        self._answer: Future[Answer] | None = None
        self._asked_at = 0.0

    def ask(self) -> Future[Answer]:
        """The answer that is to come. One that never does holds one thread, however often it is asked for."""
        with self._lock:
            now = time.monotonic()
            if self._answer is None or (self._answer.done() and now - self._asked_at >= KEPT_SECONDS):
                self._answer, self._asked_at = Future(), now
                threading.Thread(target=self._answer_to, args=(self._answer,), daemon=True).start()
            return self._answer

    def _answer_to(self, asked: Future[Answer]) -> None:
        try:
            answer = self._look()
        except Exception as error:
            lines = masked(str(error)).strip().splitlines()
            answer = Answer(self.worst, ": ".join([type(error).__name__, *lines[:1]]))
        finally:
            connections.close_all()
        asked.set_result(answer)


def look_at_database() -> Answer:
    """Whether it answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Answer(Status.OK, "It answers.")


def look_at_cache() -> Answer:
    """Whether it keeps what it is given. A Redis is done without for a while; see `delivery.shared_cache`."""
    if getattr(cache, "is_broken", False):
        return Answer(Status.WARNING, "Redis does not answer; each process remembers for itself.")
    word = token_hex(8)
    cache.set(f"health-{word}", word, 30)
    kept = cache.get(f"health-{word}")
    cache.delete(f"health-{word}")
    return Answer(Status.OK, "It keeps things.") if kept == word else Answer(Status.FAILED, "It keeps nothing.")


def look_at_disk() -> Answer:
    """How much room DATA_DIR has."""
    free = shutil.disk_usage(settings.DATA_DIR).free
    status = Status.FAILED if free < FULL else Status.WARNING if free < NEARLY_FULL else Status.OK
    return Answer(status, f"{free / 1024**3:.1f} GB are free.")


def look_at_worker() -> Answer:
    """When a worker was last heard of."""
    age = Heartbeat.age()
    message = "None was ever heard of." if age is None else f"Last heard of {age.total_seconds():.0f} seconds ago."
    return Answer(Status.WARNING if Heartbeat.is_silent() else Status.OK, message)


def look_at_backup() -> Answer:
    """How old the newest backup is."""
    made_at = newest_time()
    if made_at is None:
        return Answer(Status.WARNING, "There is none.")
    age = timezone.now() - made_at
    message = f"The newest is {age.total_seconds() / 3600:.1f} hours old."
    return Answer(Status.WARNING if age > OLD_BACKUP else Status.OK, message)


QUESTIONS = {
    "database": Question(look_at_database, Status.FAILED),
    "cache": Question(look_at_cache, Status.FAILED),
    "disk": Question(look_at_disk, Status.FAILED),
    "worker": Question(look_at_worker, Status.WARNING),
    "backup": Question(look_at_backup, Status.WARNING),
}


def answers() -> dict[str, Answer]:
    """All answers, within PATIENCE seconds."""
    asked = {name: question.ask() for name, question in QUESTIONS.items()}
    wait(asked.values(), timeout=PATIENCE)
    return {
        name: answer.result() if answer.done() else Answer(QUESTIONS[name].worst, f"No answer in {PATIENCE:g} seconds.")
        for name, answer in asked.items()
    }
