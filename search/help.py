"""What helps a reader who has not searched yet, or found nothing."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches
from heapq import nlargest
from itertools import pairwise

from django.utils import timezone

from aminata24.delivery.memory import remember_briefly
from news.models import Topic, TopicListing
from search.filters import filters
from search.words import fold

MOST_TOPICS = 12
# Topics are popular for what was published lately, not for ever; and in the busiest times for the newest of that.
RECENT = timedelta(days=90)
NEWEST_LISTINGS = 1000

MOST_NAMES = 3
# Names that share the most pairs of letters with a query are compared with it thoroughly.
COMPARED = 8


@dataclass(frozen=True)
class Name:
    """A name that a query may have meant."""

    name: str
    folded: str
    pairs: frozenset[str]


@remember_briefly
def popular_topics() -> list[Topic]:
    """The topics with the most articles of the last three months."""
    rows = TopicListing.objects.filter(published_at__gte=timezone.now() - RECENT).order_by("-published_at", "-article")
    counted = Counter(rows.values_list("topic", "topic__name", "topic__slug")[:NEWEST_LISTINGS])
    most = sorted(counted, key=lambda topic: (-counted[topic], topic))[:MOST_TOPICS]
    return [Topic(pk=key, name=name, slug=slug) for key, name, slug in most]


def near_names(query: str) -> list[str]:
    """Sections, authors and popular topics spelled nearly like the query; at most three."""
    asked = fold(query)
    pairs = _pairs(asked)
    likely = nlargest(COMPARED, _names(), key=lambda name: len(pairs & name.pairs))
    names = {name.folded: name.name for name in likely}
    return [names[found] for found in get_close_matches(asked, names, MOST_NAMES, cutoff=0.7) if found != asked]


@remember_briefly
def _names() -> list[Name]:
    known = [choice.name for choice in (*filters().sections, *filters().authors)]
    known += [topic.name for topic in popular_topics()]
    return [Name(name, folded := fold(name), _pairs(folded)) for name in known]


def _pairs(text: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(text)))
