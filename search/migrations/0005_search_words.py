"""
The index that the search walks along on PostgreSQL.

Without a list of pending entries, all of which every search would have to read.
"""

from typing import Any

from django.db import migrations

INDEX = "search_words"


def create_index(apps: Any, schema_editor: Any) -> None:
    """Make the index on PostgreSQL, after the listing is filled: that is far quicker."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE INDEX {INDEX} ON search_searchlisting USING gin (words) WITH (fastupdate = off)"
        )


def drop_index(apps: Any, schema_editor: Any) -> None:
    """Take the index away."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {INDEX}")


class Migration(migrations.Migration):
    dependencies = [("search", "0004_fill_search_listing")]

    operations = [migrations.RunPython(create_index, drop_index)]
