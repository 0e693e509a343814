"""The short memory between requests."""

from concurrent.futures import ThreadPoolExecutor
from threading import get_ident

import pytest

from aminata24.delivery import memory
from aminata24.delivery.memory import remember_briefly


class Clock:
    """A clock that a test sets."""

    now = 100.0

    def monotonic(self):
        return self.now


def counted(monkeypatch, settings, seconds):
    settings.SURROUNDINGS_CACHE_SECONDS = seconds
    clock, calls = Clock(), []
    monkeypatch.setattr(memory, "time", clock)

    @remember_briefly
    def latest(count=1):
        calls.append(count)
        return len(calls)

    return clock, latest


def test_what_was_made_a_moment_ago_is_not_made_again(monkeypatch, settings):
    clock, latest = counted(monkeypatch, settings, seconds=1)
    assert latest() == 1
    clock.now += 0.9
    assert latest() == 1


def test_what_is_older_than_the_setting_is_made_anew(monkeypatch, settings):
    clock, latest = counted(monkeypatch, settings, seconds=1)
    assert latest() == 1
    clock.now += 1.1
    assert latest() == 2


def test_other_arguments_are_remembered_apart(monkeypatch, settings):
    _, latest = counted(monkeypatch, settings, seconds=1)
    assert (latest(1), latest(2), latest(1)) == (1, 2, 1)


def test_zero_seconds_remember_nothing(monkeypatch, settings):
    _, latest = counted(monkeypatch, settings, seconds=0)
    assert (latest(), latest()) == (1, 2)


def test_what_is_forgotten_while_it_is_made_is_not_kept(monkeypatch, settings):
    settings.SURROUNDINGS_CACHE_SECONDS = 60
    headlines = ["old"]

    @remember_briefly
    def latest():
        made = headlines[-1]
        if made == "old":
            headlines.append("new")
            memory.forget()
        return made

    assert latest() == "old"
    assert latest() == "new"


def test_threads_may_remember_side_by_side(settings):
    settings.SURROUNDINGS_CACHE_SECONDS = 0.0001

    @remember_briefly
    def square(number):
        return number * number

    with ThreadPoolExecutor(8) as threads:
        results = threads.map(lambda number: square(number % 50), range(20_000))
        assert list(results) == [(number % 50) ** 2 for number in range(20_000)]


@pytest.mark.parametrize(("age", "shown"), [(1.9, 100), (2.1, None)])
def test_while_one_thread_makes_a_value_anew_the_others_show_what_was(monkeypatch, settings, age, shown):
    settings.SURROUNDINGS_CACHE_SECONDS = 1
    clock, shown_meanwhile = Clock(), []
    monkeypatch.setattr(memory, "time", clock)
    thread = get_ident()

    @remember_briefly
    def latest():
        if get_ident() != thread:
            return None
        if clock.now > 100:
            with ThreadPoolExecutor() as others:
                shown_meanwhile.append(others.submit(latest).result())
        return clock.now

    assert latest() == 100
    clock.now += age
    assert latest() == latest() == clock.now
    assert shown_meanwhile == [shown]
