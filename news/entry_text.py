"""
The text of an entry of a live coverage: typed plainly, printed as paragraphs.

An empty line ends a paragraph, `**…**` is bold, `[words](address)` is a link, and so is a bare address.
Everything else is text, whatever it looks like.
"""

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

_PARAGRAPHS = re.compile(r"\n\s*\n")
_MARKS = re.compile(
    r"\*\*(?P<bold>[^*\n]+)\*\*"
    # Addresses of the web and our own paths; a browser takes // and /\ for another host.
    r"|\[(?P<words>[^\]\n]+)\]\((?P<target>(?:https?://|/(?![/\\]))[^\s()]*)\)"
    r"|(?P<address>https?://[^\s<>\"]*[^\s<>\".,;:!?)»’'])"
)


def entry_text(text: str) -> Markup:
    """The text as HTML."""
    paragraphs = _PARAGRAPHS.split(text.replace("\r\n", "\n").strip())
    return Markup("\n").join(Markup("<p>%s</p>") % _paragraph(part.strip()) for part in paragraphs if part)


def plain_text(text: str) -> str:
    """The words alone, without the marks."""
    return _MARKS.sub(lambda match: match["bold"] or match["words"] or match["address"], text)


def _paragraph(text: str) -> Markup:
    return Markup("").join(_parts(text))


def _parts(text: str) -> Iterator[Markup]:
    end = 0
    for match in _MARKS.finditer(text):
        yield _lines(text[end : match.start()])
        yield _marked(match)
        end = match.end()
    yield _lines(text[end:])


def _lines(text: str) -> Markup:
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


def _marked(match: re.Match[str]) -> Markup:
    if match["bold"]:
        return Markup("<b>%s</b>") % match["bold"]
    address = match["target"] or match["address"]
    rel = Markup("" if address.startswith("/") else ' rel="noopener"')
    return Markup('<a href="%s"%s>%s</a>') % (address, rel, match["words"] or address)
