"""Figures for Prometheus: what is counted of requests, and what is looked at when somebody asks."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve
from django.utils import timezone
from prometheus_client import REGISTRY, CollectorRegistry
from prometheus_client.exposition import generate_latest

from aminata24.backup.snapshots import NAME
from aminata24.delivery.models import Heartbeat
from aminata24.health import checks, figures
from aminata24.health.checks import Answer, Question, Status
from aminata24.health.middleware import HealthMiddleware
from aminata24.health.trace import current
from tests.factories import ArticleFactory, CommentFactory


def counted(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(f"aminata24_{name}", labels) or 0


@pytest.fixture
def ask(settings, tmp_path):
    """Ask for a page, counted, of a view that makes two queries."""
    settings.PROMETHEUS_MULTIPROC_DIR = str(tmp_path / "figures")

    def view(request):
        request.resolver_match = None if request.path == "/nowhere" else resolve(request.path)
        current.get().queries += 2
        current.get().query_seconds += 0.25
        return HttpResponse(status=404 if request.path == "/nowhere" else 200)

    return lambda path: HealthMiddleware(view)(RequestFactory().get(path))


def test_requests_are_counted_by_view_and_status_with_their_time_and_queries(ask):
    before = counted("query_seconds_total", view="newsletter_thanks")
    for _request in range(3):
        ask("/lettre/merci/")
    assert counted("requests_total", view="newsletter_thanks", status="200") == 3
    assert counted("request_seconds_count", view="newsletter_thanks") == 3
    assert counted("request_seconds_bucket", view="newsletter_thanks", le="10.0") == 3
    assert counted("queries_total", view="newsletter_thanks") == 6
    assert counted("query_seconds_total", view="newsletter_thanks") == before + 0.75


def test_what_anybody_types_makes_no_new_figure(ask):
    for path in ("/nowhere", "/lettre/confirmer/abc/", "/lettre/confirmer/def/", "/admin/pages/1/", "/admin/pages/2/"):
        ask(path)
    assert counted("requests_total", view="unknown", status="404") == 1
    assert counted("requests_total", view="newsletter_confirm", status="200") == 2
    assert counted("requests_total", view="admin", status="200") == 2


def test_pages_are_counted_by_their_kind(settings, tmp_path, client, section):
    article = ArticleFactory(parent=section)
    settings.PROMETHEUS_MULTIPROC_DIR = str(tmp_path)
    client.get(article.path_on_site)
    assert counted("requests_total", view="ArticlePage", status="200") == 1
    assert counted("queries_total", view="ArticlePage") > 0


def test_nothing_is_counted_where_there_is_nowhere_to(client, home_page):
    before = counted("requests_total", view="newsletter_subscribe", status="200")
    client.get("/lettre/")
    assert counted("requests_total", view="newsletter_subscribe", status="200") == before


def served() -> dict[str, str]:
    """What the house says of itself, by name."""
    registry = CollectorRegistry()
    registry.register(figures.HouseCollector())
    lines = generate_latest(registry).decode().splitlines()
    return dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))


@pytest.mark.django_db
@pytest.mark.usefixtures("on_this_thread")
def test_the_house_tells_of_worker_queue_backups_comments_and_cache(section, settings, tmp_path):
    now = timezone.now()
    Heartbeat.objects.create(worker="worker-1", process="here:1", started_at=now, beat_at=now - timedelta(seconds=30))
    settings.BACKUP_DIR = settings.DATA_DIR = tmp_path
    (tmp_path / "snapshots").mkdir()
    for hours in (30, 2):
        (tmp_path / "snapshots" / f"{(now - timedelta(hours=hours)).strftime(NAME)}.json").touch()
    CommentFactory.create_batch(2, article=ArticleFactory(parent=section), status="pending")
    told = served()
    assert 30 <= float(told["aminata24_worker_silence_seconds"]) < 90
    assert 7200 <= float(told["aminata24_backup_age_seconds"]) < 7260
    assert told["aminata24_comments_waiting"] == "2.0"
    assert told["aminata24_tasks_waiting"] == told["aminata24_tasks_failed"] == told["aminata24_cache_entries"] == "0.0"
    assert told["aminata24_tasks_oldest_seconds"] == "0.0"
    assert float(told["aminata24_disk_free_bytes"]) > 0
    assert told['aminata24_check{check="database"}'] == "0.0"


@pytest.mark.django_db
@pytest.mark.usefixtures("on_this_thread")
def test_while_the_database_is_away_the_checks_still_tell(monkeypatch):
    away = Question(lambda: Answer(Status.FAILED, "Away."), Status.FAILED)
    monkeypatch.setitem(checks.QUESTIONS, "database", away)
    told = served()
    assert told['aminata24_check{check="database"}'] == "2.0"
    assert "aminata24_comments_waiting" not in told


@pytest.mark.django_db
@pytest.mark.usefixtures("on_this_thread")
def test_a_figure_that_fails_takes_no_other_along(monkeypatch, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    monkeypatch.setitem(figures._gauges, "broken", ("Fails.", lambda: 1 / 0))
    told = served()
    assert "aminata24_broken" not in told
    assert "aminata24_disk_free_bytes" in told


def test_a_backup_is_not_told_of_before_there_is_one(settings, tmp_path):
    from aminata24.backup.gauges import backup_age

    settings.BACKUP_DIR = tmp_path
    assert backup_age() is None
