"""What a reader may mean, while they type."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.search.backends import get_search_backend

from aminata24.theme.surroundings import path_of
from news.models import ArticlePage, PageListing, Topic, TopicListing
from search.filters import Choice, filters
from search.words import fold, words

MOST_SUGGESTIONS = 8
# So that the first kind never takes every place.
MOST_OF_A_KIND = 2
# The newest, however large the archive is: that is what a reader who types three letters means.
ARTICLES_CONSIDERED = 500

Suggestion = dict[str, str]


def suggestions(query: str) -> list[Suggestion]:
    """Sections, topics and authors whose name has words beginning like these, then new articles; at most eight."""
    terms = words(query)
    if not terms:
        return []
    topics = Topic.objects.annotate(is_listed=Exists(TopicListing.objects.filter(topic=OuterRef("pk"))))
    listed = [topic for topic in _complete(topics, terms, MOST_SUGGESTIONS) if topic.is_listed]
    found = [
        *_suggest("section", _named(filters().sections, terms)),
        *_suggest("topic", ((topic.name, topic.get_absolute_url()) for topic in listed)),
        *_suggest("author", _named(filters().authors, terms)),
    ]
    newest = PageListing.everything().newest().values("article")[:ARTICLES_CONSIDERED]
    articles = ArticlePage.objects.live().filter(pk__in=newest).only("title", "url_path")
    room = MOST_SUGGESTIONS - len(found)
    titles = ((article.title, path_of(article)) for article in _complete(articles, terms, room))
    return found + _suggest("article", titles, room)


def _named(choices: Iterable[Choice], terms: list[str]) -> Iterator[tuple[str, str]]:
    """Those whose name has, for each term, a word that begins with it."""
    beginnings = [fold(term) for term in terms]
    for choice in choices:
        name = [fold(word) for word in words(choice.name)]
        if all(any(word.startswith(beginning) for word in name) for beginning in beginnings):
            yield choice.name, choice.url


def _complete(among: QuerySet, terms: list[str], most: int) -> Iterable[Any]:
    return get_search_backend().autocomplete(" ".join(terms), among, operator="and")[:most]


def _suggest(kind: str, found: Iterable[tuple[str, str]], most: int = MOST_OF_A_KIND) -> list[Suggestion]:
    return [{"kind": kind, "label": label, "url": url} for label, url in islice(found, most)]
