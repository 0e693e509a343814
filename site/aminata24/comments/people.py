"""
Who is at the other end: an account, or a browser that has sent something before.

A visitor's name and e-mail address prove nothing, since anybody can type them. What tells one visitor from another is
a signed cookie that comes with the answer to the first thing they send; only pages that no cache keeps set it, or ask
for it. It holds a random number and serves to trust, to edit, and to count a like or a report once.
"""

import secrets
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from aminata24.comments.models import Ban, Comment
from aminata24.delivery.client import client_address
from aminata24.readers.models import User

COOKIE = "commentaires"
COOKIE_PATH = "/commentaires/"
COOKIE_SECONDS = 365 * 86_400
_SALT = "aminata24.comments.people"
_VISITOR = "visitor:"


@dataclass(frozen=True)
class Person:
    """Somebody who comments, likes or reports; `key` is what we tell them from others by."""

    key: str
    address_key: str
    reader: User | None = None
    is_staff: bool = False
    # Whether we have met this account or browser before.
    is_known: bool = True

    @property
    def name(self) -> str:
        """What an account is called; empty for visitors, who say so themselves."""
        return self.reader.get_full_name() if self.reader else ""

    def wrote(self, comment: Comment) -> bool:
        """Whether a comment is theirs."""
        return bool(comment.person) and comment.person == self.key

    def is_trusted(self, name: str, email: str) -> bool:
        """
        Whether something of theirs was published before.

        Of a visitor under the same name and address: whoever is trusted may not take another's name on the way.
        """
        if not self.is_known:
            return False
        theirs = Comment.objects.published().filter(person=self.key)
        return (theirs if self.reader else theirs.filter(name=name, email=email)).exists()

    def is_banned(self, email: str = "") -> bool:
        """Whether a moderator keeps them out."""
        if self.reader:
            return Ban.objects.of(self.reader.pk, self.reader.email, self.address_key).exists()
        return Ban.objects.of(None, email, self.address_key).exists()


def person_of(request: HttpRequest) -> Person:
    """Who sent this request; a browser never seen before is somebody new each time, until `remember`."""
    address_key = key_of_address(client_address(request))
    if request.user.is_authenticated:
        is_staff = request.user.has_perm("wagtailadmin.access_admin")
        return Person(f"reader:{request.user.pk}", address_key, request.user, is_staff)
    token = request.get_signed_cookie(COOKIE, default="", salt=_SALT, max_age=COOKIE_SECONDS)
    return Person(_VISITOR + (token or secrets.token_urlsafe(16)), address_key, is_known=bool(token))


def remember(response: HttpResponse, key: str) -> HttpResponse:
    """Let a visitor's browser be known by this key from now on; an account is known anyway."""
    if key.startswith(_VISITOR):
        response.set_signed_cookie(
            COOKIE,
            key.removeprefix(_VISITOR),
            salt=_SALT,
            max_age=COOKIE_SECONDS,
            path=COOKIE_PATH,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def key_of_address(address: str) -> str:
    """A keyed hash of a network address; of IPv6 the part that a household keeps. Empty without an address."""
    return salted_hmac(_SALT, _network(address, 32, 64), algorithm="sha256").hexdigest() if address else ""


def blurred(address: str) -> str:
    """The address without the part that points to one household, for services that ask for an address."""
    return _network(address, 24, 48).partition("/")[0] if address else ""


def _network(address: str, bits: int, bits_of_ipv6: int) -> str:
    parsed = ip_address(address)
    return str(ip_network((parsed, bits_of_ipv6 if isinstance(parsed, IPv6Address) else bits), strict=False))
