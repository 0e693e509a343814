"""The piece of a text that shows why it was found."""

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

from search.words import fold, hits_pattern

EXCERPT_LENGTH = 240
# How much of an excerpt comes before the first hit.
LEAD_IN = 80
# The index joins the parts of a body with commas, the empty ones too.
_EMPTY_PARTS = re.compile(r"(?:, )+,")


def excerpt(terms: list[str], *texts: str) -> Markup:
    """
    The surroundings of the first hit in the first of these plain texts that has one, hits in `<mark>`.

    The beginning of the first text that isn't empty where none has a hit (the headline or an author had it).
    """
    pattern = hits_pattern(terms)
    cleaned = [_EMPTY_PARTS.sub(",", " ".join(text.split())) for text in texts]
    for text in cleaned:
        if pattern and (hit := pattern.search(fold(text))):
            return _cut(text, hit.start(), hit.end(), pattern)
    return _cut(next(filter(None, cleaned), ""), 0, 0, None)


def _cut(text: str, hit_start: int, hit_end: int, pattern: re.Pattern[str] | None) -> Markup:
    """A piece around the hit, from word to word; the hit itself is never cut off, however long."""
    start = 0 if hit_start <= LEAD_IN else text.rfind(" ", 0, hit_start - LEAD_IN) + 1
    end = max(start + EXCERPT_LENGTH, hit_end)
    if end < len(text):
        end = max(text.rfind(" ", 0, end + 1), hit_end) or end
    piece = Markup("").join(_marked(text[start:end], pattern))
    return Markup("{}{}{}").format("… " if start else "", piece, " …" if end < len(text) else "")


def _marked(text: str, pattern: re.Pattern[str] | None) -> Iterator[Markup]:
    done = 0
    for hit in pattern.finditer(fold(text)) if pattern else ():
        yield escape(text[done : hit.start()])
        yield Markup("<mark>{}</mark>").format(text[hit.start() : hit.end()])
        done = hit.end()
    yield escape(text[done:])
