"""What a page costs: bytes on the way to a phone, and questions to the database."""

import gzip
import re
from posixpath import join, normpath
from urllib.parse import urlsplit
from urllib.request import urlopen

from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from aminata24.delivery.memory import forget

_LINK = re.compile(r"<link\b[^>]*>")
_SCRIPT = re.compile(r'<script\b[^>]*\bsrc="([^"]+)"')
_HREF = re.compile(r'\bhref="([^"]+)"')
_IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+\.js)["']""")


def weigh(origin: str, path: str) -> dict[str, int]:
    """Give the gzip bytes of a page's HTML, CSS and JavaScript, with every module that a script imports."""
    html = _get(origin, path)
    text = html.decode()
    sheets = {_HREF.search(link)[1] for link in _LINK.findall(text) if "stylesheet" in link}  # type: ignore[index]
    scripts: dict[str, bytes] = {}
    waiting = _SCRIPT.findall(text)
    while waiting:
        address = waiting.pop()
        if address not in scripts:
            scripts[address] = _get(origin, address)
            found = _IMPORT.findall(scripts[address].decode())
            waiting += [normpath(join(address.rpartition("/")[0], module)) for module in found]
    return {
        "HTML": _zipped(html),
        "CSS": sum(_zipped(_get(origin, sheet)) for sheet in sheets),
        "JavaScript": sum(_zipped(script) for script in scripts.values()),
    }


def count_queries(path: str) -> int:
    """Count what a page asks the database when nothing is remembered."""
    cache.clear()
    forget()
    with override_settings(SURROUNDINGS_CACHE_SECONDS=60), CaptureQueriesContext(connection) as queries:
        answer = Client(SERVER_NAME="127.0.0.1").get(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return len(queries)


def _get(origin: str, address: str) -> bytes:
    assert not urlsplit(address).netloc or address.startswith(origin), f"{address} is a third party"
    with urlopen(origin + address.removeprefix(origin)) as answer:
        return answer.read()


def _zipped(content: bytes) -> int:
    return len(gzip.compress(content, compresslevel=6, mtime=0))
