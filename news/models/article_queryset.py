"""Articles in the newsroom's words; the one place that knows what a list, a card or an article page reads."""

from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from wagtail.models import Page
from wagtail.query import PageQuerySet

from news.models.listing import AuthorListing, PageListing, TopicListing
from news.models.public_page import with_privacy

if TYPE_CHECKING:
    from news.models import ArticlePage, Author, SectionPage, Topic

# What a card shows. `deferred` columns stay in the database: a body is the largest thing we store.
CARD_FIELDS = (
    "title",
    "url_path",
    "short_headline",
    "kicker",
    "standfirst",
    "format",
    "sponsor_label",
    "published_at",
    "reading_minutes",
    "section__title",
    "section__url_path",
    "section__accent",
    "lead_image__description",
    "lead_image__sources",
    "lead_image__file",
    "lead_image__width",
    "lead_image__height",
)
CARD_RELATIONS = ("section", "lead_image")


class ArticleQuerySet(PageQuerySet):
    """Lists are always newest first."""

    def newest(self) -> "ArticleQuerySet":
        """By publication time; the key makes the order whole where two were published at once."""
        return self.order_by("-published_at", "-pk")

    def for_cards(self) -> "ArticleQuerySet":
        """With what a card shows and nothing else."""
        return self.select_related(*CARD_RELATIONS).only(*CARD_FIELDS)

    def for_reading(self) -> "ArticleQuerySet":
        """With what an article page needs before it reads the story itself, which is mostly printed already."""
        return with_privacy(self).select_related(*CARD_RELATIONS, "printed")

    def in_section(self, section: Page) -> "ArticleQuerySet":
        """Those listed on a section (its own, its sub-sections', and those that also stand in it)."""
        return self.filter(pk__in=PageListing.objects.filter(page=section.pk).values("article"))

    def by_author(self, author: "Author") -> "ArticleQuerySet":
        """Those an author signed."""
        return self.filter(pk__in=AuthorListing.objects.filter(author=author).values("article"))

    def on_topic(self, topic: "Topic") -> "ArticleQuerySet":
        """Those on a topic."""
        return self.filter(pk__in=TopicListing.objects.filter(topic=topic).values("article"))

    def pinned_to(self, section: "SectionPage") -> "ArticleQuerySet":
        """Those an editor pinned to a section, in the editor's order."""
        return self.live().for_cards().filter(pinned_on__section=section).order_by("pinned_on__sort_order")

    def latest(self, count: int) -> "ArticleQuerySet":
        """The newest of all (« En continu »)."""
        return self.live().for_cards().filter(published_at__isnull=False).newest()[:count]

    def related_to(self, article: "ArticlePage", count: int) -> "ArticleQuerySet":
        """
        What a reader of an article may like: what an editor chose, then by topic, then by section, newest first.

        Candidates come from the top of each listing, so the cost doesn't grow with the archive.
        """
        from news.models import RelatedStory

        topics = [topic.pk for topic in article.topics.all()]
        listings = [TopicListing.objects.filter(topic=topic) for topic in topics]
        listings.append(PageListing.objects.filter(page=article.section_id))
        chosen = RelatedStory.objects.filter(article=article.pk)
        candidates = Q(pk__in=chosen.values("story"))
        for listing in listings:
            candidates |= Q(pk__in=listing.newest()[: count + 1].values("article"))
        return (
            self.live()
            .for_cards()
            .filter(candidates)
            .exclude(pk=article.pk)
            .annotate(
                place=Subquery(chosen.filter(story=OuterRef("pk")).values_list(Coalesce("sort_order", 0))[:1]),
                shares_topic=Exists(TopicListing.objects.filter(topic__in=topics, article=OuterRef("pk"))),
            )
            .order_by(F("place").asc(nulls_last=True), "-shares_topic", "-published_at", "-pk")[:count]
        )
