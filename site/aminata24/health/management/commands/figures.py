"""`manage.py figures`: serve Prometheus its figures."""

import signal
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from prometheus_client import CollectorRegistry, start_http_server

from aminata24.health.figures import HouseCollector, RequestsCollector


class Command(BaseCommand):
    """Runs until SIGTERM or Ctrl-C, on this machine's own address unless another is named."""

    help = "Serves figures for Prometheus: of requests, the worker, the queue, backups, and the health checks."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=9124)
        parser.add_argument("--address", default="127.0.0.1")

    def handle(self, *args: Any, port: int, address: str, **options: Any) -> None:
        stops = {signal.SIGTERM, signal.SIGINT}
        # Before there are other threads, so that the signals come to this one.
        signal.pthread_sigmask(signal.SIG_BLOCK, stops)
        registry = CollectorRegistry()
        registry.register(HouseCollector())
        if settings.PROMETHEUS_MULTIPROC_DIR:
            registry.register(RequestsCollector())
        server, thread = start_http_server(port, address, registry)
        signal.sigwait(stops)
        server.shutdown()
        thread.join()
