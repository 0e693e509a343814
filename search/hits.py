"""Counting what readers search for, for the newsroom's report."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits
from wagtail.search.utils import MAX_QUERY_STRING_LENGTH, normalise_query_string

from aminata24.delivery.tally import Tally, add_up


def count(query: str) -> None:
    """Count a search."""
    # Small letters can be longer than capitals (İ): one query too long for its column would lose all the others.
    tally.count(normalise_query_string(query)[:MAX_QUERY_STRING_LENGTH])


@transaction.atomic
def save(counted: Mapping[str, int]) -> None:
    """Add what was counted to today's hits."""
    Query.objects.bulk_create([Query(query_string=text) for text in sorted(counted)], ignore_conflicts=True)
    keys = dict(Query.objects.filter(query_string__in=counted).values_list("query_string", "pk"))
    today = timezone.localdate()
    rows = [{"query_id": key, "date": today, "hits": counted[text]} for text, key in keys.items()]
    add_up(QueryDailyHits, rows, unique_fields=["query_id", "date"], sums=["hits"])


tally = Tally(save, most=500)
