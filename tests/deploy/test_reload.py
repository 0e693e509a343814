"""A deploy under load, as site/deploy/install does it: nobody's request is lost."""

import signal
import socket
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.deploy.conftest import Ask
from tests.deploy.load import Seen, children, crowd, explores, reads, visit, wait_until
from tests.stack import Stack

Release = Callable[..., None]


@pytest.fixture
def release(stack: Stack, ask: Ask) -> Iterator[Release]:
    """Starts a release beside the current one and lets it take over; nginx finds it by a link, as on a server."""
    conf = stack.home / "conf" / "http.conf"
    by_port, link = conf.read_text(), stack.home / "run" / "current"
    numbers = count(1)

    def release(**environment: str) -> None:
        name = f"release-{next(numbers)}"
        path = stack.home / "run" / f"{name}.sock"
        stack.start_application(name, socket=path, **environment)
        wait_until(lambda: _answers(path))
        following = link.with_name("next")
        following.symlink_to(path)
        following.replace(link)

    release()
    conf.write_text(by_port.replace(f"127.0.0.1:{stack.application_port}", f"unix:{link}"))
    _reload_nginx(stack)
    yield release
    conf.write_text(by_port)
    _reload_nginx(stack)
    for name in [name for name in stack.processes if name.startswith("release-")]:
        stack.stop(name)


def test_two_releases_under_load_lose_no_request(stack: Stack, release: Release, ask: Ask) -> None:
    addresses = (f"reader-{number}@example.org" for number in count())
    sent: list[str] = []

    def subscribes(stack: Stack) -> Seen:
        sent.append(next(addresses))
        return visit(stack, "/lettre/", {"email": sent[-1]})

    with crowd(stack, reads("/", "/afrique/"), explores("/en-continu/"), reads("/lettre/"), subscribes) as readers:
        release(PAGE_CACHE_SECONDS="2")
        _drain(readers.seen)
        stack.stop("release-1")
        assert "s-maxage=2" in ask("/en-continu/?new=1").headers["cache-control"]
        release(PAGE_CACHE_SECONDS="3")
        _drain(readers.seen)
        stack.stop("release-2")
        assert "s-maxage=3" in ask("/en-continu/?new=2").headers["cache-control"]
    assert readers.failed == set()
    assert len(readers.seen) > 200
    assert stack.ask_database("SELECT count(*) FROM newsletter_subscriber") == len(sent)


def _answers(path: Path) -> bool:
    """Whether a release answers; also what wakes its processes up."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(10)
        try:
            connection.connect(str(path))
            connection.sendall(b"GET /en-continu/ HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
            return connection.recv(12).endswith(b" 200")
        except OSError:
            return False


def _reload_nginx(stack: Stack) -> None:
    """Let nginx read its configuration anew; its processes are others afterwards."""
    before = children(stack.processes["nginx"].pid)
    stack.processes["nginx"].send_signal(signal.SIGHUP)
    wait_until(lambda: not before & children(stack.processes["nginx"].pid))
    stack.wait_until_it_answers("/lettre/")


def _drain(seen: list[Seen]) -> None:
    """Until what was asked before is answered: every reader has come again."""
    until = len(seen) + 20
    wait_until(lambda: len(seen) > until)
