"""Make all listings anew, for example after articles were imported straight into the database."""

from typing import Any

from django.core.management.base import BaseCommand

from news.listings import refresh
from news.models import ArticlePage


class Command(BaseCommand):
    """`manage.py rebuild_listings`"""

    help = "Rebuild the lists of sections, authors and topics from the articles."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for article in ArticlePage.objects.iterator(chunk_size=500):
            refresh(article)
            count += 1
        self.stdout.write(f"{count} articles listed.")
