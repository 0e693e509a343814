"""Counting in memory and writing in batches."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import DataError, OperationalError
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits

from aminata24.delivery import tally as module
from aminata24.delivery.tally import Tally, add_up

DAY = date(2026, 11, 24)


class Table:
    """What a tally saves to, which is away for a while."""

    def __init__(self, *failures):
        self.failures = list(failures)
        self.rows = Counter()
        self.writings = 0

    def save(self, counted):
        if self.failures:
            raise self.failures.pop(0)
        self.writings += 1
        self.rows.update(counted)


class Timer:
    """Stands in for `threading.Timer`; a test says when the time has come."""

    waiting: list["Timer"] = []

    def __init__(self, seconds, function):
        self.function = function

    def start(self):
        self.waiting.append(self)


@pytest.fixture
def timers(monkeypatch, settings):
    settings.COUNTS_SECONDS = 5
    monkeypatch.setattr(Timer, "waiting", [])
    monkeypatch.setattr(module.threading, "Timer", Timer)
    # Nothing of a test is written when the tests end.
    monkeypatch.setattr(module, "Finalize", lambda *args, **kwargs: None)
    return Timer.waiting


def test_eight_threads_lose_no_count_while_a_ninth_writes():
    table = Table()
    tally = Tally(table.save, most=100)

    def count(number):
        for step in range(2_000):
            tally.count(step % 7, "all")
            if step % 500 == number:
                tally.write()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(count, range(8)))
    tally.write()

    assert table.rows["all"] == 16_000
    assert sum(table.rows.values()) == 32_000
    assert table.writings > 1


def test_what_is_counted_within_a_few_seconds_is_written_at_once(timers):
    table = Table()
    tally = Tally(table.save, most=100)
    for _ in range(3):
        tally.count("lagune")
    assert (len(timers), table.writings) == (1, 0)

    timers.pop().function()
    assert (table.rows, table.writings) == ({"lagune": 3}, 1)

    tally.count("lagune")
    timers.pop().function()
    assert table.rows == {"lagune": 4}


def test_while_the_database_is_away_the_counts_wait(timers):
    table = Table(OperationalError("away"), OperationalError("still away"))
    tally = Tally(table.save, most=100)
    tally.count("lagune")
    timers.pop().function()
    tally.count("lagune", "port")
    timers.pop().function()
    assert table.rows == {}

    timers.pop().function()
    assert table.rows == {"lagune": 2, "port": 1}
    assert not timers


def test_counts_that_no_database_takes_are_given_up(timers, caplog):
    table = Table(DataError("too long"))
    tally = Tally(table.save, most=100)
    tally.count("lagune")
    timers.pop().function()
    tally.count("port")
    timers.pop().function()

    assert table.rows == {"port": 1}
    assert "counts_lost" in caplog.text


def test_trying_words_out_fills_no_memory():
    table = Table()
    tally = Tally(table.save, most=2)
    tally.count("a", "b", "c", "a")
    tally.write()
    tally.count("c")
    tally.write()
    assert table.rows == {"a": 2, "b": 1, "c": 1}


@pytest.mark.django_db
def test_counts_are_added_to_those_of_before():
    queries = [Query.objects.create(query_string=text) for text in ("mil", "riz", "fonio")]

    def write(*hits):
        rows = [{"query_id": query.pk, "date": DAY, "hits": count} for query, count in zip(queries, hits, strict=False)]
        add_up(QueryDailyHits, rows, unique_fields=["query_id", "date"], sums=["hits"])

    write(1, 2)
    write(10, 20, 30)
    write()
    hits = QueryDailyHits.objects.filter(date=DAY).order_by("query")
    assert list(hits.values_list("hits", flat=True)) == [11, 22, 30]


@pytest.mark.django_db
def test_more_rows_than_a_statement_holds_are_written_in_several(monkeypatch):
    monkeypatch.setattr(module, "ROWS_IN_A_STATEMENT", 2)
    queries = Query.objects.bulk_create([Query(query_string=f"mot {number}") for number in range(5)])
    rows = [{"query_id": query.pk, "date": DAY, "hits": 1} for query in queries]
    add_up(QueryDailyHits, rows, unique_fields=["query_id", "date"], sums=["hits"])
    assert QueryDailyHits.objects.count() == 5
