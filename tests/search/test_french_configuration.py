"""Text search on PostgreSQL, and its migration."""

from importlib import import_module

import pytest
from django.db import DatabaseError, connection

from tests.factories import ArticleFactory

migration = import_module("search.migrations.0001_french_configuration")
index_migration = import_module("search.migrations.0002_whole_text_index")

pytestmark = pytest.mark.django_db
on_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own")


def configurations():
    with connection.cursor() as cursor:
        cursor.execute("SELECT cfgname FROM pg_ts_config WHERE cfgname LIKE 'aminata24%%'")
        return {name for (name,) in cursor.fetchall()}


def lexemes(configuration, text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tsvector_to_array(to_tsvector(%s, %s))", [configuration, text])
        return cursor.fetchone()[0]


@on_postgres
def test_words_are_found_by_their_stem_without_accents_or_elision():
    assert lexemes("aminata24_french", "La Côte d’Ivoire, l'école") == lexemes("aminata24_french", "cote IVOIRE ECOLES")
    assert lexemes("aminata24_autocomplete", "Écoles") == ["ecoles"]


@on_postgres
def test_a_plural_finds_its_singular(section, client):
    ArticleFactory(parent=section, title="Une élection locale")
    assert "Une élection locale" in client.get("/recherche/?q=elections+locales").content.decode()


@on_postgres
def test_the_migration_can_be_undone_and_done_again():
    with connection.schema_editor() as editor:
        migration.drop_configurations(None, editor)
        assert configurations() == set()
        migration.create_configurations(None, editor)
    assert configurations() == {"aminata24_french", "aminata24_autocomplete"}


@on_postgres
def test_a_search_has_an_index_to_walk():
    def has_index():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_indexes WHERE indexname = %s", [index_migration.INDEX])
            return cursor.fetchone() is not None

    assert has_index()
    with connection.schema_editor() as editor:
        index_migration.drop_index(None, editor)
        assert not has_index()
        index_migration.create_index(None, editor)
    assert has_index()


@on_postgres
def test_without_the_extension_search_works_with_accents(monkeypatch):
    monkeypatch.setattr(migration, "_has_unaccent", lambda connection: False)
    with connection.schema_editor() as editor:
        migration.create_configurations(None, editor)
    assert lexemes("aminata24_autocomplete", "Écoles") == ["écoles"]


@on_postgres
def test_an_extension_that_may_not_be_made_is_told_of(monkeypatch, caplog):
    def refuse(**options):
        raise DatabaseError("permission denied")

    monkeypatch.setattr(migration.transaction, "atomic", refuse)
    assert migration._has_unaccent(connection) is False
    assert "CREATE EXTENSION unaccent" in caplog.text


def test_the_migrations_leave_sqlite_alone():
    class Editor:
        class connection:
            vendor = "sqlite"

    migration.create_configurations(None, Editor)
    migration.drop_configurations(None, Editor)
    index_migration.create_index(None, Editor)
    index_migration.drop_index(None, Editor)
