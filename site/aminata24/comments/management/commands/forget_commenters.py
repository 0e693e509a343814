"""Forget the addresses of commenters that nobody needs any more; the worker does it every night."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from aminata24.comments.retention import forget_commenters


class Command(BaseCommand):
    """`manage.py forget_commenters`"""

    help = "Forget addresses of commenters, and spam, that have been kept long enough."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{forget_commenters(timezone.now())} comments and bans were relieved of what was too old.")
