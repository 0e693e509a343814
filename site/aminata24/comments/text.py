"""What readers write: which characters of it are kept, how it is compared, and how plain text becomes safe HTML."""

import hashlib
import re
import unicodedata

from django.utils.html import Urlizer, linebreaks
from markupsafe import Markup

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Control characters, private ones, and formats such as those that turn the direction of the text around.
_UNSEEN = frozenset(("Cc", "Cf", "Co", "Cs"))
# Joins the parts of an emoji or of a letter.
_JOINERS = "\u200c\u200d"
# Letters and spaces by name that no font draws.
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"
# More marks on one letter than any language needs climb over the lines above ("zalgo").
MOST_MARKS = 2

# Letters of other alphabets that look like ours, in lower case.
_LOOKALIKES = str.maketrans(
    "авекмнорстухіјѕԁһӏԛԝгαβεηικνορτυχωıɑɡłøđ",
    "abekmhopctyxijsdhlqwrabehikvoptuxwiaglod",
)


def clean_text(text: str) -> str:
    """Leave out what can't be seen or harms the page around it, and more than one empty line."""
    kept: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text).replace("\t", " ")):
        category = unicodedata.category(character)
        if character in _BLANK or (category in _UNSEEN and character not in _JOINERS and character != "\n"):
            continue
        marks = marks + 1 if category in ("Mn", "Me") or character in _JOINERS else 0
        if marks <= MOST_MARKS:
            kept.append(character)
    lines = [line.rstrip() for line in "".join(kept).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(f"{_JOINERS} \n")


def one_line(text: str) -> str:
    """The same on one line with single spaces, for a name."""
    return " ".join(clean_text(text).split())


def fold(text: str) -> str:
    """The text without case, accents and disguise, for comparing."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold().translate(_LOOKALIKES))
    return "".join(character for character in plain if unicodedata.category(character) not in ("Mn", "Me", "Cf"))


def bare(text: str) -> str:
    """Its letters and digits alone, folded."""
    return "".join(character for character in fold(text) if character.isalnum())


def fingerprint(text: str) -> str:
    """What is the same for two texts that say the same; punctuation, case and accents don't matter."""
    return hashlib.sha256((bare(text) or text).encode(errors="replace")).hexdigest()


class _Links(Urlizer):
    """Django's, for full addresses alone, and telling search engines that readers put them there."""

    trailing_punctuation_chars = ".,:;!?…»”’"
    simple_url_2_re = re.compile(r"(?!)")
    url_template = '<a href="{href}" rel="ugc nofollow noopener">{url}</a>'

    @staticmethod
    def is_email_simple(value: str) -> bool:
        """Addresses of people are no links."""
        return False


_link = _Links()


def as_html(text: str) -> Markup:
    """Paragraphs, line breaks and links; everything else is text."""
    return Markup(linebreaks(_link(text, autoescape=True)))


def clip(text: str, length: int, lines: int) -> str:
    """The beginning of a text, cut between words; the text itself if it is short enough."""
    start = "\n".join(text.split("\n")[:lines])[:length]
    if start == text:
        return text
    if not text[len(start)].isspace():
        whole = re.sub(r"\s\S*\Z", "", start)
        # Half an address leads somewhere else.
        start = "" if whole == start and "://" in start else whole
    return f"{start.rstrip()} …"
