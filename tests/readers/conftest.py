"""A reader with an account, and what allauth's forms are sent."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from aminata24.readers.models import User
from tests.conftest import PASSWORD

ADDRESS = "awa@example.com"

SignIn = Callable[..., Client]


@pytest.fixture
def reader(db: None) -> User:
    """A reader whose address is confirmed."""
    return User.objects.create_user(ADDRESS, PASSWORD, first_name="Awa")


def sign_in(client: Client, email: str = ADDRESS, password: str = PASSWORD, **extra: str) -> object:
    """Send the log-in form."""
    return client.post("/compte/connexion/", {"login": email, "password": password, **extra})


def is_signed_in(client: Client) -> bool:
    """Whether the browser is somebody's."""
    return client.get("/moi/").json()["reader"] is not None


def confirm_identity(client: Client, password: str = PASSWORD) -> None:
    """Answer « Is it still you? »."""
    client.post("/compte/confirmer/", {"password": password})


def link_in_mail(number: int = -1) -> str:
    """The path of the first link of a mail."""
    return re.search(r"https?://[^/\s]+(/\S+)", str(mail.outbox[number].body))[1]
