"""
Jobs that run every so often. An app writes them into its `jobs.py`:

    @every(hours=24)
    def forget_the_unconfirmed(now: datetime) -> int: ...

When a job last ran to its end is kept in the database, so it is due at once where it was missed, and once.
A job that dies with its worker is run again from the start by the next one.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event
from typing import Any

from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from aminata24.delivery.locks import lock
from aminata24.delivery.models import JobRun

logger = logging.getLogger(__name__)

# After a failure; a job that is due more often than that waits no longer than its own time.
PAUSE = timedelta(minutes=5)

# What a job does at the time it is given; what it returns, such as a number of rows, is logged.
Work = Callable[[datetime], Any]

_jobs: dict[str, tuple[Work, timedelta]] = {}


def every(**interval: float) -> Callable[[Work], Work]:
    """Run a function this often, as in `@every(hours=24)`. It goes by its module and name."""

    def register(work: Work) -> Work:
        _jobs[f"{work.__module__}.{work.__qualname__}"] = (work, timedelta(**interval))
        return work

    return register


def discover() -> None:
    """Import the `jobs.py` of every app."""
    autodiscover_modules("jobs")


def is_due(job: str, interval: timedelta, now: datetime) -> bool:
    """Whether the time of a job has come."""
    run = JobRun.objects.filter(pk=job).first()
    if run and run.ran_at > now:
        # The clock was set back: count anew from here, or the job would wait for the old time to come again.
        JobRun.objects.filter(pk=job, ran_at=run.ran_at).update(ran_at=now)
        return False
    return run is None or now - run.ran_at >= interval


class Periodic:
    """Runs the jobs that are due; remembers which failed, to try them again later."""

    def __init__(self, stopping: Event) -> None:
        self._stopping = stopping
        self._again_at: dict[str, float] = {}

    def run(self) -> None:
        """Run every job that is due now and that no other worker is running."""
        for job, (work, interval) in _jobs.items():
            if self._stopping.is_set():
                break
            if time.monotonic() >= self._again_at.get(job, 0.0) and is_due(job, interval, timezone.now()):
                with lock(f"job-{job}") as held:
                    # Another worker may have run it while we came here.
                    if held and is_due(job, interval, now := timezone.now()):
                        self._run(job, work, interval, now)

    def _run(self, job: str, work: Work, interval: timedelta, now: datetime) -> None:
        started = time.monotonic()
        try:
            result = work(now)
        except Exception:
            pause = min(PAUSE, interval)
            self._again_at[job] = time.monotonic() + pause.total_seconds()
            logger.exception("job_failed job=%s again_in=%.0f", job, pause.total_seconds())
        else:
            JobRun.objects.update_or_create(job=job, defaults={"ran_at": now})
            logger.info("job_done job=%s result=%s seconds=%.1f", job, result, time.monotonic() - started)
