"""The production stack with a small newsroom, for tests that go through the real nginx. One for nearly all of them."""

import socket
import ssl
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.stack import Stack, https_stack, production_stack

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
    """What shares a stack runs in one process; a module with a stack of its own may run beside it."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.stack)
            item.add_marker(pytest.mark.long)
            item.add_marker(pytest.mark.xdist_group(item.path.stem if "stack" in vars(item.module) else "stack"))


# What the newsroom offers as a file, for all and for editors alone.
OFFER_DOCUMENTS = """
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction
from tests.documents.files import GOOD
def offer(pk, name, **fields):
    document = get_document_model()(pk=pk, title=name, **fields)
    document.file.save(f"offered-{name}", ContentFile(GOOD[name]))
    return document
offer(901, "film.mp4"), offer(902, "rapport.pdf")
private = Collection.get_first_root_node().add_child(name="Enquête")
CollectionViewRestriction.objects.create(collection=private, restriction_type=CollectionViewRestriction.LOGIN)
offer(903, "prix.csv", collection=private)
"""
DOMAIN = "aminata24.example"


@dataclass(frozen=True)
class Answer:
    """What came back over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes
    cookies: list[str] = field(default_factory=list)
    # How often each header came.
    counts: Counter[str] = field(default_factory=Counter)

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
        running.manage("shell", "--no-imports", "-c", OFFER_DOCUMENTS)
        running.wait_until_it_answers("/afrique/")
        yield running


@pytest.fixture(scope="package")
def https_site(stack: Stack) -> Iterator[Stack]:
    """The same content as on a server: HTTPS, redirects, nothing for other names."""
    with https_stack(stack, DOMAIN) as running:
        yield running


def ask_raw(port: int, request: bytes, patience: float = 20, tls: ssl.SSLContext | None = None) -> Answer:
    """Send bytes, whatever they are, and read one answer; status 0 where the connection was just closed."""
    with socket.create_connection(("127.0.0.1", port), timeout=patience) as connection:
        try:
            if tls:
                connection = tls.wrap_socket(connection, server_hostname=DOMAIN)
            connection.sendall(request)
            received = b"".join(iter(lambda: connection.recv(65_536), b""))
        except (ConnectionError, ssl.SSLEOFError):
            return Answer(0, {}, b"")
        finally:
            connection.close()
    return _read(received)


def _read(received: bytes) -> Answer:
    head, _, body = received.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    if not lines[0].startswith("HTTP/"):
        return Answer(0, {}, received)
    fields = [line.split(": ", 1) for line in lines[1:] if ": " in line]
    headers = {name.lower(): value for name, value in fields}
    cookies = [value for name, value in fields if name.lower() == "set-cookie"]
    counts = Counter(name.lower() for name, _value in fields)
    if headers.get("transfer-encoding") == "chunked":
        body = unchunked(body)
    return Answer(int(lines[0].split()[1]), headers, body, cookies, counts)


def unchunked(body: bytes) -> bytes:
    """What came in chunks, in one."""
    whole = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        if not int(size, 16):
            break
        whole, body = whole + body[: int(size, 16)], body[int(size, 16) + 2 :]
    return whole


def request(path: str, method: str, host: str, body: bytes, headers: dict[str, str]) -> bytes:
    """A request as no well-behaved browser would send it."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


@pytest.fixture
def ask(stack: Stack) -> Ask:
    """Ask for a path: `ask(path, method, body, host, headers…)`."""

    def ask(path: str, method: str = "GET", body: bytes = b"", host: str = "", **headers: str) -> Answer:
        return ask_raw(stack.port, request(path, method, host or f"127.0.0.1:{stack.port}", body, headers))

    return ask


@pytest.fixture
def ask_https(https_site: Stack) -> Ask:
    """The same over HTTPS, by a browser that believes the certificate."""
    tls = ssl.create_default_context(cafile=https_site.home / "certificate.pem")

    def ask(path: str, method: str = "GET", body: bytes = b"", host: str = DOMAIN, **headers: str) -> Answer:
        return ask_raw(https_site.port, request(path, method, host, body, headers), tls=tls)

    return ask


@pytest.fixture
def ask_http(https_site: Stack) -> Ask:
    """The same where there is HTTPS, without it."""

    def ask(path: str, method: str = "GET", body: bytes = b"", host: str = DOMAIN, **headers: str) -> Answer:
        return ask_raw(https_site.http_port, request(path, method, host, body, headers))

    return ask
