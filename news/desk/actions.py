"""What can be done to an entry; each is one numbered change of its coverage, and stands in the page's history."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from aminata24.images.tasks import make_renditions
from news.models import Author, LiveCoveragePage, LiveEntry, LiveState
from news.models.live_entry import Status


class ConflictError(Exception):
    """Somebody else changed the entry since it was opened; `current` is what it says now."""

    def __init__(self, current: LiveEntry) -> None:
        super().__init__(f"Entry {current.pk} is at version {current.version} already.")
        self.current = current


@dataclass(frozen=True)
class Words:
    """What a form says of an entry; `marks` are `is_essential` and `is_pinned`, of those who may set them."""

    headline: str
    body: list[tuple[str, Any]]
    authors: Iterable[Author]
    correction: str = ""
    marks: dict[str, bool] = field(default_factory=dict)


def create(coverage: LiveCoveragePage, user: Any, key: UUID, words: Words, publish: bool) -> LiveEntry:
    """A new entry, published or kept as a draft; a form that comes in twice makes one."""
    with LiveState.numbered(coverage.pk, public=publish) as number:
        # Whoever sends the same form at the same time waits for the number above.
        if entry := LiveEntry.objects.filter(key=key, coverage=coverage).first():
            return entry
        entry = LiveEntry(coverage=coverage, created_by=user, key=key, headline=words.headline, body=words.body)
        _save(entry, number, words)
        _note(entry, user, "create")
        if publish:
            _publish(entry)
            entry.save()
            _note(entry, user, "publish")
    _cut_pictures(entry)
    return entry


def change(entry: LiveEntry, user: Any, version: int | None, words: Words) -> LiveEntry:
    """New words for an entry; raises ConflictError if it isn't the version that was opened, and says other things."""
    with LiveState.numbered(entry.coverage_id, public=entry.status != Status.DRAFT) as number:
        current = LiveEntry.objects.select_related("coverage").get(pk=entry.pk)
        before = _content(current)
        current.headline, current.body = words.headline, words.body
        if current.correction != words.correction:
            current.correction = words.correction
            current.corrected_at = timezone.now() if words.correction else None
        says_something_else = before != _content(current)
        # Sent twice, it says already what it shall say.
        if current.version != version and says_something_else:
            raise ConflictError(LiveEntry.objects.select_related("coverage").get(pk=entry.pk))
        if says_something_else:
            current.version += 1
            current.updated_at = timezone.now()
        current.editing_by = current.editing_since = None
        _save(current, number, words)
        _note(current, user, "edit")
    _cut_pictures(current)
    return current


def open_for(entry: LiveEntry, user: Any) -> None:
    """Let colleagues see who has the entry in the form."""
    with LiveState.numbered(entry.coverage_id, public=False) as number:
        opened = LiveEntry.objects.filter(pk=entry.pk)
        opened.update(editing_by=user, editing_since=timezone.now(), change=number)


def _content(entry: LiveEntry) -> tuple[Any, ...]:
    def bare(value: Any) -> Any:
        """A stored value without the ids that are made anew each time."""
        if isinstance(value, dict):
            return {key: bare(part) for key, part in value.items() if key != "id"}
        return [bare(part) for part in value] if isinstance(value, list) else value

    return entry.headline, [(kind, bare(value)) for kind, value in entry.raw_blocks], entry.correction


def _save(entry: LiveEntry, number: int, words: Words) -> None:
    for name, value in words.marks.items():
        setattr(entry, name, value)
    entry.change = number
    if entry.is_pinned:
        _unpin_others(entry, number)
    entry.save()
    entry.authors.set(words.authors)


def _unpin_others(entry: LiveEntry, number: int) -> None:
    # There is one place on top.
    others = LiveEntry.objects.filter(coverage=entry.coverage_id, is_pinned=True).exclude(pk=entry.pk)
    others.update(is_pinned=False, change=number)


def _publish(entry: LiveEntry) -> None:
    entry.status = Status.PUBLISHED
    entry.published_at = entry.published_at or timezone.now()


def _withdraw(entry: LiveEntry) -> None:
    entry.status = Status.WITHDRAWN


def _marking(name: str, value: bool) -> Callable[[LiveEntry], None]:
    return lambda entry: setattr(entry, name, value)


# What a button at the desk does, by its name, and from which states.
STEPS: dict[str, tuple[Callable[[LiveEntry], None], tuple[str, ...]]] = {
    "publish": (_publish, (Status.DRAFT,)),
    "withdraw": (_withdraw, (Status.PUBLISHED,)),
    "restore": (_publish, (Status.WITHDRAWN,)),
    "pin": (_marking("is_pinned", True), (Status.DRAFT, Status.PUBLISHED)),
    "unpin": (_marking("is_pinned", False), tuple(Status)),
    "essential": (_marking("is_essential", True), (Status.DRAFT, Status.PUBLISHED)),
    "ordinary": (_marking("is_essential", False), tuple(Status)),
}


def step(entry: LiveEntry, user: Any, name: str) -> LiveEntry:
    """One of `STEPS`; done already, it does nothing."""
    act, states = STEPS[name]
    is_public = entry.status != Status.DRAFT or name == "publish"
    with LiveState.numbered(entry.coverage_id, public=is_public) as number:
        current = LiveEntry.objects.select_related("coverage").get(pk=entry.pk)
        if current.status in states:
            act(current)
            current.change = number
            if name == "pin":
                _unpin_others(current, number)
            current.save()
            _note(current, user, name)
    _cut_pictures(current)
    return current


def discard(entry: LiveEntry, user: Any) -> None:
    """Throw a draft away; what readers saw is withdrawn instead."""
    with LiveState.numbered(entry.coverage_id, public=False):
        current = LiveEntry.objects.filter(pk=entry.pk, status=Status.DRAFT).first()
        if current:
            _note(current, user, "discard")
            current.delete()


def close(coverage: LiveCoveragePage, user: Any, closed: bool) -> None:
    """Close the coverage, or open it again."""
    LiveState.close(coverage.pk, closed)
    log(instance=coverage, action="news.live.close" if closed else "news.live.reopen", user=user)


def _note(entry: LiveEntry, user: Any, action: str) -> None:
    data = {"entry": entry.pk, "title": entry.title}
    log(instance=entry.coverage, action=f"news.live.entry.{action}", user=user, data=data)


def _cut_pictures(entry: LiveEntry) -> None:
    """Have the sizes of its picture made in the background."""
    keys = [value["image"] for kind, value in entry.raw_blocks if kind == "image" and value["image"]]
    if keys:
        transaction.on_commit(lambda: make_renditions.enqueue({str(key): ["natural"] for key in keys}))
