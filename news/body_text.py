"""Reading a body: the rich texts in its blocks, with the links and paragraphs in them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

# The page editor stores rich text as plain, well-formed HTML.
_LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_PARAGRAPH = re.compile(r"<p\b[^>]*>(.*?)</p>", re.DOTALL)
_BOLD = re.compile(r"<(b|strong)\b[^>]*>(.*?)</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class TypedLink:
    """A link of a rich text, as it is stored: `page` is a key, `address` what was typed instead of choosing a page."""

    text: str
    page: int | None = None
    address: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph's words; `is_bold` where all of them are."""

    text: str
    is_bold: bool


def plain(html: str) -> str:
    """The words of a rich text."""
    return " ".join(unescape(_TAG.sub("", html)).split())


def rich_texts(body: Any) -> Iterator[tuple[str, str]]:
    """(content path of the block, HTML) of every rich text in a body (a StreamValue)."""
    for block in body.raw_data:
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
    for attributes, content in _LINK.findall(html):
        named = {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
        if named.get("linktype") == "page" and named.get("id", "").isdigit():
            yield TypedLink(plain(content), page=int(named["id"]))
        elif href := named.get("href"):
            yield TypedLink(plain(content), address=href)


def paragraphs(html: str) -> Iterator[Paragraph]:
    """The paragraphs of a rich text that say something."""
    for content in _PARAGRAPH.findall(html):
        if text := plain(content):
            bold = "".join(part for _name, part in _BOLD.findall(content))
            yield Paragraph(text, is_bold=plain(bold) == text)
