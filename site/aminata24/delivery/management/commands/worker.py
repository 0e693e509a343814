"""`manage.py worker`: publish what is scheduled, do what is queued, run what is periodic."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from aminata24.delivery.worker import Worker


class Command(BaseCommand):
    """Runs until SIGTERM or Ctrl-C, and finishes what it is doing; several may run at once."""

    help = "Publishes what is scheduled, does what is queued and runs what is periodic, until it is stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do everything that is due now, then end")
        parser.add_argument("--beside", type=int, metavar="PID", help="end together with the process that started it")

    def handle(self, *args: Any, once: bool, beside: int | None, **options: Any) -> None:
        worker = Worker(beside)
        worker.stop_on_signals()
        if once:
            worker.work_once()
        else:
            worker.work()
