"""
Counting what readers search for, for the newsroom's report.

A reader never waits for it: a process counts in its memory and writes a few seconds later, on a thread
of its own. What a process counted in the seconds before it ends is lost.
"""

import logging
import threading
from collections import Counter

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import F
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits
from wagtail.search.utils import MAX_QUERY_STRING_LENGTH, normalise_query_string

logger = logging.getLogger(__name__)

# Beyond this many different queries between two writings, somebody tries words out: not worth a report.
MOST_QUERIES = 500

_counted: Counter[str] = Counter()
_lock = threading.Lock()
_writer: threading.Timer | None = None


def count(query: str) -> None:
    """Count a search; written SEARCH_HITS_SECONDS later, or by `write()` alone where that is 0."""
    global _writer
    # Small letters can be longer than capitals (İ): one query too long for its column would lose all the others.
    text = normalise_query_string(query)[:MAX_QUERY_STRING_LENGTH]
    with _lock:
        if text not in _counted and len(_counted) >= MOST_QUERIES:
            return
        _counted[text] += 1
        if _writer is None and settings.SEARCH_HITS_SECONDS:
            _writer = threading.Timer(settings.SEARCH_HITS_SECONDS, _write_on_thread)
            _writer.daemon = True
            _writer.start()


def _write_on_thread() -> None:
    global _writer
    with _lock:
        _writer = None
    try:
        write()
    except DatabaseError:
        logger.exception("search_hits_not_written")
    finally:
        connection.close()


def write() -> None:
    """Add what was counted to today's hits."""
    with _lock:
        counted = dict(_counted)
        _counted.clear()
    if not counted:
        return
    Query.objects.bulk_create([Query(query_string=text) for text in counted], ignore_conflicts=True)
    keys = dict(Query.objects.filter(query_string__in=counted).values_list("query_string", "pk"))
    today = timezone.localdate()
    QueryDailyHits.objects.bulk_create(
        [QueryDailyHits(query_id=key, date=today) for key in keys.values()], ignore_conflicts=True
    )
    for text, key in keys.items():
        QueryDailyHits.objects.filter(query=key, date=today).update(hits=F("hits") + counted[text])
