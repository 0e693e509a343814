"""Names the newsroom adds to the readers' templates."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.translation import gettext
from markupsafe import Markup

from aminata24.delivery.memory import remember_briefly
from news.cards import Card, card_of
from news.channel import on_air
from news.entry_text import entry_text
from news.listings import latest_articles
from news.live import running_coverages
from news.metadata import metadata
from news.models import ArticlePage, BreakingNews
from news.printing import AD_MARK
from news.structured_data import as_json_ld, structured_data


@remember_briefly
def ticker_lines() -> list[BreakingNews]:
    """The lines of « Dernière minute » now."""
    return list(BreakingNews.objects.running().select_related("page"))


def clock(value: datetime) -> str:
    """The time of day in Abidjan: « 14 h 05 »."""
    # In the letters of Django's `date` filter.
    return format_date(timezone.localtime(value), gettext("H:i"))


def short_day(value: datetime) -> str:
    """The day in little room: « 24 nov. »."""
    return format_date(timezone.localtime(value), gettext("M j"))


def card(story: ArticlePage | Card, *place: Any, **where: Any) -> Markup:
    """A card in its place, as `news.cards.Card.show` takes that; an article itself is printed now."""
    return (story if isinstance(story, Card) else card_of(story)).show(*place, **where)


GLOBALS: dict[str, Any] = {
    "card": card,
    "latest_articles": latest_articles,
    "on_air": on_air,
    "running_coverages": running_coverages,
    "ticker_lines": ticker_lines,
    "AD_MARK": Markup(AD_MARK),
    "metadata": metadata,
    "structured_data": structured_data,
}
FILTERS: dict[str, Callable[..., Any]] = {
    "json_ld": as_json_ld,
    "entry_text": entry_text,
    "clock": clock,
    "short_day": short_day,
}
