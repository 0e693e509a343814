"""`/sante/`: what is told, to whom, and what makes it 503."""

import os
import shutil
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from aminata24.backup.snapshots import NAME
from aminata24.delivery.models import Heartbeat
from aminata24.health import checks
from aminata24.health.checks import Answer, Question, Status
from tests.delivery.test_settings import SECRETS, manage

pytestmark = pytest.mark.django_db

GB = 1024**3


def beat(age: timedelta = timedelta(0)) -> None:
    now = timezone.now()
    Heartbeat.objects.create(worker="worker-1", process="here:1", started_at=now, beat_at=now - age)


def have_room(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=free))


@pytest.fixture
def back_up(settings, tmp_path: Path) -> Callable[[timedelta], None]:
    """Leave a backup of this age."""
    settings.BACKUP_DIR = tmp_path

    def back_up(age: timedelta) -> None:
        folder = tmp_path / "snapshots"
        folder.mkdir(exist_ok=True)
        (folder / f"{(timezone.now() - age).strftime(NAME)}.json").touch()

    return back_up


@pytest.fixture
def well(monkeypatch, on_this_thread, back_up) -> None:
    """A house in order."""
    beat()
    back_up(timedelta(minutes=20))
    have_room(monkeypatch, 20 * GB)


def status_of(client: Client, check: str) -> tuple[int, str, str]:
    """The answer's code, its word, and that of one check."""
    response = client.get("/sante/")
    told = response.json()
    return response.status_code, told["status"], told["checks"][check]["status"]


def test_a_house_in_order_is_ready(well, client):
    response = client.get("/sante/")
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    told = response.json()
    assert told["status"] == "ok", told
    assert list(told["checks"]) == ["database", "cache", "disk", "worker", "backup"]
    assert told["checks"]["backup"] == {"status": "ok", "message": "The newest is 0.3 hours old."}


def test_the_public_is_told_one_word(well, client, settings):
    settings.TRUSTED_PROXIES = 1
    response = client.get("/sante/", headers={"X-Forwarded-For": "203.0.113.7"})
    assert response.json() == {"status": "ok"}


def test_a_silent_worker_is_a_warning(well, client):
    Heartbeat.objects.all().delete()
    assert status_of(client, "worker") == (200, "warning", "warning")
    beat(timedelta(minutes=2))
    assert status_of(client, "worker") == (200, "warning", "warning")


def test_an_old_backup_is_a_warning_and_so_is_none(well, client, back_up, settings, tmp_path):
    shutil.rmtree(tmp_path / "snapshots")
    assert status_of(client, "backup") == (200, "warning", "warning")
    back_up(timedelta(hours=4))
    assert status_of(client, "backup") == (200, "warning", "warning")
    back_up(timedelta(hours=1))
    assert status_of(client, "backup") == (200, "ok", "ok")


def test_a_disk_that_fills_is_a_warning_and_a_full_one_a_failure(well, client, monkeypatch):
    have_room(monkeypatch, GB)
    assert status_of(client, "disk") == (200, "warning", "warning")
    have_room(monkeypatch, 1024**2)
    assert status_of(client, "disk") == (503, "failed", "failed")


def test_a_disk_that_is_not_there_is_a_failure(well, client, monkeypatch):
    def no_disk(path):
        raise FileNotFoundError("No such file or directory")

    monkeypatch.setattr(shutil, "disk_usage", no_disk)
    assert status_of(client, "disk") == (503, "failed", "failed")


def test_a_failing_database_is_a_failure_and_says_no_password(well, client, monkeypatch):
    def refuse(self, *args, **kwargs):
        raise OperationalError('connection to "postgres://site:lagune-2026@db/site" failed\nsecond line')

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", refuse)
    response = client.get("/sante/")
    told = response.json()
    assert (response.status_code, told["status"]) == (503, "failed")
    assert told["checks"]["database"]["message"] == (
        'OperationalError: connection to "postgres://site:[masked]@db/site" failed'
    )
    assert told["checks"]["worker"]["status"] == "warning"
    assert client.get("/sante/vivant/").status_code == 200


def test_a_cache_that_keeps_nothing_is_a_failure(well, client, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert status_of(client, "cache") == (503, "failed", "failed")


def test_a_cache_that_hangs_holds_nobody_up_and_one_thread_at_most(monkeypatch):
    released, waiting = threading.Event(), []

    def hang() -> Answer:
        waiting.append(threading.current_thread())
        released.wait(60)
        return Answer(Status.OK, "At last.")

    monkeypatch.setattr(checks, "QUESTIONS", {"cache": Question(hang, Status.FAILED)})
    monkeypatch.setattr(checks, "PATIENCE", 0.1)
    for _time in range(3):
        assert checks.answers() == {"cache": Answer(Status.FAILED, "No answer in 0.1 seconds.")}
    assert len(waiting) == 1
    released.set()
    waiting[0].join()
    assert checks.answers() == {"cache": Answer(Status.OK, "At last.")}


def test_an_answer_holds_for_a_moment_however_often_it_is_asked_for(monkeypatch):
    looks = []

    def look() -> Answer:
        looks.append(1)
        return Answer(Status.OK, "Well.")

    monkeypatch.setattr(checks, "KEPT_SECONDS", 60.0)
    question = Question(look, Status.FAILED)
    assert [question.ask().result().message for _time in range(5)] == ["Well."] * 5
    assert len(looks) == 1
    monkeypatch.setattr(checks, "KEPT_SECONDS", 0.0)
    question.ask().result()
    assert len(looks) == 2


def test_only_reading_is_answered(client, on_this_thread):
    assert client.post("/sante/").status_code == 405
    assert client.head("/sante/vivant/").status_code == 200


def test_a_server_without_its_database_still_says_how_it_is() -> None:
    """All of production's middleware, no database, and a host name that nobody allowed."""
    ask = """
from django.test import Client
for path in ("/sante/", "/sante/vivant/"):
    answer = Client().get(path, headers={"Host": "10.0.0.1", "X-Forwarded-For": "127.0.0.1"})
    print(answer.status_code, answer.content.decode())
"""
    nowhere = {"DATABASE_URL": "postgres://aminata24:secret-of-lagune@127.0.0.1:9/aminata24", "DATA_DIR": os.getcwd()}
    shown = manage("shell", "--no-imports", "-c", ask, **SECRETS | nowhere)
    assert shown.returncode == 0, shown.stderr
    ready, live = shown.stdout.splitlines()
    assert ready.startswith('503 {"status": "failed", "checks": {"database": {"status": "failed", "message": "Oper')
    assert '"worker": {"status": "warning"' in ready
    assert live == '200 {"status": "ok"}'
    assert "secret-of-lagune" not in shown.stdout + shown.stderr
