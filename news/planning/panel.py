"""« À publier » on the admin's home page: what goes live next, what should have, and whether the worker works."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.models import Revision

from aminata24.delivery.models import Heartbeat
from news.models import BreakingNews
from news.planning.entries import Entry, Status, as_entries, expiring, scheduled
from news.planning.views import may_see_planning

SHOWN = 8
# Further than anybody plans, or than a worker was ever down.
AGES = timedelta(days=3650)


class ToPublishPanel(Component):
    """The next publications of pages and ticker lines, with a warning where they are late or no worker runs."""

    name = "to_publish"
    template_name = "news/admin/to_publish_panel.html"
    order = 95

    class Media:
        css = {"all": ["news/planning.css"]}

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        if not may_see_planning(user):
            return {}
        age = Heartbeat.age()
        return {
            "is_shown": True,
            "entries": to_publish(user),
            "is_silent": Heartbeat.is_silent(),
            "last_heard": age and timezone.now() - age,
        }


def to_publish(user: Any) -> list[Entry]:
    """What is late first, then what comes next, in its order."""
    now = timezone.now()
    planned = scheduled(now - AGES, now + AGES)
    overdue = (event for event in expiring(now - AGES, now) if event.status == Status.LATE)
    events = sorted([*planned, *overdue], key=lambda event: event.at)[:SHOWN]
    entries = as_entries(events, user)
    if user.has_perm("news.change_breakingnews"):
        entries += ticker_lines(now)
    return sorted(entries, key=lambda entry: entry.at)[:SHOWN]


def ticker_lines(now: datetime) -> Iterable[Entry]:
    """Lines that wait for their time: those a worker publishes, and live ones that begin by the clock."""
    kind = ContentType.objects.get_for_model(BreakingNews)
    revisions = Revision.objects.filter(base_content_type=kind, approved_go_live_at__isnull=False)
    for revision in revisions.only("object_id", "object_str", "approved_go_live_at"):
        at = revision.approved_go_live_at
        yield _line(revision.object_id, revision.object_str, at, Status.SCHEDULED.unless_late(at))
    waiting = BreakingNews.objects.filter(live=True, shown_from__gt=now)
    for line in waiting:
        yield _line(line.pk, line.text, line.shown_from, Status.SCHEDULED)


def _line(key: int | str, text: str, at: Any, status: Status) -> Entry:
    return Entry(at, status, text, reverse("wagtailsnippets_news_breakingnews:edit", args=[key]))
