"""Reading a live coverage: a page of entries, the way to older and newer ones, and what has changed since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Aggregate, F, JSONField, Q, Subquery, Value
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest

from aminata24.theme.surroundings import read_along, surroundings
from news.models import LiveCoveragePage, LiveEntry
from news.models.live_coverage import is_key
from news.models.live_entry import LiveEntryQuerySet, Status, with_bodies
from news.models.public_page import restricted_paths

ENTRIES_PER_PAGE = 20
ESSENTIALS = 10
CLOSED_SHOWN = 6


@dataclass(frozen=True)
class LivePage:
    """One page of a coverage; there is no count of them, and each is found by the key of an entry beside it."""

    entries: Sequence[LiveEntry]
    # Up to which change it is, and whether its first entry is the newest of all.
    change: int
    is_top: bool = False
    # On top alone: what is pinned, and the essential entries.
    pinned: LiveEntry | None = None
    essentials: Sequence[LiveEntry] = ()
    # The entry whose own address it is, and whether that has been withdrawn.
    entry: LiveEntry | None = None
    is_withdrawn: bool = False
    # The keys by which the neighbouring pages are found, if there are any.
    older: int | None = None
    newer: int | None = None

    @property
    def shown(self) -> list[LiveEntry]:
        """Everything on the page, what is pinned first."""
        return [*([self.pinned] if self.pinned else []), *self.entries]


class JSONList(Aggregate):
    """Rows as one JSON list."""

    function = "JSONB_AGG"
    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **extra)


@dataclass(frozen=True)
class RunningCoverage:
    """What other pages say of a coverage that runs."""

    headline: str
    path_on_site: str
    section_id: int | None
    changed_at: datetime | None


def register() -> None:
    """Have the running coverages read along with the site: few, and named on the pages that are read most."""
    fields = {name: F(name) for name in ("title", "url_path", "path", "section", "first_published_at")}
    row = JSONObject(changed_at=F("state__changed_at"), **fields)
    running = LiveCoveragePage.objects.running().order_by().annotate(one=Value(1)).values("one")
    read_along["coverages"] = Subquery(running.annotate(rows=JSONList(row)).values("rows"))


def running_coverages() -> list[RunningCoverage]:
    """The coverages that readers can follow now, the last one begun first; no query."""
    around = surroundings()
    site: Any = around.site
    rows = [row for row in site.coverages or () if not any(row["path"].startswith(path) for path in restricted_paths())]
    return [
        RunningCoverage(
            headline=row["title"],
            path_on_site=row["url_path"].removeprefix(around.root_path),
            section_id=row["section"],
            changed_at=_moment(row["changed_at"]),
        )
        for row in sorted(rows, key=lambda row: row["first_published_at"] or "", reverse=True)
    ]


def _moment(text: str | None) -> datetime | None:
    """A time as a database writes it in JSON; SQLite leaves out that it is UTC."""
    moment = datetime.fromisoformat(text) if text else None
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def closed_coverages() -> list[LiveCoveragePage]:
    """The last ones that are over."""
    closed = LiveCoveragePage.objects.closed().for_reading()[:CLOSED_SHOWN]
    return [coverage for coverage in closed if not coverage.get_view_restrictions()]


def live_page(coverage: LiveCoveragePage, request: HttpRequest, key: int | None = None) -> LivePage:
    """
    The page that a reader asks for: the newest entries, those beside an entry, or one entry and what came before.

    Raises Http404 where the entry that the address names never was a reader's.
    """
    entries = coverage.entries_so_far
    change = coverage.progress.public_change
    published = entries.published().newest()
    before, after = request.GET.get("avant"), request.GET.get("apres")
    if key is not None:
        entry = _known(entries, key)
        found = list(published.before(entry)[: ENTRIES_PER_PAGE + 1])
        shown = ([entry] if entry.is_published else []) + found
        return _page(shown, change, newer=entry.pk, entry=entry, is_withdrawn=not entry.is_published)
    if before is not None:
        found = list(published.before(_known(entries, before))[: ENTRIES_PER_PAGE + 1])
        return _page(found, change, newer=found[0].pk if found else None)
    if after is not None:
        entry = _known(entries, after)
        # Read upwards: the one too many is the newest.
        found = list(published.after(entry).reverse()[: ENTRIES_PER_PAGE + 1])
        if found:
            shown = with_bodies(reversed(found[:ENTRIES_PER_PAGE]))
            newer = shown[0].pk if len(found) > ENTRIES_PER_PAGE else None
            return LivePage(shown, change, older=shown[-1].pk, newer=newer)
    return _top(published, change)


def _top(published: LiveEntryQuerySet, change: int) -> LivePage:
    marked = list(
        published.filter(Q(is_essential=True) | Q(is_pinned=True)).order_by("-is_pinned", "-published_at", "-pk")[
            : ESSENTIALS + 1
        ]
    )
    pinned = next((entry for entry in marked if entry.is_pinned), None)
    essentials = [entry for entry in marked if entry.is_essential]
    essentials.sort(key=lambda entry: (entry.published_at, entry.pk), reverse=True)
    found = list(published[: ENTRIES_PER_PAGE + 1])
    return _page(found, change, is_top=True, pinned=pinned, essentials=essentials[:ESSENTIALS])


def _page(found: list[LiveEntry], change: int, pinned: LiveEntry | None = None, **about: Any) -> LivePage:
    """A page of the first of these entries; one more than it shows says that older ones follow."""
    shown = found[:ENTRIES_PER_PAGE]
    older = shown[-1].pk if len(found) > ENTRIES_PER_PAGE else None
    with_bodies([*shown, *([pinned] if pinned else [])])
    entries = [entry for entry in shown if entry != pinned]
    return LivePage(entries, change, pinned=pinned, older=older, **about)


def _known(entries: LiveEntryQuerySet, key: int | str) -> LiveEntry:
    """The entry of a key, if readers ever saw it."""
    if isinstance(key, str) and not is_key(key):
        raise Http404
    entry = entries.exclude(status=Status.DRAFT).filter(pk=key).first()
    if entry is None:
        raise Http404
    return entry


def changes_since(coverage: LiveCoveragePage, request: HttpRequest) -> dict[str, Any]:
    """
    What changed for readers after the change that `?depuis=` names, for the template of the answer.

    Everyone who has the same page open asks for the same address, so that caches serve most of them.
    """
    since = request.GET.get("depuis", "")
    if not is_key(since):
        raise Http404
    public = coverage.entries_so_far.exclude(status=Status.DRAFT)
    found = list(public.changed_since(int(since))[: ENTRIES_PER_PAGE + 1])
    published = public.published().newest()
    return {
        "page": coverage,
        "change": coverage.progress.public_change,
        "entries": with_bodies(found[:ENTRIES_PER_PAGE]),
        "has_more": len(found) > ENTRIES_PER_PAGE,
        "essentials": list(published.filter(is_essential=True)[:ESSENTIALS]),
    }
