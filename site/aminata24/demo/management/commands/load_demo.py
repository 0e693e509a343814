"""`manage.py load_demo`: the demo newsroom, and who can sign in to it."""

import logging
import os
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from aminata24.demo.loader import load_demo
from aminata24.demo.people import ACCOUNTS, PASSWORD
from aminata24.demo.progress import Progress
from aminata24.demo.removal import remove_demo
from home.models import HomePage


class Command(BaseCommand):
    """Loads what is missing; what is there stays as it is."""

    help = "Loads the demo newsroom: sections, authors, articles, pictures, ads and one account per role."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--fresh", action="store_true", help="First remove the demo's articles, pages, ticker lines and ads."
        )
        parser.add_argument("--if-empty", action="store_true", help="Load only where there is no front page yet.")
        parser.add_argument("--password", help="The password of the accounts; needed outside development.")
        parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="How many draw the pictures.")

    def handle(self, *args: Any, **options: Any) -> None:
        password = options["password"] or (PASSWORD if settings.DEBUG else "")
        if not password:
            raise CommandError("The demo's own password is public. Outside development, choose one with --password.")
        started = time.monotonic()
        # A line for every page published would bury the progress.
        for name in ("wagtail", "django_tasks"):
            logging.getLogger(name).setLevel(logging.WARNING)
        if options["fresh"]:
            remove_demo()
        if not (options["if_empty"] and HomePage.objects.exists()):
            load_demo(Progress(self.stdout), password, processes=options["processes"])
            self.stdout.write(f"The demo newsroom is ready ({time.monotonic() - started:.0f} s).")
        self._print_accounts(options["password"] or PASSWORD)

    def _print_accounts(self, password: str) -> None:
        width = max(len(account.email) for account in ACCOUNTS)
        self.stdout.write(f"\nSign in at {settings.SITE_URL}/admin/ with the password {password}\n")
        for account in ACCOUNTS:
            name = f"{account.first_name} {account.last_name}"
            self.stdout.write(f"  {account.email:<{width}}  {account.role:<16}  {name}")
