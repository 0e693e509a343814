"""Redis as the cache of all processes, and what holds while it is broken: each process remembers for itself."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

# Nobody waits longer for a Redis that hangs.
PATIENCE = 0.25
# After a failure Redis is left alone for so long, or every request would wait anew.
PAUSE = 2.0


def _unbroken(name: str) -> Callable[..., Any]:
    """The operation of this name: done by Redis, or in this process's own memory where Redis fails."""

    def operate(self: "SharedCache", *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= SharedCache.again_at:
            try:
                return getattr(RedisCache, name)(self, *args, **kwargs)
            except (RedisError, OSError) as error:
                SharedCache.again_at = time.monotonic() + PAUSE
                logger.warning("redis_failed operation=%s error=%s", name, error)
        return getattr(self.meanwhile, name)(*args, **kwargs)

    return operate


class SharedCache(RedisCache):
    """
    A Redis whose failure nobody notices. What it counts (log-in attempts, say) is then counted by each process, so
    limits are as many times wider as there are processes, and start anew.
    """

    # All threads of the process learn from one that failed.
    again_at = float("-inf")

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE, **params.get("OPTIONS", {})}
        super().__init__(server, {**params, "OPTIONS": options})
        self.meanwhile: BaseCache = LocMemCache("meanwhile", {})

    @property
    def is_broken(self) -> bool:
        """Whether Redis fails now: for those who look after it."""
        try:
            self._cache.get_client().ping()
        except (RedisError, OSError):
            return True
        return False


for name in (
    *("add", "get", "set", "touch", "delete", "incr", "has_key", "clear"),
    *("get_many", "set_many", "delete_many"),
):
    setattr(SharedCache, name, _unbroken(name))
