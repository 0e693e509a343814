"""The rails of the front page as an editor arranges them: which stand where, and which stories are pinned to each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.utils.timezone import localtime
from wagtail import blocks

from aminata24.images.picture import picture
from home.blocks import Rails
from home.rails import fill_rails
from news.models import ArticlePage
from news.models.section import live_sections

RAILS = Rails()


@dataclass(frozen=True)
class Story:
    """A story as a card of the desk; `is_shown` unless it was withdrawn since it was pinned."""

    pk: int
    title: str
    about: str
    picture: str
    is_shown: bool = True


@dataclass(frozen=True)
class DeskRail:
    """A rail of the desk; `most` is how many stories may be pinned to it."""

    key: str
    title: str
    icon: str
    most: int
    is_shown: bool
    pinned: list[Story] = field(default_factory=list)
    filled: list[Story] = field(default_factory=list)


def as_story(article: ArticlePage, is_shown: bool = True) -> Story:
    """An article read with .for_cards() as a card of the desk."""
    section = live_sections().get(article.section_id)
    time = localtime(article.published_at).strftime("%d/%m %H:%M") if article.published_at else ""
    image = picture(article.lead_image)
    return Story(
        pk=article.pk,
        title=article.list_headline,
        about=" · ".join(part for part in (section.title if section else "", time) if part),
        picture=image.src if image else "",
        is_shown=is_shown,
    )


def most_pinned(kind: str) -> int:
    """How many stories may be pinned to a rail of this kind."""
    pinned = RAILS.child_blocks[kind].child_blocks.get("pinned") if kind in RAILS.child_blocks else None
    return pinned.meta.max_num if pinned else 0


def desk_rails(stream: blocks.StreamValue) -> list[DeskRail]:
    """The rails with what readers would see in them now."""
    filled = {rail.key: rail for rail in fill_rails(stream)}
    pinned = {pin["value"] for item in stream.raw_data for pin in item["value"].get("pinned") or []}
    stories = ArticlePage.objects.for_cards().in_bulk(
        {*pinned, *(story.pk for rail in filled.values() for story in rail.stories)}
    )
    rails = []
    for item in stream.raw_data:
        rail = filled.get(item["id"])
        shown = [story.pk for story in rail.stories] if rail else []
        pins = [pin["value"] for pin in item["value"].get("pinned") or [] if pin["value"] in stories]
        rails.append(
            DeskRail(
                key=item["id"],
                title=_title(item),
                icon=RAILS.child_blocks[item["type"]].meta.icon,
                most=most_pinned(item["type"]),
                is_shown=rail is not None,
                pinned=[as_story(stories[key], key in shown) for key in pins],
                filled=[as_story(stories[key]) for key in shown if key not in pins],
            )
        )
    return rails


def _title(item: dict[str, Any]) -> str:
    section = live_sections().get(item["value"].get("section"))
    return section.title if section else item["value"].get("title") or str(RAILS.child_blocks[item["type"]].label)


def rearranged(stream: blocks.StreamValue, order: Iterable[str], pins: dict[str, list[int]]) -> blocks.StreamValue:
    """
    The same rails in this order, with these stories pinned: `order` holds keys of rails, `pins` keys of stories.

    A rail that `order` doesn't know, since somebody added it meanwhile, stays where it was.
    """
    place = {key: number for number, key in enumerate(order)}
    known = sorted((item for item in stream.raw_data if item["id"] in place), key=lambda item: place[item["id"]])
    for number, item in enumerate(stream.raw_data):
        if item["id"] not in place:
            known.insert(number, item)
    existing = set(
        ArticlePage.objects.filter(pk__in=[key for keys in pins.values() for key in keys]).values_list("pk", flat=True)
    )
    raw = []
    for item in known:
        if item["id"] in pins and (most := most_pinned(item["type"])):
            keys = [key for key in dict.fromkeys(pins[item["id"]]) if key in existing][:most]
            before = {pin["value"]: pin for pin in item["value"].get("pinned") or []}
            pinned = [before.get(key) or {"type": "item", "value": key, "id": str(uuid4())} for key in keys]
            item = {**item, "value": {**item["value"], "pinned": pinned}}
        raw.append(item)
    return blocks.StreamValue(RAILS, raw, is_lazy=True)
