"""Asking the index: filters, order and pages on Wagtail's search."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

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
    """A page of results, in one query. Raises Http404 past the end."""
    found = readable(request.section_pk)
    if request.author_pk:
        found = found.filter(pk__in=AuthorListing.objects.filter(author=request.author_pk).values("article"))
    if request.period:
        found = found.filter(published_at__gte=timezone.now() - request.period)
    # The index knows the key as "id": it decides where two were published at once.
    found = found.for_cards().annotate(text=F(INDEXED_TEXT)).order_by("-published_at", "-id")
    start = (number - 1) * ARTICLES_PER_PAGE
    articles = list(
        found.search(" ".join(request.terms), operator="and", order_by_relevance=not request.newest_first)[
            start : start + ARTICLES_PER_PAGE + 1
        ]
        if request.terms
        else []
    )
    if not articles and number > 1:
        raise Http404
    hits = [
        Hit(article, excerpt(request.terms, article.standfirst, article.text or ""))
        for article in articles[:ARTICLES_PER_PAGE]
    ]
    return ResultPage(number, hits, has_next=len(articles) > ARTICLES_PER_PAGE)
