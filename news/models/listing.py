"""
Where each live article is listed, in order of publication.

These narrow tables are what makes lists fast: a page deep down a section of 100,000 articles is one
walk along one index. They are derived from the articles; `news.listings.refresh` keeps them up and
`manage.py rebuild_listings` makes them anew.
"""

from functools import cache
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from aminata24.delivery.statements import Statement
from aminata24.theme.surroundings import surroundings


class ListingQuerySet(models.QuerySet["Listing"]):
    """Rows of a listing."""

    def newest(self) -> "ListingQuerySet":
        """In the order of the index."""
        return self.order_by("-published_at", "-article")


class Listing(models.Model):
    """That an article is listed somewhere; `published_at` is the article's own."""

    article = models.ForeignKey("news.ArticlePage", on_delete=models.CASCADE)
    published_at = models.DateTimeField()

    objects = ListingQuerySet.as_manager()

    # The column of what it is a listing of.
    owner: ClassVar[str]

    class Meta:
        abstract = True

    @classmethod
    def newest_keys(cls, owner: int, count: int, after: int = 0) -> list[int]:
        """The keys of so many articles of a page, an author or a topic after the newest ones, as `newest` has them."""
        rows = _newest(cls).rows(cls, {"owner": owner, "count": count, "after": after})
        return [key for (key,) in rows]


@cache
def _newest(listing: type[Listing]) -> Statement:
    return Statement(
        f"newest_{listing._meta.model_name}",
        f"SELECT article_id FROM {listing._meta.db_table} WHERE {listing.owner} = %(owner)s "
        "ORDER BY published_at DESC, article_id DESC LIMIT %(count)s OFFSET %(after)s",
    )


def _in_order(owner: str) -> list[models.Index]:
    """The index a list walks along: one owner, newest first."""
    return [models.Index(owner, models.F("published_at").desc(), models.F("article").desc(), name=f"listing_{owner}")]


class PageListing(Listing):
    """On a page: the article's section, those above it, its further sections, and the front page (En continu)."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+", db_index=False)

    owner = "page_id"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "page"], name="listed_once_on_a_page")]
        indexes = _in_order("page")
        verbose_name = _("listing on a page")

    @classmethod
    def everything(cls) -> ListingQuerySet:
        """The front page's listing, which every article that readers may see is on (« En continu »)."""
        return cls.objects.filter(page=cls.page_of_everything())

    @classmethod
    def page_of_everything(cls) -> int:
        """The key of the page that lists everything: the front page."""
        return surroundings().site.root_page_id


class AuthorListing(Listing):
    """Among the articles of an author."""

    author = models.ForeignKey("news.Author", on_delete=models.CASCADE, related_name="+", db_index=False)

    owner = "author_id"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "author"], name="listed_once_by_an_author")]
        indexes = _in_order("author")
        verbose_name = _("listing by an author")


class TopicListing(Listing):
    """Among the articles on a topic."""

    topic = models.ForeignKey("news.Topic", on_delete=models.CASCADE, related_name="+", db_index=False)

    owner = "topic_id"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "topic"], name="listed_once_on_a_topic")]
        # By time alone: the popular topics of the last days.
        indexes = [*_in_order("topic"), models.Index(fields=["published_at"], name="listing_topic_recent")]
        verbose_name = _("listing on a topic")
