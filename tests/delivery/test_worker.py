"""The worker as real processes: killed in the middle, several at once, thrown out by the database."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import PageLogEntry, Revision

from aminata24.delivery.models import Heartbeat, JobRun
from home.models import HomePage
from news.models import ArticlePage, PageListing, PrintedStory
from tests.factories import ArticleFactory, SectionFactory, schedule
from tests.own_database import own_database

ROOT = Path(__file__).resolve().parents[2]
# Far more than it takes, for machines that are busy with other tests.
PATIENCE = 90


class Workers:
    """Workers on a database of their own, as production runs them."""

    def __init__(self, database: str, directory: Path) -> None:
        self.directory = directory
        self.paused = directory / "paused"
        self.job_log = directory / "jobs"
        self._environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
            "DJANGO_SETTINGS_MODULE": "aminata24.settings.production",
            "ENV_FILE": os.devnull,
            "SECRET_KEY": "only-for-the-length-of-a-test-on-this-very-machine-alone",
            "SITE_URL": "http://127.0.0.1",
            "ALLOWED_HOSTS": "127.0.0.1",
            "DATABASE_URL": database,
            "EMAIL_URL": "dummymail://",
            "DATA_DIR": str(directory),
            "PAUSED": str(self.paused),
            "JOB_LOG": str(self.job_log),
        }
        self._running: list[subprocess.Popen] = []

    def start(self, pause_at: str = "") -> subprocess.Popen:
        """Start a worker, which pauses at a place and waits to be killed."""
        log = (self.directory / f"worker-{len(self._running)}.log").open("w")
        command = [sys.executable, "-m", "tests.delivery.watched_worker"]
        environment = {**self._environment, "PAUSE_AT": pause_at}
        worker = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        )
        self._running.append(worker)
        return worker

    def kill_at(self, place: str) -> None:
        """Start a worker and kill it where it pauses."""
        worker = self.start(pause_at=place)
        self.wait_until(self.paused.exists)
        worker.kill()
        worker.wait()
        self.paused.unlink()

    def wait_until(self, condition: Callable[[], Any]) -> None:
        """Wait for what the workers do; fails with what they said when it doesn't come."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.1)

    def said(self) -> str:
        """What all workers logged."""
        return "\n".join(path.read_text() for path in sorted(self.directory.glob("worker-*.log")))

    def stop(self) -> list[int]:
        """Ask those that still run to stop; gives what they end with."""
        running = [worker for worker in self._running if worker.poll() is None]
        for worker in running:
            worker.send_signal(signal.SIGTERM)
        return [worker.wait(PATIENCE) for worker in running]

    def kill(self) -> None:
        """Leave none behind."""
        for worker in self._running:
            worker.kill()
            worker.wait()


@pytest.fixture
def workers(db: None, tmp_path: Path) -> Iterator[Workers]:
    """Workers, and their database also for the test."""
    with own_database(tmp_path) as database:
        workers = Workers(database, tmp_path)
        yield workers
        workers.kill()


def queue_is_empty() -> bool:
    """Whether every task was done."""
    return not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists()


@pytest.mark.long
def test_a_publication_survives_the_death_of_its_worker_and_happens_once(workers: Workers, client: Client) -> None:
    section = SectionFactory(parent=HomePage.objects.get(), slug="afrique")
    at = timezone.now().replace(second=0, microsecond=0) - timedelta(minutes=5)
    articles = [schedule(ArticleFactory(parent=section, live=False), at) for _ in range(6)]

    # Killed when everything was written, and nothing committed: as if nothing had been.
    workers.kill_at("publication")
    assert not ArticlePage.objects.filter(live=True).exists()
    assert Revision.objects.filter(approved_go_live_at=at).count() == 6
    assert not PageListing.objects.exists()
    assert not DBTaskResult.objects.exists()

    # Killed after the publication, when the first story was about to be printed: the task waits for another worker.
    workers.kill_at("task")
    assert DBTaskResult.objects.running().count() == 1

    # Two at once share what is left.
    workers.start()
    workers.start()
    workers.wait_until(lambda: ArticlePage.objects.filter(live=True).count() == 6 and queue_is_empty())
    workers.wait_until(lambda: workers.job_log.exists() and "ends" in workers.job_log.read_text())
    workers.wait_until(lambda: Heartbeat.objects.count() == 2)
    assert not Heartbeat.is_silent()

    # The database throws both out, as when it is restarted; they come back.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        workers.wait_until(lambda: workers.said().count("worker_started") == 6)
    articles.append(schedule(ArticleFactory(parent=section, live=False), at))
    workers.wait_until(lambda: ArticlePage.objects.filter(live=True).count() == 7 and queue_is_empty())
    assert workers.stop() == [0, 0]

    for article in articles:
        assert PageLogEntry.objects.filter(page=article.pk, action="wagtail.publish.scheduled").count() == 1
        assert PageListing.objects.filter(article=article).count() == 2
        # The one that was killed may not have come to say it.
        assert workers.said().count(f"published kind=articlepage key={article.pk} ") <= 1
        assert PrintedStory.objects.filter(article=article).exists()
        assert client.get(article.path_on_site).status_code == 200
    assert set(ArticlePage.objects.values_list("published_at", flat=True)) == {at}
    assert DBTaskResult.objects.filter(task_path="news.printing.print_stories").count() == 7
    assert [len(task.worker_ids) for task in DBTaskResult.objects.all()].count(2) == 1
    assert articles[0].title in client.get("/recherche/", {"q": "lagune"}).content.decode()

    # The hourly job was run once, by one of the two.
    assert workers.job_log.read_text().split() == ["begins", "ends"]
    assert JobRun.objects.filter(job__endswith="write_to_log").count() == 1
