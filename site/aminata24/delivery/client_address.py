"""Who asks: the address of a reader's machine, behind as many proxies as we know of."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """
    The client's IP address; empty where nobody knows it, as behind a Unix socket.

    Each proxy adds the address it was asked from to the end of X-Forwarded-For. What stands before the entries of
    our own TRUSTED_PROXIES anybody could have written.
    """
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")[-settings.TRUSTED_PROXIES :]
    candidates = [forwarded[0]] if settings.TRUSTED_PROXIES else []
    for candidate in (*candidates, request.META.get("REMOTE_ADDR", "")):
        address = _parse(candidate.strip())
        if address:
            return address
    return ""


def _parse(text: str) -> str:
    """An address in its usual form, without the port some proxies write; empty for what is none."""
    for candidate in (text, text.rpartition(":")[0]):
        try:
            address = ip_address(candidate.strip("[]"))
        except ValueError:
            continue
        # An IPv4 address is the same one when IPv6 carries it.
        return str(getattr(address, "ipv4_mapped", None) or address)
    return ""
