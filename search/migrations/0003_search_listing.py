"""The table that the search walks on PostgreSQL."""

import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("news", "0004_live"), ("search", "0002_whole_text_index")]

    operations = [
        migrations.CreateModel(
            name="SearchListing",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="news.articlepage",
                    ),
                ),
                ("published_at", models.DateTimeField()),
                ("headline", django.contrib.postgres.search.SearchVectorField()),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "verbose_name": "listing in the search",
                "verbose_name_plural": "listings in the search",
                "default_permissions": (),
            },
        ),
    ]
