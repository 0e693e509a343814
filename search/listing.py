"""
The search on PostgreSQL: one table of all that articles are found by, and one index of it.

The index alone narrows a search down. It knows every article by its words and, written like words that
nobody can type, by its sections, its authors and the stretches of time it was published in. A word that
stands everywhere is looked for among the newest articles first; only what is rare is looked for in all.
So a search reads a few hundred short rows, however many articles there are.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections, router, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from aminata24.delivery.statements import Statement
from aminata24.theme.surroundings import read_along, surroundings
from news.models import ArticlePage, PageListing
from search.models import SearchListing
from search.request import Match, Request

# So many matches, the newest, are put in order of relevance; older ones follow by time.
CANDIDATES = 60
# A search begins with so many articles, the newest, and goes on with those of four times as long a time.
FRESH_ARTICLES = 1500
THEN_TIMES = 4

# Articles are marked with the hour they were published in, with the 4 hours, the 16 hours … up to seven years.
HOUR = 3600
TIME_LEVELS = 9
MOST_TIME_MARKS = 4

FORGET_UNLISTED = """
DELETE FROM search_searchlisting AS known
WHERE (%(keys)s::int[] IS NULL OR article_id = ANY(%(keys)s))
    AND NOT EXISTS (SELECT FROM news_pagelisting WHERE article_id = known.article_id)
"""

# Two processes that list an article at once take turns: the second must see what the first was told.
LOCK = "SELECT FROM news_articlepage WHERE page_ptr_id = ANY(%(keys)s) ORDER BY page_ptr_id FOR NO KEY UPDATE"

LIST = f"""
INSERT INTO search_searchlisting (article_id, published_at, headline, words)
SELECT
    article.page_ptr_id,
    article.published_at,
    setweight(entry.title, 'A') || setweight(ts_filter(entry.body, '{{a,b,c}}'), 'B'),
    entry.title || entry.body || array_to_tsvector(
        ARRAY(SELECT 'page:' || page_id FROM news_pagelisting WHERE article_id = article.page_ptr_id)
        || ARRAY(SELECT 'author:' || author_id FROM news_authorlisting WHERE article_id = article.page_ptr_id)
        || ARRAY(
            SELECT 'time' || level || ':' || floor(extract(epoch FROM article.published_at) / ({HOUR} * 4 ^ level))
            FROM generate_series(0, {TIME_LEVELS - 1}) AS level
        )
    )
FROM news_articlepage AS article
JOIN wagtailsearch_indexentry AS entry
    ON entry.content_type_id = %(type)s AND entry.object_id = article.page_ptr_id::text
WHERE (%(keys)s::int[] IS NULL OR article.page_ptr_id = ANY(%(keys)s))
    AND EXISTS (SELECT FROM news_pagelisting WHERE article_id = article.page_ptr_id)
ON CONFLICT (article_id) DO UPDATE
SET published_at = EXCLUDED.published_at, headline = EXCLUDED.headline, words = EXCLUDED.words
"""

# Stretches of time are searched one after the other, the newest first, until enough is found. A query of
# nothing but stop words becomes NULL, which nothing matches; and since PostgreSQL plans before it knows
# the words, it always walks the index.
FIND = """
WITH asked AS (SELECT NULLIF(to_tsquery(%(configuration)s::regconfig, %(words)s), ''::tsquery) AS words)
SELECT
    article_id,
    (SELECT standfirst FROM news_articlepage WHERE page_ptr_id = article_id),
    (SELECT body_text FROM wagtailsearch_indexentry WHERE content_type_id = %(type)s AND object_id = article_id::text)
