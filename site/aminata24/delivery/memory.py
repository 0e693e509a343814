"""A process's short memory: what surrounds every page is made once a second, not once a request."""

import functools
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.conf import settings

P = ParamSpec("P")
R = TypeVar("R")

_memories: list[dict] = []


def remember_briefly(function: Callable[P, R]) -> Callable[P, R]:
    """
    Keep what `function` returned, by its arguments, for SURROUNDINGS_CACHE_SECONDS in this process.

    That is as long as a shared cache may keep a page, so a publication is still seen within
    seconds with nothing to purge. Zero switches it off. For functions that return the same for
    every reader, and few different arguments.
    """
    kept: dict[tuple, tuple[float, R]] = {}
    _memories.append(kept)

    @functools.wraps(function)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> R:
        key = (*args, *sorted(kwargs.items()))
        found = kept.get(key)
        now = time.monotonic()
        if found and now - found[0] < settings.SURROUNDINGS_CACHE_SECONDS:
            return found[1]
        value = function(*args, **kwargs)
        for old in [old for old, (made, _) in kept.items() if now - made >= settings.SURROUNDINGS_CACHE_SECONDS]:
            kept.pop(old, None)
        kept[key] = (now, value)
        return value

    return remembered


def forget() -> None:
    """Forget everything at once, in this process: what was just changed must be seen."""
    for kept in _memories:
        kept.clear()
