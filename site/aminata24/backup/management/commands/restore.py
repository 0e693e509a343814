"""`manage.py restore`: bring a lost server back."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from aminata24.backup.database import DatabaseError
from aminata24.backup.sealing import SealError
from aminata24.backup.snapshots import NoSnapshot, NotEmpty, find, restore, snapshots
from aminata24.backup.store import DamagedBackup


class Command(BaseCommand):
    """Restores into an empty database and an empty folder; never overwrites anything."""

    help = "Restores the newest backup of BACKUP_DIR, or the one that is named."
    # The database is empty, and what is checked here may ask it.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", nargs="?", default="", help="Which backup; the newest unless given.")
        parser.add_argument("--identity", type=Path, help="The file with the age identity that opens sealed backups.")
        parser.add_argument("--list", action="store_true", help="Only list the backups there are.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            for snapshot in snapshots():
                self.stdout.write(f"{snapshot.name}  {len(snapshot.media)} files")
            return
        try:
            snapshot = find(options["name"])
            restore(snapshot, options["identity"])
        except (DamagedBackup, DatabaseError, NoSnapshot, NotEmpty, SealError, OSError) as error:
            raise CommandError(f"Nothing was restored. {error}") from error
        self.stdout.write(
            f"Backup {snapshot.name} is back: the database and {len(snapshot.media)} files. "
            "Run `manage.py migrate` if the code is newer than the backup."
        )