FROM (
    SELECT article_id
    FROM (SELECT *, row_number() OVER () AS place FROM ({stretches} LIMIT %(most)s) AS found) AS found
    ORDER BY
        CASE WHEN place <= %(candidates)s THEN ts_rank(headline, (SELECT words FROM asked)) ELSE -1 END DESC, place
    LIMIT %(count)s OFFSET %(start)s
) AS best
"""

STRETCH = """
SELECT * FROM (
    SELECT article_id, headline FROM search_searchlisting
    WHERE words @@ ((SELECT words FROM asked) && %(marks{number})s::tsquery)
        AND published_at >= %(from{number})s AND published_at < %(until{number})s
    ORDER BY published_at DESC, article_id DESC LIMIT %(most)s
) AS stretch{number}
"""


def is_kept() -> bool:
    """Whether the search is done here: on PostgreSQL, unless the settings name a search engine."""
    return connection.vendor == "postgresql" and _settings()["BACKEND"] == "search.backend"


def _settings() -> dict[str, Any]:
    return settings.WAGTAILSEARCH_BACKENDS["default"]


@transaction.atomic
def refresh(keys: Sequence[int] | None = None) -> None:
    """List these articles, or all, for the search as Wagtail's index and the listings know them now."""
    if not is_kept():
        return
    params = {"keys": None if keys is None else list(keys), "type": _type_of_articles()}
    with connections[router.db_for_write(SearchListing)].cursor() as cursor:
        if keys is not None:
            cursor.execute(LOCK, params)
        cursor.execute(FORGET_UNLISTED, params)
        cursor.execute(LIST, params)


def fresh_since() -> Subquery:
    """When the oldest of the fresh articles was published; NULL where there are no older ones."""
    newest = PageListing.objects.filter(page=OuterRef("root_page")).newest()
    return Subquery(newest.values("published_at")[FRESH_ARTICLES : FRESH_ARTICLES + 1])


def register() -> None:
    """Have that time read along with the site."""
    read_along["fresh_since"] = fresh_since()


def find(request: Request, start: int, count: int) -> list[Match]:
    """So many matches from there on, the best or the newest first, in one query."""
    candidates = 0 if request.newest_first else CANDIDATES
    params = {
        "configuration": _settings()["SEARCH_CONFIG"],
        "words": " & ".join(f"'{term}'" for term in request.terms),
        "type": _type_of_articles(),
        "candidates": candidates,
        "most": max(candidates, start + count),
        "start": start,
        "count": count,
    }
    place = []
    if request.section_pk:
        place.append(f"'page:{request.section_pk}'")
    if request.author_pk:
        place.append(f"'author:{request.author_pk}'")
    stretches = list(_stretches(request.since))
    for number, (since, until) in enumerate(stretches):
        marks = [*place, *([_time_marks(since, until or timezone.now())] if since else [])]
        params |= {
            f"marks{number}": " & ".join(marks),
            f"from{number}": since or "-infinity",
            f"until{number}": until or "infinity",
        }
    return [Match(*row) for row in _find(len(stretches)).rows(SearchListing, params)]


@cache
def _find(stretches: int) -> Statement:
    each = " UNION ALL ".join(STRETCH.format(number=number) for number in range(stretches))
    return Statement(f"find_in_{stretches}", FIND.format(stretches=each))


def _stretches(since: datetime | None) -> Iterator[tuple[datetime | None, datetime | None]]:
    """The stretches of time to search one after the other, from the newest to where the reader's period begins."""
    site: Any = surroundings().site
    fresh = site.fresh_since
    edges = [fresh, fresh - (timezone.now() - fresh) * (THEN_TIMES - 1)] if fresh else []
    until = None
    for edge in edges:
        if since is None or edge > since:
            yield edge, until
            until = edge
    yield since, until


def _time_marks(since: datetime, until: datetime) -> str:
    """The marks of all that was published between, and of little more: few, of the shortest length that will do."""
    for level in range(TIME_LEVELS):
        length = HOUR * 4**level
        first, last = (int(time.timestamp() // length) for time in (since, until))
        if last - first < MOST_TIME_MARKS:
            break
    return "(" + " | ".join(f"'time{level}:{number}'" for number in range(first, last + 1)) + ")"


def _type_of_articles() -> int:
    return ContentType.objects.get_for_model(ArticlePage).pk
