"""Redis as the cache, and what holds while it is broken. A real one is killed in tests/deploy/test_growing.py."""

import socket
import time
from collections.abc import Iterator

import pytest

from aminata24.delivery.shared_cache import PATIENCE, SharedCache


@pytest.fixture(autouse=True)
def _forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SharedCache, "again_at", float("-inf"))


@pytest.fixture
def refusing() -> SharedCache:
    """A cache whose Redis refuses connections."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return emptied(SharedCache(f"redis://127.0.0.1:{port}", {}))


@pytest.fixture
def hanging() -> Iterator[SharedCache]:
    """A cache whose Redis takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        yield emptied(SharedCache(f"redis://127.0.0.1:{silent.getsockname()[1]}", {}))


def emptied(cache: SharedCache) -> SharedCache:
    cache.meanwhile.clear()
    return cache


def test_a_process_remembers_for_itself_while_redis_refuses(refusing: SharedCache) -> None:
    assert refusing.is_broken
    assert refusing.add("lock", 1)
    assert not refusing.add("lock", 1)
    refusing.set("tries", 1)
    assert refusing.incr("tries") == 2
    assert refusing.get_many(["tries", "lock"]) == {"tries": 2, "lock": 1}
    refusing.delete("lock")
    assert refusing.get("lock") is None


def test_a_redis_that_hangs_is_waited_for_once_and_briefly(hanging: SharedCache) -> None:
    started = time.monotonic()
    for number in range(50):
        hanging.set(f"key-{number}", number)
    assert time.monotonic() - started < 8 * PATIENCE
    assert hanging.get("key-7") == 7


def test_redis_is_asked_again_after_a_pause(refusing: SharedCache, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing.get("key")
    monkeypatch.setattr("django.core.cache.backends.redis.RedisCache.get", lambda self, key: "from Redis")
    assert refusing.get("key") is None
    monkeypatch.setattr(SharedCache, "again_at", time.monotonic())
    assert refusing.get("key") == "from Redis"
