"""Lists the articles that are in Wagtail's index already."""

from typing import Any

from django.db import migrations


def fill(apps: Any, schema_editor: Any) -> None:
    """Derive the listing; a new database has nothing to derive it from, and SQLite searches in Wagtail's index."""
    if schema_editor.connection.vendor == "postgresql" and apps.get_model("news", "PageListing").objects.exists():
        from search.listing import refresh

        refresh()


class Migration(migrations.Migration):
    dependencies = [("search", "0003_search_listing")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
