"""Asking the index: filters, order and pages on Wagtail's search, or on OpenSearch's order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import F
from django.http import Http404
from django.utils import timezone
from markupsafe import Markup

from aminata24.theme.surroundings import surroundings
from news.listings import ARTICLES_PER_PAGE
from news.models import ArticlePage, AuthorListing, PageListing
from news.models.article_queryset import ArticleQuerySet
from search.excerpts import excerpt
from search.ranking import ranked

# Where the index keeps the plain text of everything but the headline.
INDEXED_TEXT = "index_entries__body_text" if connection.vendor == "postgresql" else "index_entries__body"


@dataclass(frozen=True)
class Request:
    """What is looked for; `section_pk` and `author_pk` are keys, None for all."""

    terms: list[str]
    section_pk: int | None = None
    author_pk: int | None = None
    period: timedelta | None = None
    newest_first: bool = False


@dataclass(frozen=True)
class Hit:
    """An article with the excerpt that shows why it was found."""

    article: ArticlePage
    excerpt: Markup


@dataclass(frozen=True)
class ResultPage:
    """One page of results; all are counted only on the last page, where it costs nothing."""

    number: int
    hits: Sequence[Hit]
    has_next: bool

    @property
    def has_previous(self) -> bool:
        """Whether better or newer results come before."""
        return self.number > 1

    @property
    def seen(self) -> int:
        """How many results there are up to the end of this page."""
        return (self.number - 1) * ARTICLES_PER_PAGE + len(self.hits)


def readable(section_pk: int | None = None) -> ArticleQuerySet:
    """The articles every reader may see: only those are listed, on their sections and on the front page."""
    listed = PageListing.objects.filter(page=section_pk or surroundings().site.root_page_id)
    return ArticlePage.objects.live().filter(pk__in=listed.values("article"))


def search(request: Request, number: int) -> ResultPage:
    """A page of results, in one query; two where OpenSearch ranks. Raises Http404 past the end."""
    found = readable(request.section_pk)
    if request.author_pk:
        found = found.filter(pk__in=AuthorListing.objects.filter(author=request.author_pk).values("article"))
    since = timezone.now() - request.period if request.period else None
    if since:
        found = found.filter(published_at__gte=since)
    start = (number - 1) * ARTICLES_PER_PAGE
    articles = _page(found, request, since, slice(start, start + ARTICLES_PER_PAGE + 1)) if request.terms else []
    if not articles and number > 1:
        raise Http404
    hits = [
        Hit(article, excerpt(request.terms, article.standfirst, article.text or ""))
        for article in articles[:ARTICLES_PER_PAGE]
    ]
    return ResultPage(number, hits, has_next=len(articles) > ARTICLES_PER_PAGE)


def _page(found: ArticleQuerySet, request: Request, since: datetime | None, places: slice) -> list[Any]:
    """Those of these articles that have the words, at these places of the order asked for."""
    keys = ranked(request.terms, since, request.newest_first)
    if keys is not None:
        may_be_read = set(found.filter(pk__in=keys).values_list("pk", flat=True))
        keys = [key for key in keys if key in may_be_read][places]
        found = found.filter(pk__in=keys)
    # The index knows the key as "id": it decides where two were published at once.
    cards = found.for_cards().annotate(text=F(INDEXED_TEXT)).order_by("-published_at", "-id")
    if keys is not None:
        return sorted(cards, key=lambda article: keys.index(article.pk))
    return list(
        cards.search(" ".join(request.terms), operator="and", order_by_relevance=not request.newest_first)[places]
    )
