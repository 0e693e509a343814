"""Reading a body: the rich texts in its blocks, with the links and paragraphs in them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup


@dataclass(frozen=True)
class TypedLink:
    """A link of a rich text, as it is stored: `page` is a key, `address` what was typed instead of choosing a page."""

    text: str
    page: int | None = None
    address: str = ""


def rich_texts(body: Any) -> Iterator[tuple[str, str]]:
    """(content path of the block, HTML) of every rich text in a body (a StreamValue)."""
    for block in body.get_prep_value():
        for text in _texts(block["value"]):
            if "</" in text:
                yield f"body.{block['id']}", text


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Iterable):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def links(html: str) -> Iterator[TypedLink]:
    """The links to pages and addresses in a rich text."""
    for anchor in BeautifulSoup(html, "html.parser").find_all("a"):
        text = " ".join(anchor.get_text().split())
        key = str(anchor.get("id", ""))
        if anchor.get("linktype") == "page" and key.isdigit():
            yield TypedLink(text, page=int(key))
        elif href := str(anchor.get("href", "")):
            yield TypedLink(text, address=href)


def paragraphs(html: str) -> Iterator[Any]:
    """The paragraphs of a rich text, as elements of Beautiful Soup."""
    yield from BeautifulSoup(html, "html.parser").find_all("p")
