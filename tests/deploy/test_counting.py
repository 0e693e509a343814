"""Counting on the real stack: nothing is lost when its processes end, and little when they are killed."""

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

import psycopg
import pytest
from environ import Env

from tests.audience.beacons import BROWSER
from tests.deploy.conftest import Ask
from tests.deploy.load import wait_until
from tests.stack import PATIENCE_SECONDS, Stack

HEADERS = {name.replace("-", "_"): value for name, value in BROWSER.items()}


@pytest.fixture
def kept(stack: Stack) -> Iterator[Callable[[], int]]:
    """Tells how many impressions of the first ad were written down since the test began."""
    where = Env.db_url_config(stack.environment["DATABASE_URL"])
    query = "SELECT coalesce(sum(impressions), 0) FROM ads_adfigures WHERE creative_id = 1"
    with psycopg.connect(host=where["HOST"], user=where["USER"], dbname=where["NAME"], autocommit=True) as database:
        before = database.execute(query).fetchone()[0]  # type: ignore[index]
        yield lambda: database.execute(query).fetchone()[0] - before  # type: ignore[index]
    if "application" not in stack.processes:
        stack.start_application()
        # A page might come from the cache.
        stack.wait_until_it_answers("/compter/")


def send(stack: Stack, count: int) -> None:
    """Send so many beacons to the application, over eight connections, which reach both its processes."""
    with ThreadPoolExecutor(8) as readers:
        list(readers.map(lambda _: _send(stack.application_port, count // 8), range(8)))


def _send(port: int, count: int) -> None:
    browser = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    for _ in range(count):
        browser.request("POST", "/compter/", "v1", BROWSER)
        answer = browser.getresponse()
        answer.read()
        assert answer.status == 204


def test_two_processes_that_count_at_once_and_are_ended_lose_nothing(stack: Stack, kept: Callable[[], int]) -> None:
    send(stack, 2_400)
    stack.stop("application")
    assert kept() == 2_400


def test_killed_processes_lose_their_last_seconds_only(stack: Stack, kept: Callable[[], int]) -> None:
    send(stack, 800)
    wait_until(lambda: kept() == 800)
    send(stack, 80)
    stack.stop("application", signal.SIGKILL)
    assert 800 <= kept() < 880


def test_a_beacon_passes_nginx_which_keeps_no_answer(ask: Ask) -> None:
    for _ in range(2):
        answer = ask("/compter/", "POST", b"v1", **HEADERS)
        assert (answer.status, answer.cache, answer.body) == (204, "", b"")


def test_what_is_no_beacon_is_refused(ask: Ask) -> None:
    assert ask("/compter/").status == 405
    assert ask("/compter/", "POST", b"junk", **HEADERS).status == 400
    assert ask("/compter/", "POST", b"v1 " * 1_000, **HEADERS).status == 413
    assert ask("/compter/", "POST", b"v1", **HEADERS | {"Sec_Fetch_Site": "cross-site"}).status == 403


def test_one_address_does_not_count_without_end(ask: Ask) -> None:
    with ThreadPoolExecutor(8) as readers:
        answers = list(readers.map(lambda _: ask("/compter/", "POST", b"v2", **HEADERS).status, range(900)))
    assert set(answers) == {204, 429}
    assert answers.count(204) >= 300
