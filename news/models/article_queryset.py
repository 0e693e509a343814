"""Articles in the newsroom's words; the one place that knows what a list, a card or an article page reads."""

import json
from typing import TYPE_CHECKING

from django.db import connections
from django.db.models import Exists, OuterRef, Q
from wagtail.models import Page
from wagtail.query import PageQuerySet

from aminata24.delivery.memory import ShortMemory
from aminata24.delivery.statements import Statement
from news.models.listing import AuthorListing, ListingQuerySet, PageListing, TopicListing
from news.press import press

if TYPE_CHECKING:
    from news.models import ArticlePage, Author, SectionPage, Topic

# What a card shows. Deferred columns stay in the database: a body is the largest thing we store.
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
    "comment_count",
    "section_id",
    "lead_image__title",
    "lead_image__description",
    "lead_image__sources",
    "lead_image__file",
    "lead_image__width",
    "lead_image__height",
)

# What an article page needs around its story, and the story as this release printed it.
READ_PAGE = Statement(
    "article_at",
    """
    SELECT page.id, page.path, page.depth, page.url_path, page.live, page.content_type_id, page.alias_of_id,
           page.last_published_at, article.page_ptr_id, article.published_at, article.section_id,
           article.comment_count, article.comments_closed,
           story.html AS printed_html, story.title AS printed_title, story.head AS printed_head,
           story.bar AS printed_bar, story.related AS printed_related
    FROM wagtailcore_page page
    JOIN news_articlepage article ON article.page_ptr_id = page.id
    LEFT JOIN news_printedstory story ON story.article_id = page.id AND story.press = %(press)s
         AND (story.edition = page.last_published_at OR story.edition IS NULL AND page.last_published_at IS NULL)
    WHERE page.live AND page.url_path = %(path)s
    """,
)


class ArticleQuerySet(PageQuerySet):
    """Lists are always newest first."""

    def newest(self) -> "ArticleQuerySet":
        """By publication time; the key makes the order whole where two were published at once."""
        return self.order_by("-published_at", "-pk")

    def for_cards(self) -> "ArticleQuerySet":
        """With what a card shows and nothing else."""
        return self.select_related("lead_image").only(*CARD_FIELDS)

    def at(self, url_path: str) -> "ArticlePage | None":
        """The live article at a path of the tree, with its printed story if that still holds; its other fields come
        from the database when they are asked for."""
        from news.models import PrintedStory

        call = READ_PAGE.call(connections[self.db], {"press": press(), "path": url_path})
        article = next(iter(self.raw(*call)), None)
        if article and article.printed_html is not None:
            article.printed = PrintedStory(
                html=article.printed_html,
                title=article.printed_title,
                head=article.printed_head,
                bar=article.printed_bar,
                related=json.loads(article.printed_related),
                edition=article.last_published_at,
                press=press(),
            )
        return article

    def in_section(self, section: Page) -> "ArticleQuerySet":
        """Those listed on a section (its own, its sub-sections', and those that also stand in it)."""
        return self.filter(pk__in=PageListing.objects.filter(page=section.pk).values("article"))

    def by_author(self, author: "Author") -> "ArticleQuerySet":
        """Those an author signed."""
        return self.filter(pk__in=AuthorListing.objects.filter(author=author).values("article"))

    def on_topic(self, topic: "Topic") -> "ArticleQuerySet":
        """Those on a topic."""
        return self.filter(pk__in=TopicListing.objects.filter(topic=topic).values("article"))

    def pinned_to(self, section: "SectionPage | int") -> "ArticleQuerySet":
        """Those an editor pinned to a section (or its key), in the editor’s order."""
        return self.listed().filter(pinned_on__section=section).order_by("pinned_on__sort_order")

    def latest(self, count: int) -> "ArticleQuerySet":
        """The newest that readers may see (« En continu »)."""
        newest = PageListing.everything().newest()
        return self.for_cards().filter(pk__in=newest.values("article")[:count]).newest()

    def listed(self) -> "ArticleQuerySet":
        """Those that readers may see: live, and neither private nor in a private section."""
        return self.filter(Exists(PageListing.objects.filter(article=OuterRef("pk"))))

    def in_order_of(self, keys: list[int]) -> "list[ArticlePage]":
        """Those with these keys that readers may see, as cards, in the order of the keys; remembered briefly."""
        found = _cards.get_many(keys, self._cards_or_none)
        return [card for key in keys if (card := found[key])]

    def _cards_or_none(self, keys: list[int]) -> "dict[int, ArticlePage | None]":
        return {**dict.fromkeys(keys), **self.listed().for_cards().in_bulk(keys)}

    def related_to(self, article: "ArticlePage", count: int) -> "list[ArticlePage]":
        """
        What a reader of an article may like: what an editor chose, then by topic, then by section, newest first.

        Candidates come from the top of each listing, so the cost doesn't grow with the archive.
        """
        chosen = [related.story_id for related in article.related_stories.all()]  # type: ignore[attr-defined]
        topics = [topic.pk for topic in article.topics.all()]
        listings: list[ListingQuerySet] = [TopicListing.objects.filter(topic=topic) for topic in topics]
        listings.append(PageListing.objects.filter(page=article.section_id))
        candidates = Q(pk__in=chosen)
        for listing in listings:
            candidates |= Q(pk__in=listing.newest()[: count + 1].values("article"))
        stories = (
            self.listed()
            .for_cards()
            .filter(candidates)
            .exclude(pk=article.pk)
            .annotate(shares_topic=Exists(TopicListing.objects.filter(topic__in=topics, article=OuterRef("pk"))))
            .order_by("-shares_topic", "-published_at", "-pk")
        )
        place = {key: number for number, key in enumerate(chosen)}
        return sorted(stories, key=lambda story: place.get(story.pk, len(place)))[:count]


# Cards that stand below articles; the same few newest stories stand below many.
_cards: "ShortMemory[int, ArticlePage | None]" = ShortMemory()
