"""
`python -m tests.bench.beacons`: whether a thousand beacons a second slow the pages, and whether all are counted.

One granian worker on PostgreSQL, production settings, no cache in front. A process of its own sends the beacons,
each of one read and three impressions, while article pages are asked for; the database then holds every mark.
"""

import multiprocessing
import os
import socket
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

import django

from tests.bench.load import Load, put_load_on, read_steadily
from tests.bench.server import cpu_seconds, granian, machine, production_environment
from tests.postgres import postgres
from tests.stack import free_port

BEACONS_PER_SECOND = 1000
CONNECTIONS = 4
SECONDS = 10.0
PAGES_PER_SECOND = 40


def main() -> None:
    """Set up, measure pages without and with beacons, count."""
    with postgres(durable=True) as database, tempfile.TemporaryDirectory(prefix="aminata24-bench-") as data:
        port = free_port()
        os.environ.update(production_environment(port, database, data))
        django.setup()
        from django.core.management import call_command
        from django.db import connection

        from aminata24.ads.models import AdFigures, Creative
        from aminata24.audience.models import DailyReads, HourlyReads
        from news.models import ArticlePage
        from tests.bench.newsroom import fill, paths

        print("Setting up PostgreSQL and the demo …", flush=True)
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("migrate", verbosity=0)
        fill(100)
        for model in (AdFigures, HourlyReads, DailyReads):
            model.objects.all().delete()
        pages = paths()["article"]
        articles = list(ArticlePage.objects.live().values_list("pk", flat=True))
        ads = list(Creative.objects.values_list("pk", flat=True)[:3])
        connection.close()
        lines = []
        sent = 0
        with granian(port, workers=1) as server:
            put_load_on(port, pages, 2)
            lines.append(row("no beacons", *measured(server, port, pages)))
            lines.append(row("no beacons", *measured(server, port, pages)))
            with multiprocessing.get_context("spawn").Pool(1) as sender:
                sending = sender.apply_async(send, (port, articles, ads, 4 * SECONDS + 4))
                time.sleep(2)
                lines.append(row(f"{BEACONS_PER_SECOND} beacons/s", *measured(server, port, pages)))
                lines.append(row(f"{BEACONS_PER_SECOND} beacons/s", *measured(server, port, pages)))
                sent, seconds = sending.get()
        reads, hours = (sum(model.objects.values_list("count", flat=True)) for model in (DailyReads, HourlyReads))
        seen = sum(AdFigures.objects.values_list("impressions", flat=True))
        print(f"\nOne worker, {machine()}\n")
        print(
            "| | steady pages/s | median ms | 99 % ms | most pages/s | CPU of the server |\n|---|--:|--:|--:|--:|--:|"
        )
        print("\n".join(lines))
        print(f"\n{sent} beacons in {seconds:.1f} s ({sent / seconds:.0f}/s), from as many readers.")
        print(f"Reads: {reads} by day, {hours} by hour. Impressions: {seen}, three a beacon: {3 * sent}.")
        if not reads == hours == sent == seen / 3:
            raise SystemExit("The sums are wrong.")


def measured(server: int, port: int, pages: list[str]) -> tuple[Load, Load, float]:
    """Pages asked for at a steady pace, then as fast as they come; and the share of a core of the steady part."""
    before = cpu_seconds(server)
    steady = read_steadily(port, pages, SECONDS, PAGES_PER_SECOND)
    cpu = (cpu_seconds(server) - before) / SECONDS
    return steady, put_load_on(port, pages, SECONDS), cpu


def row(title: str, steady: Load, most: Load, cpu: float) -> str:
    """One line of the table."""
    return (
        f"| {title} | {steady.pages / SECONDS:.0f} | {steady.median:.1f} | {steady.p99:.1f} "
        f"| {most.pages / SECONDS:.0f} | {100 * cpu:.0f} % |"
    )


def send(port: int, articles: list[int], ads: list[int], seconds: float) -> tuple[int, float]:
    """Send beacons at a steady pace over a few connections; gives how many were answered with 204, in which time."""
    with ThreadPoolExecutor(CONNECTIONS) as senders:
        started = time.perf_counter()
        sent = list(senders.map(lambda number: _send(port, articles, ads, seconds, number), range(CONNECTIONS)))
        return sum(sent), time.perf_counter() - started


def _send(port: int, articles: list[int], ads: list[int], seconds: float, sender: int) -> int:
    pace = CONNECTIONS / BEACONS_PER_SECOND
    started = time.perf_counter()
    count = int(seconds / pace)
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for number in range(count):
            time.sleep(max(0, started + number * pace - time.perf_counter()))
            body = " ".join([f"r{articles[number % len(articles)]}", *(f"v{ad}" for ad in ads)])
            connection.sendall(
                f"POST /compter/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nSec-Fetch-Site: same-origin\r\n"
                # A reader of its own each time, or the guest book would count it once an hour.
                f"User-Agent: Mozilla/5.0 ({sender}/{number})\r\nAccept-Language: fr\r\n"
                f"Content-Type: text/plain;charset=UTF-8\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
            )
            answer = connection.recv(65_536)
            if not answer.startswith(b"HTTP/1.1 204"):
                raise SystemExit(f"A beacon was answered: {answer[:200]!r}")
    return count


if __name__ == "__main__":
    main()
