"""What helps a reader who has not searched yet, or found nothing."""

from datetime import timedelta
from difflib import get_close_matches

from django.db.models import Count
from django.utils import timezone

from aminata24.delivery.memory import remember_briefly
from news.models import Topic, TopicListing
from search.filters import filters
from search.words import fold

MOST_TOPICS = 12
# Topics are popular for what was published lately, not for ever.
RECENT = timedelta(days=90)


@remember_briefly
def popular_topics() -> list[Topic]:
    """The topics with the most articles of the last three months."""
    rows = TopicListing.objects.filter(published_at__gte=timezone.now() - RECENT)
    counted = rows.values("topic").annotate(articles=Count("article")).order_by("-articles", "topic")
    keys = [row["topic"] for row in counted[:MOST_TOPICS]]
    topics = Topic.objects.in_bulk(keys)
    return [topics[key] for key in keys]


def near_names(query: str) -> list[str]:
    """Sections, authors and popular topics spelled nearly like the query; at most three."""
    known = [choice.name for choice in (*filters().sections, *filters().authors)]
    known += [topic.name for topic in popular_topics()]
    names = {fold(name): name for name in known}
    found = get_close_matches(fold(query), names, n=3, cutoff=0.7)
    return [names[name] for name in found if name != fold(query)]
