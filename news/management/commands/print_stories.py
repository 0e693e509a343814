"""Print the live stories that have no print, or one of older templates; run it after a deploy."""

from typing import Any

from django.core.management.base import BaseCommand

from news.models import ArticlePage
from news.press import press
from news.printing import print_stories

BATCH = 50


class Command(BaseCommand):
    """`manage.py print_stories`"""

    help = "Print live stories whose HTML is missing or was made by older templates."

    def handle(self, *args: Any, **options: Any) -> None:
        outdated = ArticlePage.objects.live().exclude(printed__press=press()).newest()
        keys = list(outdated.values_list("pk", flat=True))
        for start in range(0, len(keys), BATCH):
            print_stories.call(keys[start : start + BATCH])
            self.stdout.write(f"\r{min(start + BATCH, len(keys))}/{len(keys)} stories printed", ending="")
        self.stdout.write(f"\r{len(keys)} stories printed." + " " * 20)
