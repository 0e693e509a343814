"""`manage.py backup`: the database and what was uploaded, into BACKUP_DIR."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from aminata24.backup.database import DatabaseError
from aminata24.backup.sealing import SealError
from aminata24.backup.snapshots import make_snapshot


class Command(BaseCommand):
    """Makes a backup; safe while the site runs."""

    help = "Backs up the database and the uploaded files into BACKUP_DIR, and forgets old backups by rule."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            snapshot = make_snapshot()
        except (DatabaseError, SealError, OSError) as error:
            raise CommandError(f"No backup was made. {error}") from error
        seal = "sealed" if snapshot.sealed else "not sealed"
        if settings.MEDIA_STORAGE_URL:
            self.stdout.write("Uploaded files lie in the bucket and are in no backup of ours: keep its versions.")
        self.stdout.write(f"Backup {snapshot.name}: the database and {len(snapshot.media)} files, {seal}.")
