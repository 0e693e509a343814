"""Paging through listings, and keeping them in step with what is published."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.dispatch import Signal
from django.http import Http404, HttpRequest
from wagtail.models import Page

from aminata24.delivery.memory import remember_briefly
from news.cards import Card, cards
from news.models import ArticlePage, AuthorListing, Listing, PageListing, SectionPage, TopicListing

ARTICLES_PER_PAGE = 20

# Sent with an `article` when its listings were made anew, inside the transaction that did so.
relisted = Signal()


@dataclass(frozen=True)
class ListingPage:
    """One page of a list; there is no count of them, which would cost more the longer the list."""

    number: int
    cards: Sequence[Card]
    has_next: bool

    @property
    def has_previous(self) -> bool:
        """Whether newer articles come before."""
        return self.number > 1


def requested_page(request: HttpRequest) -> int:
    """The number in `?page=`; raises Http404 for anything but a number from 1 on."""
    number = request.GET.get("page", "1")
    if not number.isascii() or not number.isdigit() or not 1 <= int(number[:7]) <= 999_999 or len(number) > 6:
        raise Http404
    return int(number)


def page_of(listing: type[Listing], owner: int, number: int, on_top: Iterable[int] = ()) -> ListingPage:
    """
    One page of what a page, an author or a topic lists, in two queries: keys from the narrow index, then the cards.

    `on_top` are the keys of articles to show first, each once. Raises Http404 past the end.
    """
    keys = listing.newest_keys(owner, ARTICLES_PER_PAGE + 1, after=(number - 1) * ARTICLES_PER_PAGE)
    if not keys and number > 1:
        raise Http404
    shown = dict.fromkeys([*on_top, *keys[:ARTICLES_PER_PAGE]])
    return ListingPage(number, cards(shown), has_next=len(keys) > ARTICLES_PER_PAGE)


@remember_briefly
def latest_articles(count: int) -> list[ArticlePage]:
    """The newest articles as cards (« En continu »)."""
    return list(ArticlePage.objects.latest(count))


@transaction.atomic
def refresh(article: ArticlePage) -> None:
    """Make the listings say what the article says now: nothing, unless it is live and public."""
    for model in (PageListing, AuthorListing, TopicListing):
        model.objects.filter(article=article).delete()
    if article.live and article.published_at and not Page.objects.filter(pk=article.pk).private().exists():
        _list_everywhere(article)
    relisted.send(sender=ArticlePage, article=article)


def _list_everywhere(article: ArticlePage) -> None:
    # Asked for anew: these sections may have been moved a moment ago.
    sections = SectionPage.objects.filter(
        pk__in={article.section_id, *article.further_sections.values_list("pk", flat=True)}
    )
    pages = {page.pk for section in sections for page in _and_above(section)}
    _list(article, PageListing, "page_id", pages)
    _list(article, AuthorListing, "author_id", {byline.author_id for byline in article.bylines.all()})
    _list(article, TopicListing, "topic_id", {topic.pk for topic in article.topics.all()})


def _and_above(section: Page) -> Iterable[Page]:
    # The tree's invisible root (depth 1) lists nothing.
    return section.get_ancestors(inclusive=True).filter(depth__gt=1)


def _list(article: ArticlePage, model: type[Listing], owner: str, keys: set[int]) -> None:
    assert article.published_at is not None, "what has no publication time is not listed"
    model.objects.bulk_create(
        [model(article=article, published_at=article.published_at, **{owner: key}) for key in sorted(keys)]
    )


def refresh_below(page: Page) -> None:
    """Refresh every article at or below a page, after a move or a change of privacy."""
    below = ArticlePage.objects.descendant_of(page, inclusive=True)
    for section in SectionPage.objects.filter(Q(path__startswith=page.path) | Q(pk=page.get_parent().pk)):
        # An update, since saving would validate what an editor isn't editing now.
        below.child_of(section).update(section=section)
    for article in below.iterator(chunk_size=500):
        refresh(article)
