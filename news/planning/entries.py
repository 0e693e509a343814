"""
What stands in the calendar: pages by the time at which something happens to them.

However many there are, they come from eight queries: four kinds of events, then the pages, the workflows, the sections
and who may edit what.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.fields.json import KeyTextTransform
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision, WorkflowState, get_default_page_content_type
from wagtail.permissions import policy_registry

from aminata24.theme.surroundings import path_of
from news.models import ArticlePage, SectionPage

# A minute is kept within seconds; what is due for longer than this has been missed.
GRACE = timedelta(minutes=1)


class Status(models.TextChoices):
    """What happens to a page at a time, and how certain that is."""

    PUBLISHED = "published", _("Published")
    SCHEDULED = "scheduled", _("Scheduled")
    LATE = "late", _("Late")
    IN_REVIEW = "in_review", _("In review")
    DRAFT = "draft", _("Draft")
    EXPIRES = "expires", _("Expires")
    EXPIRED = "expired", _("Expired")

    def unless_late(self, at: datetime) -> "Status":
        """This status, unless its time has passed without anything happening."""
        return Status.LATE if at < timezone.now() - GRACE else self


ICONS = {
    Status.PUBLISHED: "circle-check",
    Status.SCHEDULED: "time",
    Status.LATE: "warning",
    Status.IN_REVIEW: "glasses",
    Status.DRAFT: "draft",
    Status.EXPIRES: "circle-xmark",
    Status.EXPIRED: "circle-xmark",
}


@dataclass(frozen=True)
class Event:
    """Something that happens to a page; `title` is what the page is called then."""

    at: datetime
    status: Status
    page: int
    title: str


@dataclass(frozen=True)
class Entry:
    """An event as it is shown; `url` is where one may change the page, or read it, or empty."""

    at: datetime
    status: Status
    title: str
    url: str
    section: SectionPage | None = None

    @property
    def icon(self) -> str:
        """The icon of its status."""
        return ICONS[self.status]


def entries(start: datetime, end: datetime, user: Any, section: SectionPage | None = None) -> list[Entry]:
    """Everything from a time up to another, in its order; of a section with those below it, or of all."""
    events = [*published(start, end), *scheduled(start, end), *proposed(start, end), *expiring(start, end)]
    return as_entries(sorted(events, key=lambda event: event.at), user, section)


def published(start: datetime, end: datetime) -> Iterable[Event]:
    """Articles that readers may see, by the time they are told."""
    articles = ArticlePage.objects.live().filter(published_at__gte=start, published_at__lt=end)
    for key, title, at in articles.values_list("pk", "title", "published_at"):
        yield Event(at, Status.PUBLISHED, key, title)


def scheduled(start: datetime, end: datetime) -> Iterable[Event]:
    """What the worker will publish, or should have."""
    revisions = Revision.page_revisions.filter(approved_go_live_at__gte=start, approved_go_live_at__lt=end)
    for key, title, at in revisions.values_list("object_id", "object_str", "approved_go_live_at"):
        yield Event(at, Status.SCHEDULED.unless_late(at), int(key), title)


def proposed(start: datetime, end: datetime) -> Iterable[Event]:
    """Drafts with a time that nobody has approved yet."""
    drafts = (
        Page.objects.filter(
            # Not what was published at that time, and then unpublished.
            Q(last_published_at__isnull=True) | Q(latest_revision_created_at__gt=F("last_published_at")),
            has_unpublished_changes=True,
            latest_revision__approved_go_live_at__isnull=True,
        )
        .annotate(planned=KeyTextTransform("go_live_at", "latest_revision__content"))
        .filter(planned__isnull=False)
        .values_list("pk", "draft_title", "planned", "latest_revision_created_at")
    )
    found = {}
    for key, title, planned, written_at in drafts:
        at = parse_datetime(planned)
        # A later edit of a live page still carries the time at which it went live.
        if at and start <= at < end and written_at < at:
            found[key] = (title, at)
    reviews = WorkflowState.objects.active().filter(
        base_content_type=get_default_page_content_type(), object_id__in=[str(key) for key in found]
    )
    in_review = {int(key) for key in reviews.values_list("object_id", flat=True)}
    for key, (title, at) in found.items():
        yield Event(at, Status.IN_REVIEW if key in in_review else Status.DRAFT, key, title)


def expiring(start: datetime, end: datetime) -> Iterable[Event]:
    """What the worker will take off, what it should have, and what it has."""
    pages = Page.objects.filter(Q(live=True) | Q(expired=True), expire_at__gte=start, expire_at__lt=end)
    for key, title, at, live in pages.values_list("pk", "title", "expire_at", "live"):
        yield Event(at, Status.EXPIRES.unless_late(at) if live else Status.EXPIRED, key, title)


def as_entries(events: Iterable[Event], user: Any, section: SectionPage | None = None) -> list[Entry]:
    """These events as a user sees them, in the same order; of a section, or all."""
    events = list(events)
    pages = Page.objects.filter(pk__in={event.page for event in events})
    if section:
        pages = pages.filter(path__startswith=section.path)
    known = pages.only("path", "url_path", "live").in_bulk()
    policy = policy_registry.get_by_type(Page)
    may_edit = policy.instances_user_has_permission_for(user, "change").filter(pk__in=known)
    editable = set(may_edit.values_list("pk", flat=True))
    # The deepest first: a page belongs to the first whose path its own begins with.
    sections = sorted(SectionPage.objects.only("title", "accent", "path"), key=lambda section: -len(section.path))

    def url(page: Page) -> str:
        if page.pk in editable:
            return reverse("wagtailadmin_pages:edit", args=[page.pk])
        return path_of(page) if page.live else ""

    return [
        Entry(
            at=event.at,
            status=event.status,
            title=event.title,
            url=url(page),
            section=next((section for section in sections if page.path.startswith(section.path)), None),
        )
        for event in events
        if (page := known.get(event.page))
    ]
