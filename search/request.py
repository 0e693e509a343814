"""What a reader asks the search for, and what it answers with, whichever database searches."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


@dataclass(frozen=True)
class Request:
    """What is looked for; `section_pk` and `author_pk` are keys, None for all."""

    terms: list[str]
    section_pk: int | None = None
    author_pk: int | None = None
    since: datetime | None = None
    newest_first: bool = False


class Match(NamedTuple):
    """An article that was found, and the texts that can show why."""

    article_pk: int
    standfirst: str
    text: str
