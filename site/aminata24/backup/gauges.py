"""Figures of backups."""

from django.utils import timezone

from aminata24.backup.snapshots import newest_time
from aminata24.health.figures import gauge


@gauge("backup_age_seconds", "How old the newest backup is.")
def backup_age() -> float | None:
    """Nothing while there is no backup."""
    made_at = newest_time()
    return (timezone.now() - made_at).total_seconds() if made_at else None
