"""Periodic jobs: each runs when its time has come, once, and is caught up with where it was missed."""

from contextlib import nullcontext
from datetime import timedelta
from threading import Event

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from aminata24.delivery import jobs, periodic
from aminata24.delivery.locks import lock
from aminata24.delivery.models import JobRun
from aminata24.delivery.periodic import Periodic, every
from aminata24.newsletter.jobs import forget_the_unconfirmed
from aminata24.newsletter.models import Subscriber

pytestmark = pytest.mark.django_db


@pytest.fixture
def runs(monkeypatch, clock):
    """When the only job there is, an hourly one, ran."""
    monkeypatch.setattr(periodic, "_jobs", {})
    runs = []

    @every(hours=1)
    def water_the_plants(now):
        runs.append(now)

    return runs


def run():
    Periodic(Event()).run()


def test_a_job_runs_at_first_sight_and_then_every_time_its_interval_is_over(runs, clock):
    run()
    clock.turn(minutes=59)
    run()
    assert len(runs) == 1
    clock.turn(minutes=1)
    run()
    run()
    assert len(runs) == 2


def test_a_job_missed_for_five_hours_runs_once_at_the_start(runs, clock):
    run()
    clock.turn(hours=5)
    for _ in range(3):
        run()
    assert len(runs) == 2


def test_a_clock_set_back_neither_runs_a_job_again_nor_holds_it_up(runs, clock):
    run()
    clock.turn(days=-30)
    run()
    assert len(runs) == 1
    clock.turn(hours=1)
    run()
    assert len(runs) == 2


def test_a_clock_set_forward_by_mistake_and_corrected_costs_one_run(runs, clock):
    run()
    clock.turn(days=30)
    run()
    clock.turn(days=-30)
    run()
    clock.turn(minutes=59)
    run()
    assert len(runs) == 2
    clock.turn(minutes=1)
    run()
    assert len(runs) == 3


def test_a_job_that_fails_is_tried_again_and_holds_up_no_other(monkeypatch, clock, caplog):
    monkeypatch.setattr(periodic, "_jobs", {})
    seconds, tries, others = [0.0], [], []
    monkeypatch.setattr(periodic.time, "monotonic", lambda: seconds[0])

    @every(hours=1)
    def fail_at_first(now):
        tries.append(now)
        if len(tries) == 1:
            raise OSError("The printer is on fire.")

    @every(hours=1)
    def another(now):
        others.append(now)

    worker = Periodic(Event())
    worker.run()
    worker.run()
    assert (len(tries), len(others)) == (1, 1)
    assert "job_failed" in caplog.text
    seconds[0] += 301
    worker.run()
    worker.run()
    assert (len(tries), len(others)) == (2, 1)


def test_a_job_that_another_worker_is_running_is_left_to_it(runs, monkeypatch):
    monkeypatch.setattr(periodic, "lock", lambda name: nullcontext(None))
    run()
    assert runs == []


def test_a_job_that_another_worker_ran_a_moment_ago_is_not_run_again(runs, monkeypatch, clock):
    job = next(iter(periodic._jobs))

    def run_by_another(name):
        JobRun.objects.create(job=job, ran_at=clock.now)
        return lock(name)

    monkeypatch.setattr(periodic, "lock", run_by_another)
    run()
    assert runs == []


def test_every_app_s_jobs_are_found():
    periodic.discover()
    assert {
        "aminata24.delivery.jobs.forget_expired_sessions",
        "aminata24.delivery.jobs.forget_finished_tasks",
        "aminata24.newsletter.jobs.forget_the_unconfirmed",
        "aminata24.comments.digest.send_due_digest",
        "aminata24.comments.retention.forget_commenters",
    } <= set(periodic._jobs)


def test_addresses_nobody_confirmed_are_forgotten_after_a_month():
    now = timezone.now()
    for name, left, mailed, confirmed in [
        ("forgotten", 31, 31, None),
        ("never-mailed", 31, None, None),
        ("asked-again", 31, 2, None),
        ("recent", 29, 29, None),
        ("reader", 400, 400, 399),
    ]:
        subscriber = Subscriber.objects.create(
            email=f"{name}@example.com",
            mailed_at=mailed and now - timedelta(days=mailed),
            confirmed_at=confirmed and now - timedelta(days=confirmed),
        )
        Subscriber.objects.filter(pk=subscriber.pk).update(created_at=now - timedelta(days=left))

    assert forget_the_unconfirmed(now) == 2
    kept = Subscriber.objects.order_by("email").values_list("email", flat=True)
    assert [email.split("@")[0] for email in kept] == ["asked-again", "reader", "recent"]


def test_old_sessions_and_tasks_are_forgotten():
    now = timezone.now()
    for name, days in (("old", -1), ("new", 1)):
        Session.objects.create(session_key=name, session_data="", expire_date=now + timedelta(days=days))
    for status, days in (("SUCCESSFUL", 15), ("FAILED", 15), ("SUCCESSFUL", 13), ("READY", 15)):
        DBTaskResult.objects.create(
            status=status, finished_at=now - timedelta(days=days), args_kwargs={}, run_after=now, backend_name="default"
        )

    jobs.forget_expired_sessions(now)
    assert jobs.forget_finished_tasks(now) == 2
    assert Session.objects.get().session_key == "new"
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["READY", "SUCCESSFUL"]
