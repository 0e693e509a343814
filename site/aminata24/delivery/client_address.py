"""The address a request comes from, for limits and for counting; nothing stores it."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """
    The reader's address. Empty where the server doesn't know it.

    Anybody can write X-Forwarded-For; only what our own proxies (TRUSTED_PROXIES) added at its end is believed.
    """
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    believed = hops[-settings.TRUSTED_PROXIES :] if settings.TRUSTED_PROXIES else []
    return (believed and believed[0]) or request.META.get("REMOTE_ADDR", "")
