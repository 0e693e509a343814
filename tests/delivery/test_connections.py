"""Kept connections to the database are checked now and then, not for every page."""

import pytest
from django.db import connection

from aminata24.delivery import connections

pytestmark = pytest.mark.django_db


@pytest.fixture
def is_checked(monkeypatch):
    """Whether the connection would be checked before the first query of a request with this method, at this second."""
    # As Django leaves it when a request starts; its own receiver would close what a test holds open.
    monkeypatch.setattr(connection, "checked_at", -1000.0, raising=False)

    def is_checked(method: str, second: float) -> bool:
        monkeypatch.setattr(connections.time, "monotonic", lambda: second)
        connection.health_check_done = False
        connections.trust_what_was_just_checked({"REQUEST_METHOD": method})
        return not connection.health_check_done

    return is_checked


def test_a_page_checks_its_connection_once_a_second(is_checked):
    assert [is_checked("GET", second) for second in (10, 10.5, 10.9, 11, 11.5)] == [True, False, False, True, False]


def test_a_form_always_checks_its_connection(is_checked):
    assert [is_checked(method, 10) for method in ("GET", "POST", "GET", "PATCH")] == [True, True, False, True]


def test_every_request_looks_at_its_connection(client, monkeypatch):
    monkeypatch.setattr(connection, "checked_at", 0, raising=False)
    client.get("/robots.txt")
    assert connection.checked_at > 0
