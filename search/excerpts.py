"""The piece of a text that shows why it was found."""

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

from search.words import fold_quickly

EXCERPT_LENGTH = 240
# How much of an excerpt comes before the first hit.
LEAD_IN = 80
# The index joins the parts of a body with commas, the empty ones too.
_EMPTY_PARTS = re.compile(r"(?:, )+,")


def excerpt(pattern: re.Pattern[str] | None, *texts: str) -> Markup:
    """
    The surroundings of the first hit (of a `hits_pattern`) in the first of these plain texts that has one, hits in
    `<mark>`.

    The beginning of the first text that isn't empty where none has a hit (the headline or an author had it).
    """
    stripped = [text.strip() for text in texts]
    for text in stripped:
        if pattern and (hit := pattern.search(fold_quickly(text))):
            return _cut(text, hit.start(), hit.end(), pattern)
    return _cut(next(filter(None, stripped), ""), 0, 0, None)


def _cut(text: str, hit_start: int, hit_end: int, pattern: re.Pattern[str] | None) -> Markup:
    """A piece around the hit, from word to word; the hit itself is never cut off, however long."""
    start = 0 if hit_start <= LEAD_IN else text.rfind(" ", 0, hit_start - LEAD_IN) + 1
    end = max(start + EXCERPT_LENGTH, hit_end)
    if end < len(text):
        end = max(text.rfind(" ", 0, end + 1), hit_end) or end
    piece = _EMPTY_PARTS.sub(",", " ".join(text[start:end].split()))
    return Markup("".join(["… " if start else "", *_marked(piece, pattern), " …" if end < len(text) else ""]))


def _marked(text: str, pattern: re.Pattern[str] | None) -> Iterator[str]:
    done = 0
    for hit in pattern.finditer(fold_quickly(text)) if pattern else ():
        yield escape(text[done : hit.start()])
        yield f"<mark>{escape(text[hit.start() : hit.end()])}</mark>"
        done = hit.end()
    yield escape(text[done:])
