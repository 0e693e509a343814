"""Readers who go on reading while something happens to the stack; what they saw is looked at afterwards."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count, cycle
from pathlib import Path
from urllib.parse import urlencode

from tests.stack import PATIENCE_SECONDS, Stack

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Seen:
    """One answer, or none: then the status is 0."""

    what: str
    status: int
    seconds: float
    body: str


Visit = Callable[[Stack], Seen]


@dataclass
class Crowd:
    """What readers saw so far."""

    seen: list[Seen] = field(default_factory=list)

    @property
    def failed(self) -> set[tuple[str, int]]:
        """What went wrong: which page, and how."""
        return {(seen.what, seen.status) for seen in self.seen if seen.status not in (200, 302)}

    @property
    def longest_wait(self) -> float:
        """In seconds."""
        return max(seen.seconds for seen in self.seen)


def visit(stack: Stack, path: str, fields: dict[str, str] | None = None, cookie: str = "") -> Seen:
    """Ask for a page, or send a form, over a connection of its own."""
    began = time.monotonic()
    connection = HTTPConnection("127.0.0.1", stack.port, timeout=40)
    headers = {"Cookie": cookie} if cookie else {}
    try:
        if fields is None:
            connection.request("GET", path, headers=headers)
        else:
            connection.request("POST", path, urlencode(fields), headers | FORM)
        answer = connection.getresponse()
        status, body = answer.status, answer.read().decode()
    except (OSError, HTTPException) as error:
        status, body = 0, repr(error)
    finally:
        connection.close()
    return Seen(path.partition("?")[0], status, time.monotonic() - began, body)


def reads(*paths: str) -> Visit:
    """Somebody who goes from page to page."""
    round_trip = cycle(paths)
    return lambda stack: visit(stack, next(round_trip))


def explores(path: str) -> Visit:
    """Somebody who only asks for what nobody saw before."""
    numbers = count()
    return lambda stack: visit(stack, f"{path}?seen-{id(numbers)}={next(numbers)}")


@contextmanager
def crowd(stack: Stack, *visitors: Visit) -> Iterator[Crowd]:
    """Let each of the visitors come again and again for as long as this lasts."""
    crowd, leaving = Crowd(), threading.Event()

    def come_again(call: Visit) -> None:
        while not leaving.is_set():
            crowd.seen.append(call(stack))
            # Leaves the machine something for what is tested.
            leaving.wait(0.01)

    threads = [threading.Thread(target=come_again, args=(call,)) for call in visitors]
    for thread in threads:
        thread.start()
    try:
        yield crowd
    finally:
        leaving.set()
        for thread in threads:
            thread.join()


def wait_until(happened: Callable[[], bool]) -> None:
    """Wait for other processes, which tell nobody when they are done."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < until, "It took too long."
        time.sleep(0.05)


def children(process: int) -> set[int]:
    """The processes that a process started."""
    return set(map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split()))
