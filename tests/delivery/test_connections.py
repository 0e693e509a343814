"""Kept connections to the database are checked after a pause, not for every page."""

import sys
from subprocess import run

import pytest
from django.db import DatabaseError, connection, transaction

from aminata24.delivery import connections
from tests.factories import root_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def is_checked(monkeypatch):
    """Whether the connection, which answered at second 10, would be checked by such a request at this second."""

    def is_checked(method: str, second: float) -> bool:
        monkeypatch.setattr(connections, "perf_counter", lambda: second)
        # As Django leaves it when a request starts; its own receiver would close what a test holds open.
        connection.health_check_done = False
        connections.trust_what_just_answered({"REQUEST_METHOD": method})
        return not connection.health_check_done

    monkeypatch.setattr(connection, "answered_at", 10.0, raising=False)
    return is_checked


def test_connections_are_looked_at_when_a_request_starts_after_django_did():
    """Asked of a new process: Django's test client turns the order round."""
    order = """
import django
from django.core.signals import request_started
django.setup()
print(*(receiver.__name__ for receiver in request_started._live_receivers(None)[0]))
"""
    receivers = run([sys.executable, "-c", order], check=True, capture_output=True, text=True).stdout.split()
    assert receivers.index("close_old_connections") < receivers.index("trust_what_just_answered")


def test_a_page_checks_its_connection_after_a_second_without_an_answer(is_checked):
    assert [is_checked("GET", second) for second in (10, 10.5, 10.9, 11, 11.5)] == [False, False, False, True, True]


def test_a_page_that_asks_nothing_vouches_for_no_connection(is_checked):
    assert [is_checked("HEAD", second) for second in (11.5, 11.6, 11.7)] == [True, True, True]


def test_a_form_always_checks_its_connection(is_checked):
    assert [is_checked(method, 10) for method in ("GET", "POST", "GET", "PATCH")] == [False, True, False, True]


def test_a_connection_that_never_answered_is_checked(is_checked, monkeypatch):
    monkeypatch.delattr(connection, "answered_at")
    assert is_checked("GET", 10)


def test_only_a_query_that_succeeds_is_an_answer(monkeypatch):
    with transaction.atomic():
        monkeypatch.setattr(connection, "answered_at", 0, raising=False)
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT nonsense")
        assert connection.answered_at == 0
        transaction.set_rollback(True)
    root_page()
    assert connection.answered_at > 0
