"""Where a backup's files lie: under the hash of what they hold, so that what was there is not copied again."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from aminata24.backup.sealing import Seal


class DamagedBackup(Exception):
    """A file of the backup is missing, or no longer what was put in."""


class Store:
    """Files by the SHA-256 of their content, in `<directory>/objects/`."""

    def __init__(self, directory: Path, seal: Seal) -> None:
        self._objects = directory / "objects"
        self._seal = seal

    def _path(self, digest: str) -> Path:
        return self._objects / digest[:2] / digest

    def put(self, source: Path) -> str:
        """Keep a copy of a file; returns its digest. Raises OSError where it can't be read or written."""
        digest = digest_of(source)
        kept = self._path(digest)
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            with source.open("rb") as file, _whole_or_not_at_all(kept) as target:
                self._seal.close(file, target)
        return digest

    def has(self, digest: str) -> bool:
        """Whether it is kept."""
        return self._path(digest).exists()

    def take(self, digest: str, target: Path) -> None:
        """Write a kept file to `target`; raises DamagedBackup, or SealError."""
        if not self.has(digest):
            raise DamagedBackup(f"The backup lacks the file {digest}.")
        target.parent.mkdir(parents=True, exist_ok=True)
        with self._path(digest).open("rb") as file, _whole_or_not_at_all(target) as copy:
            self._seal.open(file, copy)
        if digest_of(target) != digest:
            target.unlink()
            raise DamagedBackup(f"The file {digest} of the backup is damaged.")

    def keep_only(self, digests: Iterable[str]) -> int:
        """Remove all others; returns how many went."""
        wanted, removed = set(digests), 0
        for path in self._objects.glob("*/*"):
            if path.name not in wanted:
                path.unlink()
                removed += 1
        return removed


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _whole_or_not_at_all(path: Path) -> Iterator[BinaryIO]:
    """Write a file that appears under its name only when it is complete and on the disk."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
