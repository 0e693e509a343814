"""Queries written in SQL: the same on every database, planned once for a connection on PostgreSQL."""

import pytest
from django.db import DatabaseError, connection, transaction
from wagtail.models import Page

from aminata24.delivery.statements import Statement
from news.models import PageListing
from tests.factories import ArticleFactory, root_page

pytestmark = pytest.mark.django_db

SLUGS = Statement(
    "slugs_of_tests",
    "SELECT slug FROM wagtailcore_page WHERE id IN %(keys)s AND slug <> %(other)s AND depth > %(depth)s ORDER BY slug",
)
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite prepares by itself")


@pytest.fixture
def articles(section):
    return [ArticleFactory(parent=section, slug=slug) for slug in ("riz", "fonio", "mil")]


def slugs(keys, other="", depth=1):
    return [slug for (slug,) in SLUGS.rows(Page, {"depth": depth, "keys": keys, "other": other})]


def test_values_and_lists_are_put_in_by_name(articles):
    riz, fonio, mil = (article.pk for article in articles)
    assert slugs([riz, mil, fonio]) == ["fonio", "mil", "riz"]
    assert slugs([riz, mil]) == ["mil", "riz"]
    assert slugs([riz, mil], other="mil") == ["riz"]
    assert slugs([riz, mil], depth=9) == []


def test_what_is_put_in_is_never_read_as_sql(articles):
    keys = [article.pk for article in articles]
    assert slugs(keys, other="mil' OR '1'='1") == ["fonio", "mil", "riz"]
    assert slugs(keys, other="%(keys)s %s $1") == ["fonio", "mil", "riz"]


def test_it_counts_as_one_query_the_first_time_too(articles, django_assert_num_queries):
    first = Statement("counted_by_tests", "SELECT %(number)s + 1")
    with django_assert_num_queries(1):
        assert first.rows(Page, {"number": 1}) == [(2,)]


def test_wrong_sql_raises_what_django_raises(db):
    with transaction.atomic(), pytest.raises(DatabaseError), transaction.atomic():
        Statement("wrong_in_tests", "SELECT nonsense").rows(Page, {})


@on_postgresql
def test_postgresql_plans_it_once_for_a_connection(articles):
    for count in range(1, 4):
        PageListing.newest_keys(articles[0].section_id, count)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements WHERE name = %s", ["newest_pagelisting"])
        assert cursor.fetchall() == [("newest_pagelisting",)]


@pytest.fixture
def another_connection():
    another = connection.copy()
    yield another
    another.close()


def ask(connection):
    """The slug of the tree's root, which is there for every connection."""
    call = SLUGS.call(connection, {"depth": 0, "keys": [root_page().pk], "other": ""})
    with connection.cursor() as cursor:
        cursor.execute(*call)
        return cursor.fetchall()


@on_postgresql
def test_a_new_connection_plans_it_anew(another_connection):
    assert ask(connection) == ask(another_connection) == [("root",)]


@on_postgresql
def test_a_connection_that_broke_meanwhile_is_made_and_prepared_anew(another_connection):
    ask(another_connection)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [another_connection.connection.info.backend_pid])
    # As it is when a request starts.
    another_connection.health_check_enabled, another_connection.health_check_done = True, False
    assert ask(another_connection) == [("root",)]
