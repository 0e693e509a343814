"""An index of what will expire: the worker asks every second, and an archive holds 100,000 pages that never do."""

from django.db import migrations

CREATE = "CREATE INDEX wagtailcore_page_expiring ON wagtailcore_page (expire_at) WHERE live AND expire_at IS NOT NULL"
DROP = "DROP INDEX wagtailcore_page_expiring"


class Migration(migrations.Migration):
    dependencies = [
        ("delivery", "0002_worker"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunSQL(CREATE, DROP)]
