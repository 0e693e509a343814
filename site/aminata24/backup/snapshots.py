"""
Snapshots: what the site was at one moment, as a list of files in the store.

Files are copied before the database and once more after it. Whatever the database names was there then, or came
meanwhile; so it is in one of the two copies, even where an editor deleted it in between.
"""

import fcntl
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from aminata24.backup import database
from aminata24.backup.sealing import AgeSeal, NoSeal, Seal
from aminata24.backup.store import Store

NAME = "%Y-%m-%dT%H%M%S-%f"
# The newest backup of so many days, weeks and months is kept; all of the last day too.
DAYS, WEEKS, MONTHS = 7, 5, 12


class NotEmpty(Exception):
    """There is something that a restore would overwrite."""


class NoSnapshot(Exception):
    """There is no backup of this name, or none at all."""


@dataclass
class MediaFile:
    """An uploaded file as it was; size and time tell whether it has to be read again."""

    path: str
    size: int
    modified: int
    digest: str


@dataclass
class Snapshot:
    """One backup."""

    made_at: str
    vendor: str
    sealed: bool
    database: str
    media: list[MediaFile] = field(default_factory=list)

    @property
    def time(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.made_at)

    @property
    def name(self) -> str:
        """What it is called."""
        return self.time.strftime(NAME)

    @property
    def digests(self) -> set[str]:
        """Everything it needs of the store."""
        return {self.database, *(file.digest for file in self.media)}


def make_snapshot() -> Snapshot:
    """Back the site up; raises DatabaseError, SealError or OSError, and leaves earlier backups as they are."""
    directory = Path(settings.BACKUP_DIR)
    recipient = settings.BACKUP_RECIPIENT
    seal: Seal = AgeSeal(recipient) if recipient else NoSeal()
    with _alone(directory):
        store = Store(directory, seal)
        known = {file.path: file for snapshot in snapshots()[-1:] for file in snapshot.media}
        files = {file.path: file for file in _copy_media(store, known)}
        now = timezone.now()
        with tempfile.TemporaryDirectory(dir=directory) as temporary:
            dumped = Path(temporary, "database")
            database.dump(dumped)
            digest = store.put(dumped)
        files.update({file.path: file for file in _copy_media(store, files)})
        snapshot = Snapshot(now.isoformat(), connection.vendor, bool(recipient), digest, list(files.values()))
        _write(directory / "snapshots" / f"{snapshot.name}.json", snapshot)
        _forget_old(directory, store)
    return snapshot


def snapshots() -> list[Snapshot]:
    """All backups, the oldest first."""
    files = sorted(Path(settings.BACKUP_DIR, "snapshots").glob("*.json"))
    return [_read(json.loads(file.read_text())) for file in files]


def newest_time() -> datetime | None:
    """When the newest backup was made, which its name tells; None while there is none."""
    names = [file.stem for file in Path(settings.BACKUP_DIR, "snapshots").glob("*.json")]
    return datetime.strptime(max(names), NAME).replace(tzinfo=UTC) if names else None


def find(name: str = "") -> Snapshot:
    """The backup of this name, the newest unless one is named; raises NoSnapshot."""
    found = [snapshot for snapshot in snapshots() if not name or snapshot.name == name]
    if not found:
        raise NoSnapshot(f"There is no backup {name} in {settings.BACKUP_DIR}.".replace("  ", " "))
    return found[-1]


def restore(snapshot: Snapshot, identity: Path | None = None) -> None:
    """
    Bring a backup back to a server with an empty database and no uploaded files.

    Every file is read and checked before anything is written. Raises NotEmpty, DamagedBackup, SealError or
    DatabaseError.
    """
    media = Path(settings.MEDIA_ROOT)
    if snapshot.vendor != connection.vendor:
        raise database.DatabaseError(f"The backup is of {snapshot.vendor}, this database is {connection.vendor}.")
    if not database.is_empty():
        raise NotEmpty("The database has tables already; restore into an empty one.")
    if media.is_dir() and any(media.iterdir()):
        raise NotEmpty(f"There are files in {media} already; restore into an empty folder.")
    directory = Path(settings.BACKUP_DIR)
    store = Store(directory, AgeSeal(identity=identity) if snapshot.sealed else NoSeal())
    media.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=media.parent) as temporary:
        dumped, files = Path(temporary, "database"), Path(temporary, "media")
        files.mkdir(mode=0o755)
        store.take(snapshot.database, dumped)
        for file in snapshot.media:
            target = files / file.path
            store.take(file.digest, target)
            target.chmod(0o644)
        database.load(dumped)
        if media.is_dir():
            media.rmdir()
        files.rename(media)


def _copy_media(store: Store, known: dict[str, MediaFile]) -> Iterator[MediaFile]:
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")):
        try:
            if not path.is_file():
                continue
            state, name = path.stat(), path.relative_to(root).as_posix()
            file = known.get(name)
            is_new = not file or (file.size, file.modified) != (state.st_size, state.st_mtime_ns)
            if file is None or is_new or not store.has(file.digest):
                file = MediaFile(name, state.st_size, state.st_mtime_ns, store.put(path))
            yield file
        except FileNotFoundError:
            # Deleted while we looked.
            continue


def _forget_old(directory: Path, store: Store) -> None:
    kept = snapshots_to_keep(snapshots(), timezone.now())
    for snapshot in snapshots():
        if snapshot.name not in {one.name for one in kept}:
            (directory / "snapshots" / f"{snapshot.name}.json").unlink()
    store.keep_only(digest for snapshot in kept for digest in snapshot.digests)


def snapshots_to_keep(all_of_them: list[Snapshot], now: datetime) -> list[Snapshot]:
    """Those of the last day, and the newest of each of the last days, weeks and months that have one."""
    kept = {one.name: one for one in all_of_them if now - one.time < timedelta(days=1)}
    for period, count in (("%Y-%m-%d", DAYS), ("%G-%V", WEEKS), ("%Y-%m", MONTHS)):
        newest = {one.time.strftime(period): one for one in all_of_them}
        kept.update({newest[key].name: newest[key] for key in sorted(newest)[-count:]})
    return [one for one in all_of_them if one.name in kept]


def _write(path: Path, snapshot: Snapshot) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(json.dumps(asdict(snapshot), ensure_ascii=False, indent=1))
    new.rename(path)


def _read(data: dict[str, Any]) -> Snapshot:
    return Snapshot(**{**data, "media": [MediaFile(**file) for file in data["media"]]})


@contextmanager
def _alone(directory: Path) -> Iterator[None]:
    """One backup at a time; the second waits for the first."""
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (directory / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
