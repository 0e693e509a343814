"""What the house itself has done every so often: old sessions and finished tasks are forgotten."""

from datetime import datetime, timedelta

from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from aminata24.delivery.periodic import every

# Long enough to look into a failure.
TASKS_KEPT = timedelta(days=14)


@every(hours=24)
def forget_expired_sessions(now: datetime) -> None:
    """Delete the sessions of those who didn't come back."""
    call_command("clearsessions")


@every(hours=24)
def forget_finished_tasks(now: datetime) -> int:
    """Delete what is known of tasks done long ago; gives how many."""
    return DBTaskResult.objects.finished().filter(finished_at__lt=now - TASKS_KEPT).delete()[0]
