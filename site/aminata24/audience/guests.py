"""
The guest book: whether somebody did the same within this hour, without knowing who.

It keeps no address and no browser's name but a hash of both, under a key that only this process's memory holds
and that is thrown away every hour with all hashes; nothing of it is written anywhere. Its limits: two readers
behind one address (a family, a whole mobile network) with the same browser are one guest, a reader whose address
changes is two, and each process keeps a book of its own.
"""

import secrets
import threading
import time
from hashlib import blake2b

# About 20 MB. When the book is full it starts anew, and may take a guest for new who isn't.
MOST = 200_000


class GuestBook:
    """Remembers for an hour of the clock at most."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._start(0)

    def _start(self, hour: int) -> None:
        self._hour = hour
        self._key = secrets.token_bytes(32)
        self._entries: set[bytes] = set()

    def is_new(self, *what: str) -> bool:
        """Whether this, of this guest, is not in the book yet; from now on it is."""
        hour = int(time.time()) // 3600
        with self._lock:
            if hour != self._hour or len(self._entries) >= MOST:
                self._start(hour)
            entry = blake2b("\0".join(what).encode(errors="replace"), key=self._key, digest_size=8).digest()
            if entry in self._entries:
                return False
            self._entries.add(entry)
            return True
