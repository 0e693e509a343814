"""
Cards: articles as lists show them.

A card's HTML is printed once, like a story, and fitted into its place when a list is read: a list of any length
costs one query and no template. `news.printing` drops a print when anything it shows changes.
"""

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.db import DatabaseError, transaction
from django.template.loader import render_to_string
from markupsafe import Markup

from aminata24.delivery.memory import ShortMemory
from aminata24.delivery.replica import from_primary
from news.models import ArticlePage, PrintedCard
from news.press import press

logger = logging.getLogger(__name__)

# The width of a picture in each size of card, as the `sizes` attribute takes it.
SIZES = {
    "lead": "(min-width: 64rem) 38rem, 100vw",
    "large": "(min-width: 64rem) 19rem, (min-width: 48rem) 46vw, 7.5rem",
    "row": "(min-width: 48rem) 12rem, 7.5rem",
    "text": "",
}
_MARK = re.compile(r"<\?(/?\w+)\?>")
_LAZY, _EAGER = 'loading="lazy" decoding="async"', 'fetchpriority="high"'


@dataclass(frozen=True, slots=True)
class Card:
    """The printed card of an article, `pk` being the article's key."""

    pk: int
    html: str
    comment_count: int = 0

    def show(
        self,
        size: str = "row",
        level: int = 3,
        *,
        eager: bool = False,
        standfirst: bool = False,
        save: bool = True,
        excerpt: str = "",
        wide: bool = False,
        authors: str = "",
    ) -> Markup:
        """
        The card in its place.

        `size` is a key of SIZES: the top of a page, picture above, picture beside, no picture. `level` is the level
        of its heading; `eager` is for the first picture of a page; a lead always has its standfirst, in whose
        place `excerpt`, safe HTML, may stand; `wide` goes across two columns, and stays large on a phone;
        `authors`, safe HTML, stands in front.
        """
        filled = {
            "size": f"{size} card--wide" if wide else size,
            "sizes": SIZES["lead" if wide else size],
            "level": str(level),
            "authors": authors,
            "comments": _comments(self.comment_count) if self.comment_count else "",
        }
        left_out = {}
        if size == "text":
            left_out["picture"] = ""
        if excerpt:
            left_out["standfirst"] = f'<p class="standfirst">{excerpt}</p>'
        elif not standfirst and size != "lead":
            left_out["standfirst"] = ""
        if not save:
            left_out["save"] = ""
        html = _fill(self.html, filled, left_out)
        return Markup(html.replace(_LAZY, _EAGER) if eager else html)


def _fill(html: str, filled: dict[str, str], left_out: dict[str, str]) -> str:
    """Put in what belongs at each mark, and, for the parts to be left out, what stands in their place."""
    first, *rest = _MARK.split(html)
    shown, until = [first], ""
    for mark, text in zip(rest[::2], rest[1::2], strict=True):
        if until and mark != until:
            continue
        until = f"/{mark}" if mark in left_out else ""
        shown += [left_out[mark]] if until else [filled.get(mark, ""), text]
    return "".join(shown)


@lru_cache(maxsize=1000)
def _comments(count: int) -> str:
    return render_to_string("components/card_comments.html", {"count": count})


def card_of(article: ArticlePage) -> Card:
    """The card of an article as its template makes it now; for previews, and for printing."""
    return Card(article.pk, render_to_string("components/card.html", {"story": article}), article.comment_count)


def cards(keys: Iterable[int]) -> list[Card]:
    """The cards of these articles in their order, those of articles that readers may not see left out; one query."""
    keys = list(keys)
    found = _cards.get_many(keys, _read)
    return [card for key in keys if (card := found[key])]


# The same few newest stories stand in many lists, and below many articles.
_cards: ShortMemory[int, Card | None] = ShortMemory()


def _read(keys: list[int]) -> dict[int, Card | None]:
    found: dict[int, Card | None] = dict.fromkeys(keys)
    if not settings.DEBUG:
        found |= {row[0]: Card(*row) for row in PrintedCard.read(keys, press())}
    if missing := [key for key in keys if found[key] is None]:
        found |= print_cards(missing)
    return found


def print_cards(keys: list[int]) -> dict[int, Card]:
    """Make the cards of these articles anew, those that readers may see, and keep them."""
    try:
        # What is kept must be what is true now.
        with from_primary():
            made = _made(keys)
            with transaction.atomic():
                # In one order: two processes may do so at once.
                PrintedCard.objects.bulk_create(
                    [PrintedCard(article_id=key, html=made[key].html, press=press()) for key in sorted(made)],
                    update_conflicts=True,
                    unique_fields=["article"],
                    update_fields=["html", "press"],
                )
    except DatabaseError:
        # A reader gets the list all the same; the next one tries again.
        logger.exception("cards_not_printed")
        return _made(keys)
    return made


def _made(keys: list[int]) -> dict[int, Card]:
    return {article.pk: card_of(article) for article in ArticlePage.objects.listed().for_cards().filter(pk__in=keys)}
