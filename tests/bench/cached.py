"""
nginx's cache beside nginx's own files: the same bytes with the same headers, from the same nginx, in turns.

A page's compressed body is written into a file, and that file is served from a location of its own with the page's
headers, as nginx serves files: `sendfile`, `tcp_nopush` and `open_file_cache` are on, the access log is written.
"""

import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage, HTTPSConnection
from statistics import median

from tests.bench.load import Load, put_http2_load_on, put_load_on
from tests.stack import Stack, https_stack

TURNS = 5
SECONDS = 2
# How the load comes: as bare as it can be, and as readers come to a server.
TLS_NAME = "localhost"
WAYS = [("HTTP/1.1", 8), ("HTTP/1.1", 64), ("HTTP/2", 64)]
# nginx says these of a file by itself.
NGINX_SAYS = {
    *("accept-ranges", "connection", "content-encoding", "content-length", "content-type", "date"),
    *("etag", "last-modified", "server", "transfer-encoding", "vary"),
}


@dataclass(frozen=True)
class Beside:
    """Medians of all turns: the pages from the cache, and the same bytes from files."""

    name: str
    protocol: str
    connections: int
    static: Load
    cached: Load

    @property
    def share(self) -> float:
        """The cache's part of the throughput of files."""
        return self.cached.per_second / self.static.per_second


def measure(stack: Stack, pages: dict[str, Sequence[str]]) -> Iterator[Beside]:
    """Compare for each {name: addresses}, in all WAYS."""
    with https_stack(stack, TLS_NAME) as secure:
        places = {"HTTP/1.1": Place(stack, pages), "HTTP/2": Place(secure, pages, TLS_NAME)}
        for protocol, connections in WAYS:
            for name in pages:
                static, cached = places[protocol].in_turns(name, connections)
                yield Beside(name, protocol, connections, static, cached)


class Place:
    """A running stack that serves pages from its cache, and the same as files."""

    def __init__(self, stack: Stack, pages: dict[str, Sequence[str]], tls_name: str = "") -> None:
        self.stack, self.pages, self.tls_name = stack, pages, tls_name
        self.files: dict[str, list[str]] = {}
        self._offer_as_files()

    def _offer_as_files(self) -> None:
        """Write what each page is into a file, and have nginx serve that with the page's headers."""
        # h2load doesn't come back where nginx closes a connection.
        locations = ["keepalive_requests 100000000;"]
        directory = self.stack.home / "beside"
        directory.mkdir()
        directory.chmod(0o755)
        for name, paths in self.pages.items():
            self.files[name] = []
            for path in paths:
                number = len(locations)
                headers, body = self._as_browsers_get_it(path)
                (directory / f"{number}.html.gz").write_bytes(body)
                locations.append(_location(f"/beside/{number}", f"{directory}/{number}.html", headers))
                self.files[name].append(f"/beside/{number}")
        (self.stack.home / "conf" / "beside" / "files.conf").write_text("\n".join(locations))
        self.stack.reload_nginx()

    def in_turns(self, name: str, connections: int) -> tuple[Load, Load]:
        """The loads that files and cache bear."""
        for page, file in zip(self.pages[name], self.files[name], strict=True):
            (_, made), (_, copied) = self._as_browsers_get_it(page), self._as_browsers_get_it(file)
            assert abs(len(made) - len(copied)) < 200, f"{page} is not what {file} is"
        static, cached = [], []
        for _ in range(TURNS):
            for loads, paths in ((static, self.files[name]), (cached, self.pages[name])):
                loads.append(self._put_load_on(paths, connections))
        return _middle(static), _middle(cached)

    def _put_load_on(self, paths: Sequence[str], connections: int) -> Load:
        if self.tls_name:
            return put_http2_load_on(self.stack.port, self.tls_name, paths, SECONDS, connections)
        return put_load_on(self.stack.port, paths, SECONDS, connections)

    def _as_browsers_get_it(self, path: str) -> tuple[HTTPMessage, bytes]:
        browser: HTTPConnection
        if self.tls_name:
            # Our own certificate of a moment ago.
            trusting = ssl._create_unverified_context()
            browser = HTTPSConnection(self.tls_name, self.stack.port, timeout=30, context=trusting)
        else:
            browser = HTTPConnection("127.0.0.1", self.stack.port, timeout=30)
        browser.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = browser.getresponse()
        assert answer.status == 200, f"{path}: {answer.status}"
        return answer.headers, answer.read()


def _middle(loads: list[Load]) -> Load:
    """The medians of several turns."""
    return Load(
        pages=int(median(load.per_second for load in loads)),
        seconds=1,
        median=median(load.median for load in loads),
        p99=median(load.p99 for load in loads),
    )


def _location(path: str, file: str, headers: HTTPMessage) -> str:
    said = "\n".join(
        f"    add_header {name} '{_quoted(value)}';"
        for name, value in headers.items()
        if name.lower() not in NGINX_SAYS
    )
    return (
        f"location = {path} {{\n    alias {file};\n    types {{}}\n    default_type text/html;\n"
        f"    gzip_static always;\n    gzip_vary on;\n{said}\n}}"
    )


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")
