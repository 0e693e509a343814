"""
French text search on PostgreSQL: stemming, and no difference between accented and plain letters.

Nothing happens on SQLite, whose FTS5 tokenizer ignores accents and case by itself.
"""

import logging
from typing import Any

from django.db import DatabaseError, migrations, transaction

logger = logging.getLogger(__name__)

# {our configuration: (PostgreSQL's own that it copies, the dictionary that follows unaccent)}
CONFIGURATIONS = {
    "aminata24_french": ("french", "french_stem"),
    "aminata24_autocomplete": ("simple", "simple"),
}


def _has_unaccent(connection: Any) -> bool:
    """Whether the extension is there, if need be after creating it (PostgreSQL lets a database's owner do that)."""
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS unaccent")
            cursor.execute("SELECT 'unaccent'::regdictionary")
    except DatabaseError as error:
        logger.warning(
            "search_without_unaccent error=%s: accents will matter in searches. Have an administrator run CREATE "
            "EXTENSION unaccent in this database, then run `migrate search zero`, `migrate` and `update_index`.",
            error,
        )
        return False
    return True


def create_configurations(apps: Any, schema_editor: Any) -> None:
    """Make both configurations; without the extension they are plain copies, so that search works all the same."""
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    unaccent = _has_unaccent(connection)
    with connection.cursor() as cursor:
        for name, (template, dictionary) in CONFIGURATIONS.items():
            cursor.execute(f"DROP TEXT SEARCH CONFIGURATION IF EXISTS {name}")
            cursor.execute(f"CREATE TEXT SEARCH CONFIGURATION {name} (COPY = {template})")
            if unaccent:
                cursor.execute(
                    f"ALTER TEXT SEARCH CONFIGURATION {name} "
                    f"ALTER MAPPING FOR hword, hword_part, word WITH unaccent, {dictionary}"
                )


def drop_configurations(apps: Any, schema_editor: Any) -> None:
    """Take the configurations away. The extension stays: others may use it by now."""
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        for name in CONFIGURATIONS:
            cursor.execute(f"DROP TEXT SEARCH CONFIGURATION IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = []

    operations = [migrations.RunPython(create_configurations, drop_configurations)]
