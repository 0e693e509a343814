"""
The channel's programme: what is on, what comes next, and whether we are on air, by the clock.

Times are those of Abidjan. They change by the minute, so that two renderings in a minute are the same bytes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

# How far ahead the next programme is looked for; a week holds every slot once.
DAYS_AHEAD = 7


@dataclass(frozen=True)
class Broadcast:
    """A programme on a given day."""

    title: str
    text: str
    starts_at: datetime
    ends_at: datetime

    def is_on(self, now: datetime) -> bool:
        """Whether it runs now."""
        return self.starts_at <= now < self.ends_at


@dataclass(frozen=True)
class Schedule:
    """The programme as it stands `at` a moment; `today` is the whole day's."""

    at: datetime
    today: list[Broadcast]
    current: Broadcast | None
    following: Broadcast | None


def schedule_at(programme: Iterable[Any], now: datetime) -> Schedule:
    """The programme at a moment, given the StreamField of its slots."""
    # A draft may still lack a time.
    slots = [slot.value for slot in programme if slot.value["starts"]]
    day = timezone.localdate(now)
    near = [*broadcasts_on(slots, day - timedelta(days=1)), *(today := broadcasts_on(slots, day))]
    current = next((broadcast for broadcast in reversed(near) if broadcast.is_on(now)), None)
    return Schedule(now, today, current, _following(slots, day, now))


def _following(slots: list[Any], day: date, now: datetime) -> Broadcast | None:
    for ahead in range(DAYS_AHEAD + 1):
        for broadcast in broadcasts_on(slots, day + timedelta(days=ahead)):
            if broadcast.starts_at > now:
                return broadcast
    return None


def broadcasts_on(slots: list[Any], day: date) -> list[Broadcast]:
    """
    The programmes that begin on a day, in their order.

    One without an end lasts until the next begins, the last one until midnight; one that ends before it
    begins, as a clock shows it, ends on the next day.
    """
    of_day = sorted(
        (slot for slot in slots if not slot["days"] or str(day.weekday()) in slot["days"]),
        key=lambda slot: slot["starts"],
    )
    midnight = _at(day + timedelta(days=1), time())
    starts = [_at(day, slot["starts"]) for slot in of_day]
    return [
        Broadcast(slot["title"], slot["text"], start, _end(slot, start, follower))
        for slot, start, follower in zip(of_day, starts, [*starts[1:], midnight], strict=False)
    ]


def _end(slot: Any, start: datetime, follower: datetime) -> datetime:
    if not slot["ends"]:
        return follower
    end = _at(start.date(), slot["ends"])
    return end if end > start else end + timedelta(days=1)


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=timezone.get_default_timezone())
