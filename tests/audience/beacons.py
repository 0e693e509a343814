"""Sending beacons as a browser does."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

BROWSER = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile",
    "Accept-Language": "fr-CI,fr;q=0.9",
    "Sec-Fetch-Site": "same-origin",
    "Origin": "http://testserver",
}


def send(
    client: Client, marks: str | bytes, headers: dict[str, str | None] | None = None, **extra: Any
) -> HttpResponse:
    """Send a beacon; a header of None is left out."""
    sent = {name: value for name, value in {**BROWSER, **(headers or {})}.items() if value is not None}
    return client.post("/compter/", marks, content_type="text/plain;charset=UTF-8", headers=sent, **extra)
