"""Counting on a real server: granian's processes on PostgreSQL, ended and killed."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import Sum
from pytest_django import DjangoDbBlocker

from aminata24.ads.models import AdFigures
from tests.audience.beacons import BROWSER
from tests.bench.server import granian, production_environment
from tests.factories import CreativeFactory, PlacementFactory
from tests.stack import free_port

pytestmark = pytest.mark.django_db

PATIENCE = 60


@pytest.fixture(scope="module")
def ads(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[int]]:
    """An ad for each test here, made before its transaction begins: other processes see them too."""
    with django_db_blocker.unblock():
        if connection.vendor != "postgresql":
            pytest.skip("Other processes can't see a database in memory.")
        creatives = [CreativeFactory(placement=PlacementFactory(slot=slot)) for slot in ("header", "footer")]
    yield [creative.pk for creative in creatives]
    with django_db_blocker.unblock():
        for creative in creatives:
            creative.campaign.delete()
            creative.placement.delete()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., tuple[int, int]]]:
    """Start a server on the tests' database; gives its port and the session its processes are in."""
    with ExitStack() as servers:

        def serve(seconds: int) -> tuple[int, int]:
            database = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{connection.settings_dict['NAME']}"
            port = free_port()
            environment = production_environment(port, database, str(tmp_path)) | {"COUNTS_SECONDS": str(seconds)}
            return port, servers.enter_context(granian(port, workers=1, environment=environment))

        yield serve


def send(port: int, mark: str, count: int) -> None:
    """Send so many beacons over one connection."""
    browser = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    for _ in range(count):
        browser.request("POST", "/compter/", mark, {**BROWSER, "Origin": f"http://127.0.0.1:{port}"})
        answer = browser.getresponse()
        answer.read()
        assert answer.status == 204


def send_from_many(port: int, mark: str, count: int) -> None:
    """Send so many beacons over eight connections, as many browsers do."""
    with ThreadPoolExecutor(8) as readers:
        list(readers.map(lambda _: send(port, mark, count // 8), range(8)))


def kept(ad: int) -> int:
    """How many impressions the database holds."""
    return AdFigures.objects.filter(creative=ad).aggregate(sum=Sum("impressions"))["sum"] or 0


def test_two_processes_that_write_at_once_and_are_ended_lose_nothing(
    ads: list[int], serve: Callable[..., tuple[int, int]]
) -> None:
    ad = ads[0]
    with ThreadPoolExecutor(2) as tests:
        # One writes again and again, the other only when it ends.
        (one, first), (other, second) = serve(seconds=1), serve(seconds=600)
        list(tests.map(lambda port: send_from_many(port, f"v{ad}", 1_600), (one, other)))
        for server in (first, second):
            os.kill(server, signal.SIGTERM)
            wait_until(lambda server=server: not processes_of(server))
    assert kept(ad) == 3_200


def test_a_killed_server_loses_the_last_seconds_only(ads: list[int], serve: Callable[..., tuple[int, int]]) -> None:
    ad = ads[1]
    port, server = serve(seconds=1)
    send_from_many(port, f"v{ad}", 800)
    wait_until(lambda: kept(ad) == 800)
    send_from_many(port, f"v{ad}", 80)
    os.killpg(server, signal.SIGKILL)
    wait_until(lambda: not processes_of(server))
    assert 800 <= kept(ad) <= 880


def processes_of(session: int) -> list[Path]:
    """The processes of a server that still run."""
    found = []
    for process in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = process.read_text().rpartition(")")[2].split()
        except OSError:  # It ended meanwhile.
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(process)
    return found


def wait_until(happened: Callable[[], bool]) -> None:
    """Wait for other processes, which tell nobody when they are done."""
    until = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < until, "It took too long."
        time.sleep(0.05)
