"""The queue of tasks, and the locks by which workers know that another one lives."""

from datetime import timedelta
from threading import Event

import pytest
from django.core import mail
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from aminata24.delivery import queue
from aminata24.delivery.locks import is_free, lock
from aminata24.delivery.models import Heartbeat
from aminata24.delivery.queue import Queue
from aminata24.newsletter.models import Subscriber
from aminata24.newsletter.tasks import send_link
from news.models import ArticlePage, PrintedStory
from tests.factories import ArticleFactory, schedule
from tests.own_database import own_database

pytestmark = pytest.mark.django_db


@pytest.fixture
def queued(settings, home_page):
    """Tasks wait in the database, as in production; here is one, which sends a mail."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    DBTaskResult.objects.all().delete()
    send_link.enqueue(Subscriber.objects.create(email="awa@example.com").pk)
    return DBTaskResult.objects.get()


def begun_by(task, *workers):
    """A task as workers leave it that die while they do it."""
    for worker in workers:
        task.claim(worker)
    return task


def work(worker="worker-1"):
    Queue(worker, Event()).run()


def test_a_task_is_done_once(queued):
    assert not mail.outbox
    work()
    work()
    assert len(mail.outbox) == 1
    queued.refresh_from_db()
    assert queued.status == "SUCCESSFUL"


def test_a_task_that_fails_holds_up_no_other(queued):
    send_link.enqueue(0)
    send_link.enqueue(Subscriber.objects.get().pk)
    work()
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "SUCCESSFUL", "SUCCESSFUL"]


@pytest.mark.parametrize("worker", ["worker-1", "worker-2"])
def test_a_task_whose_worker_died_is_done_by_its_successor_or_by_another(queued, worker):
    begun_by(queued, "worker-1")
    work(worker)
    assert len(mail.outbox) == 1


def test_a_task_that_another_worker_is_doing_is_left_to_it(queued, monkeypatch):
    monkeypatch.setattr(queue, "is_free", lambda name: False)
    begun_by(queued, "worker-2")
    work()
    assert not mail.outbox


def test_a_task_that_killed_three_workers_is_given_up(queued, caplog):
    begun_by(queued, "worker-1", "worker-2", "worker-1")
    work()
    assert not mail.outbox
    queued.refresh_from_db()
    assert queued.status == "FAILED"
    assert "task_left_half_done" in caplog.text


def test_what_follows_a_publication_is_queued_with_it(queued, section, clock):
    article = schedule(ArticleFactory(parent=section, live=False), clock.now)
    DBTaskResult.objects.all().delete()
    call_command("worker", "--once")
    assert ArticlePage.objects.get(pk=article.pk).live
    assert PrintedStory.objects.filter(article=article).exists()
    assert set(DBTaskResult.objects.values_list("task_path", "status")) == {
        ("modelsearch.tasks.insert_or_update_object_task", "SUCCESSFUL"),
        ("wagtail.tasks.update_reference_index_task", "SUCCESSFUL"),
        ("news.printing.print_stories", "SUCCESSFUL"),
    }


def test_a_lock_has_one_holder_until_it_gives_it_back(tmp_path):
    with own_database(tmp_path):
        with lock("press") as first, lock("press") as second, lock("kiosk") as another:
            assert first
            assert second is None
            assert another
            assert not is_free("press")
            first()
        assert is_free("press")


def test_a_worker_not_heard_of_for_a_minute_is_silent(clock):
    assert Heartbeat.is_silent()
    for worker, minutes in (("worker-1", 60), ("worker-2", 0)):
        at = clock.now - timedelta(minutes=minutes)
        Heartbeat.objects.create(worker=worker, process="here:1", started_at=at, beat_at=at)
    assert not Heartbeat.is_silent()
    clock.turn(seconds=61)
    assert Heartbeat.age() == timedelta(seconds=61)
    assert Heartbeat.is_silent()
    clock.turn(days=-1)
    assert Heartbeat.is_silent()
