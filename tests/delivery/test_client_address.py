"""Whose address counts: the client's, as far as our own proxies vouch for it."""

import pytest
from django.test import RequestFactory

from aminata24.delivery.client import UNKNOWN, client_address


@pytest.mark.parametrize(
    ("proxies", "forwarded", "found"),
    [
        # Nobody stands before us: what a client writes is its own story.
        (0, "203.0.113.9", "198.51.100.1"),
        (0, None, "198.51.100.1"),
        # One proxy adds what it saw; all before that the client made up.
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        (1, "1.2.3.4, junk, 203.0.113.9", "203.0.113.9"),
        (2, "1.2.3.4, 203.0.113.9, 192.0.2.7", "203.0.113.9"),
        # Fewer entries than proxies: the first one there is was written by a proxy, too.
        (2, "203.0.113.9", "203.0.113.9"),
        # What is no address is none.
        (1, "junk", "198.51.100.1"),
        (1, "", "198.51.100.1"),
        (1, None, "198.51.100.1"),
        # Ports, brackets, and IPv4 in IPv6's clothes.
        (1, "203.0.113.9:4711", "203.0.113.9"),
        (1, "[2001:db8::1]:4711", "2001:db8::1"),
        (1, "2001:DB8::1", "2001:db8::1"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
    ],
)
def test_a_client_is_known_by_what_the_trusted_proxies_saw(
    settings: object, proxies: int, forwarded: str | None, found: str
) -> None:
    settings.TRUSTED_PROXIES = proxies  # type: ignore[attr-defined]
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="198.51.100.1", headers=headers)) == found


def test_a_client_that_comes_by_a_socket_has_an_address_too() -> None:
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="")) == UNKNOWN
