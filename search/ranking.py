"""
OpenSearch, where SEARCH_URL names one: it says which articles fit best, the database who may read them.

While it is away the database searches alone, as it does where there is none.
"""

import logging
import time
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from wagtail.search.backends import get_search_backend

from news.models import ArticlePage

logger = logging.getLogger(__name__)

BACKEND = "opensearch"
# Nobody reads further.
MOST_RANKED = 1000
# How long it is left alone after a failure, so that not every search waits for it anew.
PAUSE = 5.0

_again_at = float("-inf")


def ranked(terms: Sequence[str], since: datetime | None, newest_first: bool) -> list[int] | None:
    """The keys of the articles with these words, best first; None where the database has to search."""
    global _again_at
    if BACKEND not in settings.WAGTAILSEARCH_BACKENDS or time.monotonic() < _again_at:
        return None
    from opensearchpy.exceptions import OpenSearchException

    articles = ArticlePage.objects.live().order_by("-published_at")
    if since:
        articles = articles.filter(published_at__gte=since)
    backend = get_search_backend(BACKEND)
    query = backend.search(" ".join(terms), articles, operator="and", order_by_relevance=not newest_first)
    body = {"query": query.query_compiler.get_query(), "sort": query.query_compiler.get_sort() or ["_score"]}
    index = backend.get_index_for_model(ArticlePage).name
    try:
        answer = backend.es.search(index=index, body=body, size=MOST_RANKED, _source=False, stored_fields="pk")
    except OpenSearchException as error:
        _again_at = time.monotonic() + PAUSE
        logger.warning("opensearch_failed error=%s", error)
        return None
    return [int(hit["fields"]["pk"][0]) for hit in answer["hits"]["hits"]]
