"""Backups: incremental, sealed, kept by rule, and never restored over anything."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyrage
import pytest
from django.core.management import CommandError, call_command

from aminata24.backup.sealing import AgeSeal, NoSeal, SealError
from aminata24.backup.snapshots import Snapshot, find, make_snapshot, snapshots, snapshots_to_keep
from aminata24.backup.store import DamagedBackup, Store
from tests.postgres import PROGRAMS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(settings: Any, tmp_path: Path) -> Path:
    """A site with two uploaded files."""
    settings.BACKUP_DIR = tmp_path / "backup"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.POSTGRES_PROGRAMS = PROGRAMS
    (tmp_path / "media" / "images").mkdir(parents=True)
    (tmp_path / "media" / "images" / "bac.jpg").write_bytes(b"bac")
    (tmp_path / "media" / "port.pdf").write_bytes(b"port")
    return tmp_path


def objects(site: Path) -> set[Path]:
    """The files in the store."""
    return set((site / "backup" / "objects").glob("*/*"))


def test_what_was_copied_once_is_not_copied_again(site: Path) -> None:
    first = make_snapshot()
    kept = {path: path.stat().st_mtime_ns for path in objects(site)}
    (site / "media" / "port.pdf").write_bytes(b"another port")
    (site / "media" / "copy.jpg").write_bytes(b"bac")
    second = make_snapshot()
    assert {file.path for file in second.media} == {"copy.jpg", "images/bac.jpg", "port.pdf"}
    assert first.media[0].digest == second.media[0].digest
    assert kept.items() <= {path: path.stat().st_mtime_ns for path in objects(site)}.items()


def test_a_sealed_backup_shows_nothing_and_opens_with_its_identity_only(site: Path, settings: Any) -> None:
    identity = pyrage.x25519.Identity.generate()
    settings.BACKUP_RECIPIENT = str(identity.to_public())
    digest = next(file.digest for file in make_snapshot().media if file.path == "port.pdf")
    assert not any(b"port" in path.read_bytes()[64:] for path in objects(site))
    key, wrong = site / "key.txt", site / "wrong.txt"
    key.write_text(f"# created: today\n# public key: x\n{identity}\n")
    wrong.write_text(str(pyrage.x25519.Identity.generate()))
    Store(site / "backup", AgeSeal(identity=key)).take(digest, site / "out")
    assert (site / "out").read_bytes() == b"port"
    for other in (AgeSeal(), AgeSeal(identity=wrong)):
        with pytest.raises(SealError):
            Store(site / "backup", other).take(digest, site / "out2")
    assert not (site / "out2").exists()


def test_a_key_that_is_none_is_refused_before_anything_is_written(site: Path, settings: Any) -> None:
    settings.BACKUP_RECIPIENT = "age1nonsense"
    with pytest.raises(CommandError, match="No backup was made"):
        call_command("backup")
    assert not (site / "backup").exists()


def test_a_damaged_or_missing_file_is_noticed(site: Path) -> None:
    snapshot = make_snapshot()
    store = Store(site / "backup", NoSeal())
    digest = snapshot.media[0].digest
    path = site / "backup" / "objects" / digest[:2] / digest
    path.write_bytes(b"bad")
    with pytest.raises(DamagedBackup, match="damaged"):
        store.take(digest, site / "out")
    path.unlink()
    with pytest.raises(DamagedBackup, match="lacks"):
        store.take(digest, site / "out")
    assert not (site / "out").exists()


def test_a_backup_mends_what_the_store_lost(site: Path) -> None:
    digest = make_snapshot().media[0].digest
    path = site / "backup" / "objects" / digest[:2] / digest
    path.unlink()
    make_snapshot()
    assert path.exists()


def test_nothing_is_restored_over_a_site_that_is_there(site: Path) -> None:
    make_snapshot()
    with pytest.raises(CommandError, match="tables already"):
        call_command("restore")
    assert (site / "media" / "port.pdf").read_bytes() == b"port"


def test_a_backup_that_is_not_there_cannot_be_restored() -> None:
    with pytest.raises(CommandError, match="There is no backup 2020"):
        call_command("restore", "2020")


def test_old_backups_go_by_rule_with_what_only_they_needed(site: Path) -> None:
    make_snapshot()
    (site / "media" / "port.pdf").unlink()
    old = find()
    file = site / "backup" / "snapshots" / f"{old.name}.json"
    text = file.read_text()
    file.unlink()
    # Two of the same day, two years ago: neither is the newest of a kept month once there are twelve newer ones.
    for months in range(13):
        at = datetime.now(UTC) - timedelta(days=40 + 31 * months)
        (file.parent / f"{at:%Y-%m-%dT%H%M%S-%f}.json").write_text(text.replace(old.made_at, at.isoformat()))
    newest = make_snapshot()
    assert snapshots()[-1].name == newest.name
    assert len(snapshots()) < 14
    assert newest.digests <= {path.name for path in objects(site)}


def test_days_weeks_and_months_keep_their_newest() -> None:
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    every_six_hours = [
        Snapshot((now - timedelta(hours=6 * number)).isoformat(), "sqlite", False, "x") for number in range(4 * 400)
    ][::-1]
    kept = [one.time for one in snapshots_to_keep(every_six_hours, now)]
    assert kept[-4:] == [now - timedelta(hours=hours) for hours in (18, 12, 6, 0)]
    assert len({time.date() for time in kept if now - time < timedelta(days=7)}) == 7
    assert len({time.strftime("%Y-%m") for time in kept}) == 12
    assert len(kept) < 4 + 7 + 5 + 12
