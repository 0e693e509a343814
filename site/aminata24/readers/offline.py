"""
Reading offline: the service worker, and the page it shows for whatever was not kept.

The pages of saved articles are kept by `static/js/saved_copies.js`. The worker shows them where the line is down;
it keeps nothing but the files that every page needs.
"""

import json
import re
from collections.abc import Iterable, Iterator
from hashlib import blake2s
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse

from aminata24.delivery.cache import public
from aminata24.delivery.memory import remember_briefly
from news.printing import press

STATIC_FILES = Path(settings.SITE_ROOT, "static")
WORKER = STATIC_FILES / "js" / "service_worker.js"

# What a kept article, the offline page and the page of saved articles are made of; scripts with all they import.
SCRIPTS = ("early.js", "site.js", "saved_page.js")
STYLE_SHEETS = ("tokens.css", "layout.css", "components.css", "article.css", "pages.css", "print.css")
ICONS = ("sprite.svg", "favicon.svg")
PAGES = ("offline", "saved", "brand_stylesheet")

_IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["']\./([^"']+\.js)["']""")


@public
def offline(request: HttpRequest) -> HttpResponse:
    """What can be read without a line; the script lists it."""
    return render(request, "readers/offline.html")


def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker, at the root of the site so that it serves all of it; browsers ask for it anew each time."""
    response = HttpResponse(worker_source(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@remember_briefly
def worker_source() -> str:
    """The worker's script, below a line that says what it keeps; both change with any of these files."""
    names = [f"css/{name}" for name in STYLE_SHEETS] + [f"icons/{name}" for name in ICONS]
    names += [f"js/{name}" for name in _with_imports(SCRIPTS)]
    # By the plain name: pages of an earlier release ask for the same file under another one.
    files = {settings.STATIC_URL + name: static(name) for name in names}
    files |= {path: path for path in map(reverse, PAGES)}
    digest = blake2s(f"{press()} {json.dumps(files)}".encode(), digest_size=8)
    for path in (WORKER, *(STATIC_FILES / name for name in names)):
        digest.update(path.read_bytes())
    return f'const FILES = {json.dumps(files)}, VERSION = "{digest.hexdigest()}";\n{WORKER.read_text()}'


def _with_imports(scripts: Iterable[str]) -> Iterator[str]:
    waiting, seen = list(scripts), set(scripts)
    for name in waiting:
        yield name
        found = set(_IMPORT.findall((STATIC_FILES / "js" / name).read_text())) - seen
        waiting += sorted(found)
        seen |= found
