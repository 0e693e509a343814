"""Mail moderators what waits, if it is time for that; the worker does it by itself."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from aminata24.comments.digest import send_due_digest


class Command(BaseCommand):
    """`manage.py send_moderation_digest`"""

    help = "Mail moderators what waits for them, if a digest is due and something waits."

    def handle(self, *args: Any, **options: Any) -> None:
        sent = send_due_digest(timezone.now())
        self.stdout.write("The digest went out." if sent else "No digest is due, or nothing waits.")
