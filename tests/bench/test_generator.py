"""That the copies the benchmark reads are what the newsroom would have made, so that its figures mean something."""

import sys

import pytest
from django.db import connection
from django.utils import translation
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from aminata24.demo.progress import Progress
from home.models import HomePage
from news.cards import card_of
from news.listings import refresh
from news.models import ArticlePage, AuthorListing, PageListing, SectionPage, TopicListing
from news.printing import print_stories, render_story
from search.engine import Request, search
from tests.bench.generator import DAYS_BETWEEN_GENERATIONS, copy_articles, names_of
from tests.newsroom import make_newsroom

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL copies the articles itself")


@pytest.fixture
def copies(home_page: HomePage) -> list[ArticlePage]:
    """Three generations of a newsroom's articles, and the beginning of a fourth, made in two goes."""
    newsroom = make_newsroom(home_page, articles=6)
    known = [article.pk for article in ArticlePage.objects.all()]
    print_stories.call(known)
    get_search_backend().add_bulk(ArticlePage, ArticlePage.objects.all())
    for count in (7, 9):
        copy_articles(count, Progress(sys.stdout))
    assert newsroom.article.corrections.exists()
    return list(ArticlePage.objects.exclude(pk__in=known).order_by("pk"))


def test_the_tree_is_sound_and_still_grows(copies: list[ArticlePage]) -> None:
    assert len(copies) == 16
    assert not any(Page.find_problems())
    assert len({article.url_path for article in copies}) == 16
    section = SectionPage.objects.get(slug="societe")
    section.add_child(instance=ArticlePage(title="Encore un", slug="encore-un"))
    assert not any(Page.find_problems())


def test_a_print_is_what_the_printer_makes(copies: list[ArticlePage]) -> None:
    with translation.override("fr"):
        for article in copies:
            printed, made = article.printed, render_story(article)
            for part in ("html", "title", "head", "bar", "edition", "press"):
                assert getattr(printed, part) == getattr(made, part), part
            assert article.printed_card.html == card_of(article).html


def test_lists_are_what_publication_makes(copies: list[ArticlePage]) -> None:
    def listed() -> list[list[tuple]]:
        return [
            sorted(model.objects.values_list("article", "published_at", owner))
            for model, owner in ((PageListing, "page"), (AuthorListing, "author"), (TopicListing, "topic"))
        ]

    copied = listed()
    for article in copies:
        refresh(article)
    assert copied == listed()


def test_generations_are_days_apart(copies: list[ArticlePage]) -> None:
    first, second = copies[0], copies[5]
    assert first.standfirst.partition(" Avec ")[0] == second.standfirst.partition(" Avec ")[0]
    assert (first.published_at - second.published_at).days == DAYS_BETWEEN_GENERATIONS


def test_a_copy_is_found_by_its_own_names(copies: list[ArticlePage]) -> None:
    for number, article in enumerate(copies, 1):
        place, people = names_of(number)
        assert article.pk in [hit.card.pk for hit in search(Request([place, people[-1]]), 1).hits]
