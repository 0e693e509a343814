"""
nginx's cache beside nginx's own files: the same bytes with the same headers, from the same nginx, in turns.

A page's compressed body is written into a file, and that file is served from a location of its own with the page's
headers, as nginx serves files: `sendfile`, `tcp_nopush` and `open_file_cache` are on, the access log is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from statistics import median

from tests.bench.load import Load, put_load_on
from tests.stack import Stack

TURNS = 7
SECONDS = 2
# With fewer, one of nginx's two processes may get them all.
CONNECTIONS = 64
# nginx says these of a file by itself.
NGINX_SAYS = {
    *("accept-ranges", "connection", "content-encoding", "content-length", "content-type", "date"),
    *("etag", "last-modified", "server", "transfer-encoding", "vary"),
}


@dataclass(frozen=True)
class Beside:
    """Medians of all turns: the pages from the cache, and the same bytes from files."""

    name: str
    static: Load
    cached: Load

    @property
    def share(self) -> float:
        """The cache's part of the throughput of files."""
        return self.cached.per_second / self.static.per_second


def measure(stack: Stack, pages: dict[str, Sequence[str]]) -> list[Beside]:
    """Compare for each {name: addresses}."""
    files: dict[str, list[str]] = {}
    locations = []
    directory = stack.home / "beside"
    directory.mkdir()
    directory.chmod(0o755)
    for name, paths in pages.items():
        files[name] = []
        for path in paths:
            number = len(locations)
            headers, body = _as_browsers_get_it(stack, path)
            (directory / f"{number}.html.gz").write_bytes(body)
            locations.append(_location(f"/beside/{number}", f"{directory}/{number}.html", headers))
            files[name].append(f"/beside/{number}")
    (stack.home / "conf" / "beside" / "files.conf").write_text("\n".join(locations))
    stack.reload_nginx()
    return [_in_turns(stack, name, paths, files[name]) for name, paths in pages.items()]


def _in_turns(stack: Stack, name: str, pages: Sequence[str], files: Sequence[str]) -> Beside:
    for page, file in zip(pages, files, strict=True):
        (_, made), (_, copied) = _as_browsers_get_it(stack, page), _as_browsers_get_it(stack, file)
        assert abs(len(made) - len(copied)) < 200, f"{page} is not what {file} is"
    static, cached = [], []
    for _ in range(TURNS):
        static.append(put_load_on(stack.port, files, SECONDS, CONNECTIONS))
        cached.append(put_load_on(stack.port, pages, SECONDS, CONNECTIONS))
    return Beside(name, _middle(static), _middle(cached))


def _middle(loads: list[Load]) -> Load:
    """The medians of several turns."""
    return Load(
        pages=int(median(load.per_second for load in loads)),
        seconds=1,
        median=median(load.median for load in loads),
        p99=median(load.p99 for load in loads),
    )


def _as_browsers_get_it(stack: Stack, path: str) -> tuple[HTTPMessage, bytes]:
    browser = HTTPConnection("127.0.0.1", stack.port, timeout=30)
    browser.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = browser.getresponse()
    assert answer.status == 200, f"{path}: {answer.status}"
    return answer.headers, answer.read()


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
