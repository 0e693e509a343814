"""Searching: a page of results with their excerpts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import F
from django.http import Http404
from markupsafe import Markup

from aminata24.theme.surroundings import surroundings
from news.cards import Card, cards
from news.models import ArticlePage, AuthorListing, PageListing
from news.models.article_queryset import ArticleQuerySet
from search import listing, ranking
from search.excerpts import excerpt
from search.request import Match, Request
from search.words import hits_pattern

# Fewer than lists have: each comes with an excerpt, and what is looked for stands on top.
RESULTS_PER_PAGE = 10
# Where the index keeps the plain text of everything but the headline.
INDEXED_TEXT = "index_entries__body_text" if connection.vendor == "postgresql" else "index_entries__body"


@dataclass(frozen=True)
class Hit:
    """The card of an article, and the excerpt that shows why it was found."""

    card: Card
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
        return (self.number - 1) * RESULTS_PER_PAGE + len(self.hits)


def readable(section_pk: int | None = None) -> ArticleQuerySet:
    """The articles every reader may see: only those are listed, on their sections and on the front page."""
    listed = PageListing.objects.filter(page=section_pk or surroundings().site.root_page_id)
    return ArticlePage.objects.live().filter(pk__in=listed.values("article"))


def search(request: Request, number: int) -> ResultPage:
    """
    A page of results, in two queries: keys and texts, then the cards; three where OpenSearch ranks.

    Raises Http404 past the end.
    """
    start = (number - 1) * RESULTS_PER_PAGE
    # One more, to know whether there are more.
    found = _find(request, start, RESULTS_PER_PAGE + 1) if request.terms else []
    if not found and number > 1:
        raise Http404
    matches = {match.article_pk: match for match in found[:RESULTS_PER_PAGE]}
    pattern, hits = hits_pattern(request.terms), []
    for card in cards(matches):
        match = matches[card.pk]
        hits.append(Hit(card, excerpt(pattern, match.standfirst, match.text)))
    return ResultPage(number, hits, has_next=len(found) > RESULTS_PER_PAGE)


def _find(request: Request, start: int, count: int) -> list[Match]:
    """So many matches from there on, the best or the newest first."""
    keys = ranking.ranked(request.terms, request.since, request.newest_first)
    if keys is not None:
        return find_ranked(request, keys, start, count)
    return (listing.find if listing.is_kept() else find_with_wagtail)(request, start, count)


def find_ranked(request: Request, keys: list[int], start: int, count: int) -> list[Match]:
    """Those of the articles that OpenSearch found which readers may see, in its order."""
    found = _wanted(request)
    readers = set(found.filter(pk__in=keys).values_list("pk", flat=True))
    shown = [key for key in keys if key in readers][start : start + count]
    matches = {match.article_pk: match for match in map(_match, _with_texts(found.filter(pk__in=shown)))}
    return [matches[key] for key in shown if key in matches]


def find_with_wagtail(request: Request, start: int, count: int) -> list[Match]:
    """What Wagtail's search finds."""
    # The index knows the key as "id": it decides where two were published at once.
    found = _with_texts(_wanted(request)).order_by("-published_at", "-id")
    results = found.search(" ".join(request.terms), operator="and", order_by_relevance=not request.newest_first)
    return [_match(article) for article in results[start : start + count]]


def _wanted(request: Request) -> ArticleQuerySet:
    found = readable(request.section_pk)
    if request.author_pk:
        found = found.filter(pk__in=AuthorListing.objects.filter(author=request.author_pk).values("article"))
    return found.filter(published_at__gte=request.since) if request.since else found


def _with_texts(found: ArticleQuerySet) -> ArticleQuerySet:
    return found.only("standfirst").annotate(text=F(INDEXED_TEXT))


def _match(article: Any) -> Match:
    return Match(article.pk, article.standfirst, article.text or "")
