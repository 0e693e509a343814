"""A clock that a test sets."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch

from django.utils import timezone


class Clock:
    """What time it is for everything that asks Django."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def turn(self, **difference: float) -> None:
        """Turn the clock forward, or back by a negative difference."""
        self.now += timedelta(**difference)


@contextmanager
def clock_at(now: datetime) -> Iterator[Clock]:
    """Let it be this time inside."""
    clock = Clock(now)
    with patch.object(timezone, "now", lambda: clock.now):
        yield clock
