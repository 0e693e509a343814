"""
Turning the bodies of the TOML files into what a StreamField stores.

The files name pictures, files and articles by key; `References` knows the database keys behind them.
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_URL, uuid5

Raw = dict[str, Any]


@dataclass(frozen=True)
class References:
    """What the keys in the files stand for: {key: primary key}."""

    pictures: dict[str, int] = field(default_factory=dict)
    documents: dict[str, int] = field(default_factory=dict)
    articles: dict[str, int] = field(default_factory=dict)


def to_stream(body: list[Raw], references: References | None = None) -> str:
    """Blocks as the JSON of a StreamField; only the body of an article has references to look up."""
    found = references or References()
    converters = _CONVERTERS if references else {}
    blocks = []
    for place, entry in enumerate(body):
        ((kind, value),) = entry.items()
        stored = converters[kind](value, found) if kind in converters else _plain(value)
        blocks.append({"type": kind, "value": stored, "id": _block_id(place, entry)})
    return json.dumps(blocks, ensure_ascii=False)


def _block_id(place: int, entry: Raw) -> str:
    # The same text gives the same key, so that two loads differ in nothing.
    return str(uuid5(NAMESPACE_URL, f"{place} {json.dumps(entry, sort_keys=True)}"))


def _items(values: Iterable[Any]) -> list[Raw]:
    """A list as a ListBlock stores it."""
    return [
        {"type": "item", "value": value, "id": _block_id(place, {"item": value})} for place, value in enumerate(values)
    ]


def _plain(value: Any) -> Any:
    """A value whose shape is already right, but for the lists in it."""
    if not isinstance(value, dict):
        return value
    return {key: _items(part) if isinstance(part, list) else part for key, part in value.items()}


def _image(value: Raw, found: References) -> Raw:
    return {
        "image": found.pictures[value["picture"]],
        "caption": value["caption"],
        "credit": value["credit"],
        "layout": value["layout"],
    }


def _gallery(value: Raw, found: References) -> Raw:
    images = [{"image": found.pictures[one["picture"]], "caption": one["caption"]} for one in value["images"]]
    return {"title": value["title"], "images": _items(images)}


def _audio(value: Raw, found: References) -> Raw:
    return {**value, "file": found.documents["sound"]}


def _video(value: Raw, found: References) -> Raw:
    return {**value, "file": found.documents["film"], "poster": found.pictures["film"]}


def _document(value: Raw, found: References) -> Raw:
    return {"document": found.documents["report"], "title": value["title"]}


def _read_also(slugs: list[str], found: References) -> Raw:
    return {"articles": _items(found.articles[slug] for slug in slugs)}


def _table(value: Raw, found: References) -> Raw:
    rows = value["rows"]
    columns = [
        {"type": "number" if all(_is_number(row[place]) for row in rows) else "text", "heading": heading}
        for place, heading in enumerate(value["header"])
    ]
    table = {"columns": columns, "rows": [{"values": row} for row in rows], "caption": ""}
    return {"caption": value["caption"], "table": table}


def _is_number(text: str) -> bool:
    """Whether a cell holds a figure, so that its column is set to the right: « 1 800 », « +4,5 % », « – »."""
    return re.fullmatch(r"[+−–-]?[\d\s.,]*\s?(?:%|FCFA|kg|km|M)?", text) is not None


def _ad_break(value: bool, found: References) -> None:
    return None


_CONVERTERS: dict[str, Callable[[Any, References], Any]] = {
    "image": _image,
    "gallery": _gallery,
    "audio": _audio,
    "video": _video,
    "document": _document,
    "read_also": _read_also,
    "table": _table,
    "ad_break": _ad_break,
}
