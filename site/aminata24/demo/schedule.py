"""When each article of the demo came out: irregularly, over a month, the sections taking turns."""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from aminata24.demo.content import Entry

SPAN = timedelta(days=30)
NEWEST = timedelta(minutes=4)
# How much denser the last hours are than the first days.
CROWDING = 1.7


def publication_times(articles: list[Entry], on_the_ticker: Iterable[str], now: datetime) -> dict[str, datetime]:
    """{slug: time}: what is on the ticker is newest, then the sections take turns."""
    order = _in_turns(articles, list(on_the_ticker))
    chance = random.Random(24)
    times = {}
    for place, slug in enumerate(order):
        step = place + (chance.uniform(-0.4, 0.4) if place else 0)
        age = NEWEST + SPAN * (step / max(1, len(order) - 1)) ** CROWDING
        times[slug] = _by_day(now - age, now).replace(microsecond=0)
    return times


def _in_turns(articles: list[Entry], first: list[str]) -> list[str]:
    """Newest first: the given ones, then one section after the other."""
    chance = random.Random(225)
    sections: dict[str, list[str]] = {}
    for article in sorted(articles, key=lambda article: article["slug"]):
        if article["slug"] not in first:
            sections.setdefault(article["section"].partition("/")[0], []).append(article["slug"])
    ranked = []
    for slugs in sections.values():
        chance.shuffle(slugs)
        # Spread over the whole month, however many articles a section has.
        ranked += [((place + chance.random()) / len(slugs), slug) for place, slug in enumerate(slugs)]
    known = {article["slug"] for article in articles}
    return [slug for slug in first if slug in known] + [slug for _rank, slug in sorted(ranked)]


def _by_day(moment: datetime, now: datetime) -> datetime:
    """Most papers sleep: what would have come out at night came out the evening before."""
    hour = timezone.localtime(moment).hour
    if hour < 5 and now - moment > timedelta(hours=12):
        return moment - timedelta(hours=hour + 2)
    return moment
