"""
Publishing what is scheduled, and taking off what has expired, at its minute.

Wagtail's own actions do it, as its command `publish_scheduled` has them do it, with three differences:

- Each object has a transaction of its own, so one that can’t be published (its slug was taken meanwhile, say)
  holds up no other; it is tried again, later and later.
- The object's row is locked, so that of several workers one publishes. A worker that dies in the middle leaves the
  object as it was, still due, and the next one publishes it.
- An object that expires keeps the publication that is planned for it afterwards.

Whatever has to follow a publication is either in its transaction (listings, the log, voided prints) or a task queued by
it (search index, references, pictures, printing), which is a row in that same transaction. Nothing is left to
what runs after the commit, since a process may die there.
"""

import logging
import time
from collections.abc import Iterator
from datetime import datetime
from threading import Event
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

logger = logging.getLogger(__name__)

FIRST_PAUSE = 2.0
LONGEST_PAUSE = 300.0

# What is due: a model with a primary key. A revision is due to go live, anything else to expire.
Due = tuple[type[Any], Any]


def models_that_expire() -> list[type[Any]]:
    """Everything with drafts: pages, by their base model, and snippets."""
    drafted = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    return [Page, *(model for model in drafted if not issubclass(model, Page))]


def due(now: datetime) -> Iterator[Due]:
    """What has to go live or to expire by now, the longest overdue first."""
    # Publications first: what replaces an expiring version keeps its page on the site.
    revisions = Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at", "pk")
    yield from ((Revision, key) for key in list(revisions.values_list("pk", flat=True)))
    for model in models_that_expire():
        expired = model.objects.filter(live=True, expire_at__lte=now).order_by("expire_at")
        yield from ((model, key) for key in list(expired.values_list("pk", flat=True)))


def go_live(key: int, now: datetime) -> bool:
    """Publish a scheduled revision; False if another worker does, or somebody unscheduled it."""
    with transaction.atomic():
        found = Revision.objects.filter(pk=key).values_list("base_content_type", "object_id").first()
        model: type[Any] | None = ContentType.objects.get_for_id(found[0]).model_class() if found else None
        if model is None or not _locked(model.objects.filter(pk=found[1])):
            return False
        revision = _locked(Revision.objects.filter(pk=key, approved_go_live_at__lte=now))
        if revision is None:
            return False
        scheduled = revision.approved_go_live_at
        revision.publish(log_action="wagtail.publish.scheduled")
        # Nobody must see what went live and expired while no worker ran.
        expire(model, revision.object_id, now)
    _log("published", revision.content_type.model, revision.object_id, scheduled, now)
    return True


def expire(model: type[Any], key: Any, now: datetime) -> bool:
    """Take off what has expired; False if another worker does, or somebody prolonged it."""
    with transaction.atomic():
        thing = _locked(model.objects.filter(pk=key, live=True, expire_at__lte=now))
        if thing is None:
            return False
        planned = list(thing.revisions.filter(approved_go_live_at__isnull=False))
        thing.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        for revision in planned:
            # Unpublishing by hand withdraws a planned publication; here nobody asked for that.
            thing.revisions.filter(pk=revision.pk).update(approved_go_live_at=revision.approved_go_live_at)
    _log("expired", model._meta.model_name, key, thing.expire_at, now)
    return True


def _locked(rows: QuerySet) -> Any:
    """The row, ours until the transaction ends; None if it is gone or in other hands, which are never waited for."""
    return rows.select_for_update(skip_locked=True).first()


def _log(event: str, kind: str | None, key: Any, scheduled: datetime, now: datetime) -> None:
    late = (now - scheduled).total_seconds()
    logger.info("%s kind=%s key=%s scheduled=%s late=%.1f", event, kind, key, scheduled.isoformat(), late)


class Schedule:
    """Does what is due; remembers what failed, to try it again after a pause that grows."""

    def __init__(self, stopping: Event) -> None:
        self._stopping = stopping
        self._failed: dict[Due, tuple[float, float]] = {}

    def run(self) -> None:
        """Publish and expire what is due now, object by object."""
        now = timezone.now()
        for thing in due(now):
            if self._stopping.is_set():
                break
            pause, again_at = self._failed.get(thing, (FIRST_PAUSE / 2, 0.0))
            if time.monotonic() < again_at:
                continue
            model, key = thing
            try:
                if model is Revision:
                    go_live(key, now)
                else:
                    expire(model, key, now)
                self._failed.pop(thing, None)
            except Exception:
                pause = min(2 * pause, LONGEST_PAUSE)
                self._failed[thing] = (pause, time.monotonic() + pause)
                logger.exception("schedule_failed kind=%s key=%s again_in=%.0f", model._meta.model_name, key, pause)
