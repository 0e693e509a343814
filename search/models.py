"""What the search walks on PostgreSQL, derived like the listings."""

from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchListing(models.Model):
    """
    An article that readers may see, by all it is found by.

    `search.listing` derives it from Wagtail's index and from the listings, and finds articles by it;
    on SQLite it stays empty. A migration makes the one index on it, of the words.
    """

    article = models.OneToOneField("news.ArticlePage", primary_key=True, on_delete=models.CASCADE, related_name="+")
    published_at = models.DateTimeField()
    # The words that weigh most, few enough to be read for every candidate: headline, standfirst, authors, topics.
    headline = SearchVectorField()
    # Every word, and marks of where, by whom and when it was published; only their index is read.
    words = SearchVectorField()

    class Meta:
        default_permissions = ()
        verbose_name = _("listing in the search")
        verbose_name_plural = _("listings in the search")
