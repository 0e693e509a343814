"""
`/compter/`: what a page reports of its reader, without a cookie, a session or a query.

A beacon is a few marks, each a letter and the key of a thing: `r42 v7` says that article 42 was read and ad 7 was
seen. Other apps count theirs: `@takes` marks the function that does. Whatever is sent, nothing comes back.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from aminata24.audience.guests import GuestBook
from aminata24.delivery.client import client_address

Count = Callable[[int], None]

ADDRESS = "/compter/"
LONGEST = 400
_MARKS = re.compile(rb"[a-z][1-9]\d{0,17}(?: [a-z][1-9]\d{0,17})*")

# Those that run a page's scripts, and those that write requests and say so. Cubot makes phones.
_ROBOTS = re.compile(
    r"(?<!cu)bot|crawl|spider|slurp|headless|lighthouse|preview|python|curl|wget|java/|okhttp|go-http", re.IGNORECASE
)


@dataclass(frozen=True)
class Taker:
    """What counts a kind of mark, and whether the same guest's counts but once an hour."""

    count: Count
    once_an_hour: bool


_takers: dict[str, Taker] = {}
guests = GuestBook()


def takes(letter: str, once_an_hour: bool) -> Callable[[Count], Count]:
    """Give the marks of a letter to a function that counts the thing of this key."""

    def register(count: Count) -> Count:
        _takers[letter] = Taker(count, once_an_hour)
        return count

    return register


@csrf_exempt
def take_beacon(request: HttpRequest) -> HttpResponse:
    """Count what a page of ours reports; 204 also where nothing is counted."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not _is_from_our_page(request):
        return HttpResponse(status=403)
    marks = _marks(request)
    if marks is None:
        return HttpResponse(status=400)
    if _is_counted(request):
        guest = (client_address(request), request.META["HTTP_USER_AGENT"])
        for mark in dict.fromkeys(marks):
            taker = _takers.get(mark[0])
            if taker and (not taker.once_an_hour or guests.is_new(*guest, mark)):
                taker.count(int(mark[1:]))
    return HttpResponse(status=204, headers={"Cache-Control": "no-store"})


def _marks(request: HttpRequest) -> list[str] | None:
    """The marks of a beacon; None where it is none."""
    try:
        body = request.read(LONGEST + 1)
    except UnreadablePostError:
        return None
    return body.decode().split(" ") if len(body) <= LONGEST and _MARKS.fullmatch(body) else None


def _is_from_our_page(request: HttpRequest) -> bool:
    """Whether a browser says that a page of this site sent it; older browsers only say Origin."""
    if site := request.META.get("HTTP_SEC_FETCH_SITE"):
        return site == "same-origin"
    return request.META.get("HTTP_ORIGIN", "").partition("://")[2] == request.get_host()


def _is_counted(request: HttpRequest) -> bool:
    """Whether a person reads who doesn't mind: no robot, no page loaded ahead, no preview, no wish to be left alone."""
    headers = request.META
    return (
        "HTTP_ACCEPT_LANGUAGE" in headers
        and "HTTP_SEC_PURPOSE" not in headers
        and "1" not in (headers.get("HTTP_SEC_GPC"), headers.get("HTTP_DNT"))
        and "/admin/" not in headers.get("HTTP_REFERER", "")
        and not _is_robot(headers.get("HTTP_USER_AGENT", ""))
    )


@lru_cache(maxsize=1000)
def _is_robot(user_agent: str) -> bool:
    return not user_agent or _ROBOTS.search(user_agent) is not None
