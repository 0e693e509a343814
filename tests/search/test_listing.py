"""The search's own table on PostgreSQL: what is found by it, in which order, and that it is kept in step."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import PageViewRestriction

from aminata24.theme.surroundings import read_along
from news.models import ArticlePage
from search import listing
from search.engine import search
from search.models import SearchListing
from search.request import Request
from tests.factories import ArticleFactory, AuthorFactory, SectionFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite is searched in Wagtail's index"),
]


def titles(*terms, number=1, **filters):
    """The headlines of what is found, in order."""
    keys = [hit.card.pk for hit in search(Request(list(terms), **filters), number).hits]
    found = ArticlePage.objects.in_bulk(keys)
    return [found[key].title for key in keys]


@pytest.fixture
def archive(section):
    """Forty articles from newest to oldest, days, months and years apart; every third has the word in its headline."""
    made = []
    for number in range(40):
        when = timezone.now() - timedelta(hours=number**3)
        title, body = (f"Fonio {number}", "Rien.") if number % 3 == 0 else (f"Récolte {number}", "Le fonio.")
        made.append(
            ArticleFactory(parent=section, title=title, published_at=when, body=[("paragraph", f"<p>{body}</p>")]).title
        )
    return made


@pytest.fixture
def few_fresh_articles(monkeypatch):
    """As if the archive were large: a search begins with the newest five, and puts the newest ten in order."""
    monkeypatch.setattr(listing, "FRESH_ARTICLES", 5)
    monkeypatch.setitem(read_along, "fresh_since", listing.fresh_since())
    monkeypatch.setattr(listing, "CANDIDATES", 10)


def test_by_date_nothing_is_missed_from_one_stretch_of_time_to_the_next(archive, few_fresh_articles):
    assert [title for number in (1, 2, 3, 4) for title in titles("fonio", newest_first=True, number=number)] == archive


def test_by_relevance_the_newest_headlines_come_first_and_the_old_follow_by_date(archive, few_fresh_articles):
    found = [title for number in (1, 2, 3, 4) for title in titles("fonio", number=number)]
    assert found[:4] == ["Fonio 0", "Fonio 3", "Fonio 6", "Fonio 9"]
    assert found[10:] == archive[10:]
    assert set(found) == set(archive)


def test_a_period_is_kept_to_the_second_whatever_stretches_it_lies_in(archive, few_fresh_articles):
    for number in (1, 3, 7, 20, 39):
        since = timezone.now() - timedelta(hours=number**3, minutes=-1)
        assert titles("fonio", newest_first=True, since=since) == archive[:number][:10]


def test_a_rare_headline_comes_first_however_old_it_is(section, archive, few_fresh_articles):
    ArticleFactory(parent=section, title="Le mil renaît", published_at=timezone.now() - timedelta(days=9000))
    ArticleFactory(parent=section, title="Au marché", body=[("paragraph", "<p>Du mil et du fonio.</p>")])
    assert titles("mil") == ["Le mil renaît", "Au marché"]


def test_a_decimal_number_is_found_as_it_is_written(section):
    ArticleFactory(parent=section, title="Croissance de 3,5 %")
    ArticleFactory(parent=section, title="Les 5 et 3 juin")
    assert titles("3,5") == ["Croissance de 3,5 %"]


def test_stop_words_alone_find_nothing_whatever_the_filters(section):
    author = AuthorFactory()
    ArticleFactory(parent=section, title="De la terre", authors=[author])
    everywhere = {"section_pk": section.pk, "author_pk": author.pk, "since": timezone.now() - timedelta(days=1)}
    assert titles("terre", **everywhere) == ["De la terre"]
    assert titles("de", "la", **everywhere) == []


def test_nobody_can_type_a_mark(section, client):
    ArticleFactory(parent=section, title="Fonio")
    marks = SearchListing.objects.get().words
    assert f"'page:{section.pk}'" in marks
    for query in (f"page:{section.pk}", f"page {section.pk}", f"'page:{section.pk}'"):
        assert "search-nothing" in client.get("/recherche/", {"q": query}).content.decode()


def test_what_readers_may_no_longer_see_leaves_at_once_and_comes_back(section):
    article = ArticleFactory(parent=section, title="Fonio")
    restriction = PageViewRestriction.objects.create(page=section, restriction_type="password", password="x")
    assert not SearchListing.objects.exists()
    restriction.delete()
    assert titles("fonio") == ["Fonio"]
    article.unpublish()
    assert not SearchListing.objects.exists()


def test_an_article_is_found_where_it_was_moved_to(section, home_page):
    other = SectionFactory(parent=home_page, title="Société", slug="societe")
    article = ArticleFactory(parent=section, title="Fonio")
    article.move(other, "last-child")
    assert titles("fonio", section_pk=other.pk) == ["Fonio"]
    assert titles("fonio", section_pk=section.pk) == []


def test_a_deleted_article_leaves_nothing_behind(section):
    ArticleFactory(parent=section, title="Fonio").delete()
    assert not SearchListing.objects.exists()


@pytest.mark.parametrize("again", ["update_index", "rebuild_listings", "migration"])
def test_it_can_be_made_anew(section, again, capsys):
    ArticleFactory(parent=section, title="Fonio")
    SearchListing.objects.all().delete()
    assert titles("fonio") == []
    if again == "migration":
        with connection.schema_editor() as editor:
            import_module("search.migrations.0004_fill_search_listing").fill(apps, editor)
    else:
        call_command(again)
    assert titles("fonio") == ["Fonio"]


def test_the_migration_of_its_index_can_be_undone_and_done_again():
    migration = import_module("search.migrations.0005_search_words")

    def has_index():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_indexes WHERE indexname = %s", [migration.INDEX])
            return cursor.fetchone() is not None

    with connection.schema_editor() as editor:
        migration.drop_index(apps, editor)
        assert not has_index()
        migration.create_index(apps, editor)
    assert has_index()


def test_another_search_engine_is_asked_where_the_settings_name_one(section, monkeypatch):
    ArticleFactory(parent=section, title="Fonio")
    monkeypatch.setattr(listing, "is_kept", lambda: False)
    assert titles("fonio") == ["Fonio"]
