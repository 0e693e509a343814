"""The production stack with a small newsroom, for tests that go through the real nginx. One for all of them."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.stack import Stack, production_stack

WRITE_A_PAPER = """
from tests.conftest import PASSWORD, make_home_page
from tests.newsroom import make_newsroom
from aminata24.readers.models import User
from django.core.management import call_command
print(make_newsroom(make_home_page(), articles=6).article.path_on_site)
User.objects.create_superuser("chief@aminata24.example", PASSWORD)
"""


# Before xdist looks at the groups.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder shares one stack, so it runs in one process."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.stack)
            item.add_marker(pytest.mark.long)
            item.add_marker(pytest.mark.xdist_group("stack"))


@dataclass(frozen=True)
class Answer:
    """What came back over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def cache(self) -> str:
        """What nginx's cache said: HIT, MISS, STALE, …; empty where it was not asked."""
        return self.headers.get("x-cache", "")


Ask = Callable[..., Answer]


@pytest.fixture(scope="package")
def stack() -> Iterator[Stack]:
    """The running stack."""
    with production_stack(sending_rate="1000r/s") as running:
        running.manage("shell", "--no-imports", "-c", WRITE_A_PAPER)
        running.wait_until_it_answers("/afrique/")
        yield running


def ask_raw(port: int, request: bytes, patience: float = 20) -> Answer:
    """Send bytes, whatever they are, and read one answer; status 0 where the connection was just closed."""
    with socket.create_connection(("127.0.0.1", port), timeout=patience) as connection:
        try:
            connection.sendall(request)
            received = b"".join(iter(lambda: connection.recv(65_536), b""))
        except ConnectionError:
            return Answer(0, {}, b"")
    head, _, body = received.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    if not lines[0].startswith("HTTP/"):
        return Answer(0, {}, received)
    fields = [line.split(": ", 1) for line in lines[1:] if ": " in line]
    headers = {name.lower(): value for name, value in fields}
    return Answer(int(lines[0].split()[1]), headers, body)


@pytest.fixture
def ask(stack: Stack) -> Ask:
    """Ask for a path as no well-behaved browser would: `ask(path, method, headers…)`."""

    def ask(path: str, method: str = "GET", body: bytes = b"", host: str = "", **headers: str) -> Answer:
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host or f'127.0.0.1:{stack.port}'}", "Connection: close"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        if body:
            lines.append(f"Content-Length: {len(body)}")
        return ask_raw(stack.port, "\r\n".join([*lines, "", ""]).encode("latin-1") + body)

    return ask
