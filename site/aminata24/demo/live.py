"""LE DIRECT of the demo: the channel with a stream of our own, and its coverages."""

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from aminata24.demo import content
from aminata24.demo.articles import Newsroom
from aminata24.demo.content import Entry
from aminata24.images.models import NewsImage
from home.models import HomePage
from news.desk import actions
from news.desk.forms import FACTS_TITLE
from news.models import AirMode, DirectPage, LiveCoverageAuthor, LiveCoveragePage, LiveEntry, LiveState

MEDIA_DIR = Path(__file__).parent / "media"
# A playlist, and the film that it names.
STREAM = ("direct.m3u8", "direct.m4s")


def load_live(home: HomePage, newsroom: Newsroom, articles: dict[str, int], now: datetime) -> None:
    """Make the channel and the coverages that are missing."""
    live = content.live()
    channel = DirectPage.objects.first() or _make_channel(home, live["channel"], newsroom, articles)
    for entry in live["coverage"]:
        if not LiveCoveragePage.objects.child_of(channel).filter(slug=entry["slug"]).exists():
            _make_coverage(channel, entry, newsroom, now)


def _make_channel(home: HomePage, entry: Entry, newsroom: Newsroom, articles: dict[str, int]) -> DirectPage:
    slots = [("slot", {"ends": None, "days": [], **slot, **_times(slot)}) for slot in entry["slot"]]
    replays = [
        ("replay", {"page": articles[replay["article"]], "minutes": replay["minutes"]})
        for replay in entry["replay"]
        if replay["article"] in articles
    ]
    channel = DirectPage(
        title="LE DIRECT",
        slug="direct",
        introduction=entry["introduction"],
        search_description=entry["introduction"],
        air=AirMode.PROGRAMME,
        stream=_store_stream(),
        lead_image_id=newsroom.pictures[entry["picture"]],
        programme=slots,
    )
    field = DirectPage._meta.get_field("replays")
    channel.replays = field.stream_block.to_python([{"type": kind, "value": value} for kind, value in replays])
    home.add_child(instance=channel)
    channel.save_revision(user=newsroom.users.get("Editors")).publish(user=newsroom.users.get("Editors"))
    return channel


def _times(slot: Entry) -> dict[str, time]:
    return {name: time.fromisoformat(slot[name]) for name in ("starts", "ends") if name in slot}


def _store_stream() -> str:
    """Put the demo's film where the site serves files from; returns the playlist's address."""
    for name in STREAM:
        path = f"demo/{name}"
        # The playlist names its film, so that this must not get another name.
        if not default_storage.exists(path):
            default_storage.save(path, ContentFile((MEDIA_DIR / name).read_bytes()))
    return default_storage.url(f"demo/{STREAM[0]}")


def _make_coverage(channel: DirectPage, entry: Entry, newsroom: Newsroom, now: datetime) -> None:
    first = now - timedelta(minutes=entry["entry"][-1]["minutes_ago"] + 5)
    coverage = LiveCoveragePage(
        title=entry["headline"],
        slug=entry["slug"],
        standfirst=entry["standfirst"],
        lead_image_id=newsroom.pictures[entry["picture"]],
        section=newsroom.sections[entry["section"]],
        key_facts=[("fact", fact) for fact in entry["facts"]],
        first_published_at=first,
        live=False,
    )
    coverage.bylines = [
        LiveCoverageAuthor(author=newsroom.authors[slug], sort_order=place)
        for place, slug in enumerate(entry["authors"])
    ]
    channel.add_child(instance=coverage)
    editor = newsroom.users.get("Editors")
    coverage.save_revision(user=editor).publish(user=editor)
    for one in reversed(entry["entry"]):
        _make_entry(coverage, one, newsroom, now, editor)
    newest = now - timedelta(minutes=entry["entry"][0]["minutes_ago"])
    closed = entry.get("closed_minutes_ago")
    LiveState.objects.filter(pk=coverage.pk).update(
        changed_at=newest, closed_at=closed and now - timedelta(minutes=closed)
    )
    LiveCoveragePage.objects.filter(pk=coverage.pk).update(last_published_at=first)


def _make_entry(coverage: LiveCoveragePage, entry: Entry, newsroom: Newsroom, now: datetime, editor: Any) -> None:
    """Written as at the desk; then it gets the time at which it would have been."""
    words = actions.Words(
        headline=entry.get("headline", ""),
        body=list(_body(entry, newsroom)),
        authors=[newsroom.authors[slug] for slug in entry.get("authors", [])],
        correction=entry.get("correction", ""),
        marks={"is_essential": entry.get("essential", False), "is_pinned": entry.get("pinned", False)},
    )
    made = actions.create(coverage, editor, LiveEntry._meta.get_field("key").get_default(), words, publish=True)
    at = (now - timedelta(minutes=entry["minutes_ago"])).replace(second=0, microsecond=0)
    LiveEntry.objects.filter(pk=made.pk).update(
        published_at=at,
        created_at=at,
        correction=words.correction,
        corrected_at=min(at + timedelta(minutes=6), timezone.now()) if words.correction else None,
    )


def _body(entry: Entry, newsroom: Newsroom) -> Any:
    if "text" in entry:
        yield "text", entry["text"]
    if "picture" in entry:
        image = NewsImage.objects.get(pk=newsroom.pictures[entry["picture"]])
        yield "image", {"image": image, "caption": entry["caption"], "credit": "", "layout": "normal"}
    if "quote" in entry:
        yield "quote", entry["quote"]
    if "embed" in entry:
        yield "embed", {**entry["embed"], "caption": ""}
    if "points" in entry:
        yield "key_points", {"title": FACTS_TITLE, "points": entry["points"]}
