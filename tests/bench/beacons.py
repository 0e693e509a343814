"""
`python -m tests.bench.beacons`: whether a thousand beacons a second slow the pages, and whether all are counted.

One granian worker of the production stack, without nginx. A process of its own sends the beacons, each of one read
and three impressions, while article pages are asked for; in the end the database holds every mark.
"""

import multiprocessing
import os
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import django

from tests.bench.load import Load, put_load_on, read_steadily
from tests.bench.machine import cpu_seconds, machine
from tests.stack import production_stack

BEACONS_PER_SECOND = 1000
CONNECTIONS = 4
SECONDS = 10.0
PAGES_PER_SECOND = 40


def main() -> None:
    """Set up, measure pages without and with beacons, count."""
    print("Setting up the stack and the demo …", flush=True)
    with production_stack() as stack:
        os.environ.update(stack.environment)
        django.setup()
        from aminata24.ads.models import AdFigures, Creative
        from aminata24.audience.models import DailyReads, HourlyReads
        from news.models import ArticlePage
        from tests.bench.newsroom import fill, paths

        stack.stop("application")
        fill(100)
        for model in (AdFigures, HourlyReads, DailyReads):
            model.objects.all().delete()
        pages = paths()["article"]
        articles = list(ArticlePage.objects.live().values_list("pk", flat=True))
        ads = list(Creative.objects.values_list("pk", flat=True)[:3])
        stack.workers = 1
        stack.start_application()
        stack.wait_until_it_answers(pages[0])
        application, port = stack.processes["application"].pid, stack.application_port
        put_load_on(port, pages, 2)
        lines = [row("none", *measured(application, port, pages)) for _ in range(2)]
        with multiprocessing.get_context("spawn").Pool(1) as sender:
            sending = sender.apply_async(send, (port, articles, ads, 4 * SECONDS + 4))
            time.sleep(2)
            lines += [row(f"{BEACONS_PER_SECOND}", *measured(application, port, pages)) for _ in range(2)]
            sent, seconds = sending.get()
        # It writes what it still holds.
        stack.stop("application")
        reads, hours = (sum(model.objects.values_list("count", flat=True)) for model in (DailyReads, HourlyReads))
        seen = sum(AdFigures.objects.values_list("impressions", flat=True))
    print(f"\nOne worker, {machine()}\n")
    print("| beacons/s | steady pages/s | median ms | 99 % ms | CPU | most pages/s |\n|--:|--:|--:|--:|--:|--:|")
    print("\n".join(lines))
    print(f"\n{sent} beacons in {seconds:.1f} s ({sent / seconds:.0f} a second), from as many readers.")
    print(f"Reads: {reads} by day, {hours} by hour. Impressions: {seen}, three a beacon: {3 * sent}.")
    if not reads == hours == sent == seen / 3:
        raise SystemExit("The sums are wrong.")


def measured(application: int, port: int, pages: list[str]) -> tuple[Load, Load, float]:
    """Pages asked for at a steady pace, then as fast as they come; and the share of a core of the steady part."""
    before = cpu_seconds(application)
    steady = read_steadily(port, pages, SECONDS, PAGES_PER_SECOND)
    cpu = (cpu_seconds(application) - before) / SECONDS
    return steady, put_load_on(port, pages, SECONDS), cpu


def row(title: str, steady: Load, most: Load, cpu: float) -> str:
    """One line of the table."""
    return (
        f"| {title} | {steady.pages / SECONDS:.0f} | {steady.median:.1f} | {steady.p99:.1f} | {100 * cpu:.0f} % "
        f"| {most.pages / SECONDS:.0f} |"
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
