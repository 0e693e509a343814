"""What a reader saved for later, merged from all their devices."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2s

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aminata24.readers.models.user import User
from news.models import ArticlePage

# More than anybody reads; beyond it the oldest go.
MOST_SAVED = 500
# A device that was away for longer may bring back what was removed meanwhile.
REMOVALS_KEPT = timedelta(days=180)


@dataclass(frozen=True, order=True)
class Change:
    """That an article was saved or removed; the later one is the greater, and saving where both happened at once."""

    at: datetime
    is_saved: bool


# By the key of the article.
Changes = dict[int, Change]


def merged(changes: Iterable[tuple[int, Change]]) -> Changes:
    """The last change of each article, in whatever order they come."""
    last: Changes = {}
    for key, change in changes:
        last[key] = max(change, last.get(key, change))
    return last


class SavedArticleQuerySet(models.QuerySet["SavedArticle"]):
    """A reader's list."""

    def of(self, reader: User) -> "SavedArticleQuerySet":
        """What this reader saved or removed."""
        return self.filter(reader=reader)

    def saved(self) -> "SavedArticleQuerySet":
        """What is on the list, the latest first."""
        return self.filter(is_saved=True).order_by("-changed_at", "-article")

    def version(self) -> str:
        """Short, and another as soon as the list is another."""
        rows = self.saved().values_list("article", "changed_at")
        return blake2s(repr(list(rows)).encode(), digest_size=8).hexdigest()

    @transaction.atomic
    def merge(self, reader: User, changes: Changes) -> None:
        """
        Take over what is later than what the list says. Articles that don't exist are passed over.

        Any order of merges comes to the same list, and two devices may merge at once.
        """
        # One after the other, also while there is no row yet that could be locked.
        User.objects.select_for_update(no_key=True).only("pk").get(pk=reader.pk)
        rows = self.of(reader)
        known = {row.article_id: row.change for row in rows.filter(article__in=changes)}
        later = {key: change for key, change in changes.items() if key not in known or change > known[key]}
        SavedArticle.objects.bulk_create(
            [
                SavedArticle(reader=reader, article_id=key, changed_at=later[key].at, is_saved=later[key].is_saved)
                for key in ArticlePage.objects.filter(pk__in=later).values_list("pk", flat=True)
            ],
            update_conflicts=True,
            unique_fields=["reader", "article"],
            update_fields=["changed_at", "is_saved"],
        )
        rows.filter(is_saved=False, changed_at__lt=timezone.now() - REMOVALS_KEPT).delete()
        rows.filter(pk__in=list(rows.saved().values_list("pk", flat=True)[MOST_SAVED:])).delete()


class SavedArticle(models.Model):
    """An article that a reader saved, or removed again: the other devices have to hear of that too."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reader"),
        on_delete=models.CASCADE,
        related_name="saved_articles",
        # The constraint below is an index of it.
        db_index=False,
    )
    article = models.ForeignKey(ArticlePage, verbose_name=_("article"), on_delete=models.CASCADE, related_name="+")
    changed_at = models.DateTimeField(_("saved or removed on"))
    is_saved = models.BooleanField(_("saved"))

    objects = SavedArticleQuerySet.as_manager()

    # Editors see what refers to a page; what readers save is none of theirs.
    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "article"], name="saved_once_by_a_reader")]
        verbose_name = _("saved article")
        verbose_name_plural = _("saved articles")

    def __str__(self) -> str:
        return f"{self.reader} – {self.article}"

    @property
    def change(self) -> Change:
        """What happened last."""
        return Change(self.changed_at, self.is_saved)
