"""
`python -m tests.bench.beacons`: whether a thousand beacons a second slow the pages, and whether all are counted.

One granian worker of the production stack, without nginx. A process of its own sends the beacons, each of one read
and three impressions, while article pages are asked for; in the end the database holds every mark. Stretches with and
without beacons take turns, so that both suffer alike from whatever else the machine does.
"""

import multiprocessing
import os
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import django

from tests.bench.load import put_load_on, read_steadily
from tests.bench.machine import cpu_seconds, machine
from tests.stack import production_stack

BEACONS_PER_SECOND = 1000
PAGES_PER_SECOND = 40
CONNECTIONS = 4
STRETCHES = 10
SECONDS = 3.0


@dataclass
class Measured:
    """What the stretches of a kind add up to."""

    waits: list[float] = field(default_factory=list)
    beacons: int = 0
    seconds: float = 0
    cpu: float = 0

    def part(self, share: float) -> float:
        """The milliseconds in which this share of the pages was there."""
        return 1000 * sorted(self.waits)[int(share * (len(self.waits) - 1))]


def main() -> None:
    """Set up, measure pages without and with beacons in turns, count."""
    print("Setting up the stack and the demo …", flush=True)
    with production_stack() as stack, multiprocessing.get_context("spawn").Pool(1) as sender:
        os.environ.update(stack.environment)
        django.setup()
        from aminata24.ads.models import AdFigures, Creative
        from aminata24.audience.models import DailyReads, HourlyReads
        from news.models import ArticlePage
        from tests.bench.newsroom import fill
        from tests.bench.pages import paths

        stack.stop("application")
        fill(100)
        for model in (AdFigures, HourlyReads, DailyReads):
            model.objects.all().delete()
        pages = paths()["article"]
        articles = list(ArticlePage.objects.live().values_list("pk", flat=True))
        ads = list(Creative.objects.values_list("pk", flat=True)[:3])
        stack.workers = 1
        stack.start_application()
        stack.wait_until_it_answers("/compter/")
        application, port = stack.processes["application"].pid, stack.application_port
        put_load_on(port, pages, 2)
        quiet, busy = Measured(), Measured()
        for stretch in range(STRETCHES):
            for measured in (quiet, busy):
                before, started = cpu_seconds(application), time.perf_counter()
                if measured is busy:
                    sending = sender.apply_async(send, (port, articles, ads, stretch))
                measured.waits += read_steadily(port, pages, SECONDS, PAGES_PER_SECOND)
                if measured is busy:
                    measured.beacons += sending.get()
                measured.seconds += time.perf_counter() - started
                measured.cpu += cpu_seconds(application) - before
        # It writes what it still holds.
        stack.stop("application")
        reads, hours = (sum(model.objects.values_list("count", flat=True)) for model in (DailyReads, HourlyReads))
        seen = sum(AdFigures.objects.values_list("impressions", flat=True))
    page = quiet.cpu / len(quiet.waits)
    beacon = (busy.cpu - page * len(busy.waits)) / busy.beacons
    print(f"\nOne worker, {machine()}\n")
    print("| beacons/s | pages/s | median ms | 90 % ms | 99 % ms |\n|--:|--:|--:|--:|--:|")
    for measured in (quiet, busy):
        parts = " | ".join(f"{measured.part(share):.1f}" for share in (0.5, 0.9, 0.99))
        each = f"{measured.beacons / measured.seconds:.0f} | {len(measured.waits) / measured.seconds:.0f}"
        print(f"| {each} | {parts} |")
    print(f"\nCPU: {1e3 * page:.1f} ms a page, {1e3 * beacon:.2f} ms a beacon.")
    print(f"{busy.beacons} beacons were sent, of a read and three impressions each.")
    print(f"Kept: {reads} reads by day, {hours} by hour, {seen} impressions.")
    if not reads == hours == busy.beacons == seen / 3:
        raise SystemExit("The sums are wrong.")


def send(port: int, articles: list[int], ads: list[int], stretch: int) -> int:
    """Send beacons at a steady pace over a few connections; gives how many were answered with 204."""
    with ThreadPoolExecutor(CONNECTIONS) as senders:
        sent = senders.map(lambda number: _send(port, articles, ads, f"{stretch}/{number}"), range(CONNECTIONS))
        return sum(sent)


def _send(port: int, articles: list[int], ads: list[int], reader: str) -> int:
    pace = CONNECTIONS / BEACONS_PER_SECOND
    started = time.perf_counter()
    count = int(SECONDS / pace)
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for number in range(count):
            time.sleep(max(0, started + number * pace - time.perf_counter()))
            body = " ".join([f"r{articles[number % len(articles)]}", *(f"v{ad}" for ad in ads)])
            connection.sendall(
                f"POST /compter/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nSec-Fetch-Site: same-origin\r\n"
                # A reader of its own each time, or the guest book would count it once an hour.
                f"User-Agent: Mozilla/5.0 ({reader}/{number})\r\nAccept-Language: fr\r\n"
                f"Content-Type: text/plain;charset=UTF-8\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
            )
            answer = connection.recv(65_536)
            if not answer.startswith(b"HTTP/1.1 204"):
                raise SystemExit(f"A beacon was answered: {answer[:200]!r}")
    return count


if __name__ == "__main__":
    main()
