"""A process's short memory: what surrounds every page is made once a second, not once a request."""

import functools
import time
from collections.abc import Callable, Hashable, Iterable
from typing import Any, Generic, ParamSpec, TypeVar

from django.conf import settings

from aminata24.delivery.replica import source

P = ParamSpec("P")
R = TypeVar("R")
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_memories: list["ShortMemory"] = []


class ShortMemory(Generic[K, V]):
    """
    Keeps values by key for SURROUNDINGS_CACHE_SECONDS, in this process.

    That is as long as a shared cache may keep a page, so a publication is still seen within seconds
    with nothing to purge. Threads share it: two may make the same value, none sees half of one. While one makes
    a value anew, the others show what was, unless that is more than twice as old.
    What was read from the replica is never remembered as what the primary says.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, K], tuple[float, V]] = {}
        self._swept = 0.0
        _memories.append(self)

    def get_many(self, keys: Iterable[K], make: Callable[[list[K]], dict[K, V]]) -> dict[K, V]:
        """The values of these keys; `make` is asked for those that are missing or too old."""
        now = time.monotonic()
        lasts = settings.SURROUNDINGS_CACHE_SECONDS
        oldest = now - lasts
        # A value that is being made while everything is forgotten goes into the old dictionary, and with it.
        kept = self._kept
        found, missing = {}, []
        database = source()
        for key in keys:
            entry = kept.get((database, key))
            if entry and entry[0] > oldest:
                found[key] = entry[1]
            else:
                missing.append(key)
                if entry and entry[0] > oldest - lasts:
                    kept[database, key] = (now, entry[1])
        if missing:
            made = make(missing)
            found.update(made)
            kept.update({(database, key): (now, value) for key, value in made.items()})
            if self._swept < oldest:
                self._swept = now
                for place, entry in list(kept.items()):
                    if entry[0] <= oldest:
                        kept.pop(place, None)
        return found

    def forget(self) -> None:
        """Start anew."""
        self._kept = {}


def remember_briefly(function: Callable[P, R]) -> Callable[P, R]:
    """Keep what `function` returned, by its arguments; for what is the same for every reader."""
    memory: ShortMemory[Any, R] = ShortMemory()

    @functools.wraps(function)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> R:
        key = (args, *sorted(kwargs.items()))
        return memory.get_many([key], lambda _: {key: function(*args, **kwargs)})[key]

    return remembered


def forget() -> None:
    """Forget everything at once, in this process: what was just changed must be seen."""
    for memory in _memories:
        memory.forget()
