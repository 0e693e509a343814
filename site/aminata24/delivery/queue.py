"""
The queue of tasks: what takes too long for a request is done by the worker.

django-tasks-db keeps it. What that lacks is added here: a task whose worker died half-way is begun again,
three times at most, so a task must bear being done twice.
"""

import logging
import time
from threading import Event

from django.db import transaction
from django.utils import timezone
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskResultStatus, task_backends
from django_tasks_db import DatabaseBackend
from django_tasks_db.management.commands.db_worker import Worker as TaskRunner
from django_tasks_db.models import DBTaskResult

from aminata24.delivery.locks import is_free

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
# Seconds between two looks for tasks that other workers left behind.
ORPHANS_INTERVAL = 10.0


def is_kept_in_database() -> bool:
    """Whether there is a queue at all; in development a task is done by who asks for it."""
    return isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], DatabaseBackend)


class Queue:
    """Does tasks in the name of a worker, whose lock is how others know that it lives."""

    def __init__(self, worker: str, stopping: Event) -> None:
        self._worker = worker
        self._stopping = stopping
        self._looked_at = float("-inf")
        self._runner = TaskRunner(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=worker,
            excluded_queue_names=[],
        )

    def run(self) -> None:
        """Do what is waiting until there is nothing left."""
        if time.monotonic() - self._looked_at >= ORPHANS_INTERVAL:
            self.take_orphans()
            self._looked_at = time.monotonic()
        while not self._stopping.is_set() and (task := self._claim()):
            self._runner.run_task(task)

    def _claim(self) -> DBTaskResult | None:
        with transaction.atomic():
            task = DBTaskResult.objects.ready().filter(backend_name=DEFAULT_TASK_BACKEND_ALIAS).get_locked()
            if task:
                task.claim(self._worker)
        return task

    def take_orphans(self) -> None:
        """Put tasks back into the queue that a worker, or we ourselves when the database was away, left half-done."""
        for task in DBTaskResult.objects.running():
            worker = task.worker_ids[-1]
            # Between two tasks we are doing none.
            if worker != self._worker and not is_free(worker):
                continue
            # Unless it was finished, or another worker took it, while we looked.
            unchanged = DBTaskResult.objects.running().filter(pk=task.pk, started_at=task.started_at)
            given_up = len(task.worker_ids) >= MOST_ATTEMPTS
            status = TaskResultStatus.FAILED if given_up else TaskResultStatus.READY
            if unchanged.update(status=status, finished_at=timezone.now() if given_up else None):
                logger.warning("task_left_half_done task=%s id=%s now=%s", task.task_path, task.pk, status)
