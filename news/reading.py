"""How long a text takes to read."""

import math
import re
from html import unescape
from typing import Any

# An adult reads French prose at about this pace (Brysbaert 2019, "How many words do we read per minute?").
WORDS_PER_MINUTE = 220

_TAG = re.compile(r"<[^>]+>")
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")


def spoken_text(body: Any) -> str:
    """The words of a body (a StreamValue), without markup."""
    parts = (" ".join(block.block.get_searchable_content(block.value)) for block in body)
    return unescape(_TAG.sub(" ", " ".join(parts)))


def count_words(text: str) -> int:
    """Words as a reader counts them: « d’Ivoire » is one."""
    return len(_WORD.findall(text))


def reading_minutes(text: str) -> int:
    """Whole minutes, rounded up, at least one."""
    return max(1, math.ceil(count_words(text) / WORDS_PER_MINUTE))
