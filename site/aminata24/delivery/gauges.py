"""Figures of the worker, its queue and the cache in the database."""

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from aminata24.delivery.models import CacheEntry, Heartbeat
from aminata24.health.figures import gauge


@gauge("worker_silence_seconds", "How long ago any worker was last heard of.")
def worker_silence() -> float | None:
    """Nothing where no worker ever ran."""
    age = Heartbeat.age()
    return age.total_seconds() if age is not None else None


@gauge("tasks_waiting", "Tasks that wait for the worker.")
def tasks_waiting() -> float:
    """How long the queue is."""
    return DBTaskResult.objects.ready().count()


@gauge("tasks_oldest_seconds", "How long the oldest of the waiting tasks has waited.")
def oldest_task() -> float:
    """Zero where none waits."""
    oldest = DBTaskResult.objects.ready().order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    return (timezone.now() - oldest).total_seconds() if oldest else 0


@gauge("tasks_failed", "Tasks that failed in the last two weeks; after that they are forgotten.")
def tasks_failed() -> float:
    """How many a developer should look at."""
    return DBTaskResult.objects.failed().count()


@gauge("cache_entries", "What the cache in the database keeps.")
def cache_entries() -> float:
    """Zero where Redis does."""
    return CacheEntry.objects.count()
