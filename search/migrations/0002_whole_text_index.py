"""
The index that a search walks on PostgreSQL: headline and text as one.

Wagtail indexes both on their own, but asks for both joined, which no index of its own serves.
"""

from typing import Any

from django.db import migrations

INDEX = "search_whole_text"


def create_index(apps: Any, schema_editor: Any) -> None:
    """Make the index on PostgreSQL; SQLite's FTS5 table is an index itself."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE INDEX {INDEX} ON wagtailsearch_indexentry USING gin ((title || body))")


def drop_index(apps: Any, schema_editor: Any) -> None:
    """Take the index away."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {INDEX}")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_french_configuration"), ("wagtailsearch", "0010_add_text_fields")]

    operations = [migrations.RunPython(create_index, drop_index)]
