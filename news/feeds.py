"""RSS: the newest articles of the site, of a section, of an author."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Enclosure
from django.utils.translation import gettext as _

from aminata24.delivery.cache import public
from aminata24.theme.surroundings import absolute, path_of, surroundings
from news.metadata import preview_of
from news.models import ArticleAuthor, ArticlePage, Author, AuthorListing, PageListing, SectionPage
from news.models.article_queryset import CARD_FIELDS
from news.models.listing import ListingQuerySet

ITEMS = 30

_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def xml_text(text: str) -> str:
    """The text without the control characters that XML can't hold and that get in by copy and paste."""
    return _NOT_XML.sub("", text)


class NewsFeed(Feed):
    """What all feeds share. Every address is made from SITE_URL, none from the request."""

    @public
    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().__call__(request, *args, **kwargs)

    def listing(self, owner: Any) -> ListingQuerySet:
        """The listing that the feed shows the top of."""
        raise NotImplementedError

    def items(self, owner: Any) -> Iterable[ArticlePage]:
        newest = self.listing(owner).newest().values("article")[:ITEMS]
        bylines = ArticleAuthor.objects.select_related("author")
        return (
            ArticlePage.objects.filter(pk__in=newest)
            .select_related("lead_image")
            .only(*CARD_FIELDS, "updated_at")
            .prefetch_related(Prefetch("bylines", bylines))
            .newest()
        )

    def item_title(self, item: ArticlePage) -> str:
        return xml_text(item.headline)

    def item_description(self, item: ArticlePage) -> str:
        return xml_text(item.standfirst)

    def item_link(self, item: ArticlePage) -> str:
        return absolute(path_of(item))

    def item_pubdate(self, item: ArticlePage) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: ArticlePage) -> datetime | None:
        return item.updated_at or item.published_at

    def item_author_name(self, item: ArticlePage) -> str:
        return xml_text(", ".join(byline.author.name for byline in item.bylines.all()))

    def item_categories(self, item: ArticlePage) -> list[str]:
        return [item.main_section.title] if item.main_section else []

    def item_enclosures(self, item: ArticlePage) -> list[Enclosure]:
        # The size would take a look at each file; 0 says that it is unknown.
        preview = preview_of(item.lead_image)
        return [Enclosure(preview.url, "0", "image/jpeg")] if preview else []


class SiteFeed(NewsFeed):
    """`/flux/`: everything."""

    def title(self) -> str:
        return surroundings().brand.name

    def description(self) -> str:
        brand = surroundings().brand
        return brand.description or brand.tagline or brand.name

    def link(self) -> str:
        return absolute("/")

    def feed_url(self) -> str:
        return absolute("/flux/")

    def listing(self, owner: Any) -> ListingQuerySet:
        return PageListing.everything()


class SectionFeed(NewsFeed):
    """`/afrique/flux/`: a section with its sub-sections."""

    def get_object(self, request: HttpRequest, section: SectionPage) -> SectionPage:
        if section.get_view_restrictions():
            raise Http404("A private section has no feed.")
        return section

    def title(self, section: SectionPage) -> str:
        return f"{section.title} – {surroundings().brand.name}"

    def description(self, section: SectionPage) -> str:
        return xml_text(section.introduction) or _("The latest news: %(section)s") % {"section": section.title}

    def link(self, section: SectionPage) -> str:
        return absolute(path_of(section))

    def feed_url(self, section: SectionPage) -> str:
        return absolute(f"{path_of(section)}flux/")

    def listing(self, section: SectionPage) -> ListingQuerySet:
        return PageListing.objects.filter(page=section.pk)


class AuthorFeed(NewsFeed):
    """`/auteurs/<slug>/flux/`: everything an author signed."""

    def get_object(self, request: HttpRequest, slug: str) -> Author:
        return get_object_or_404(Author, slug=slug)

    def title(self, author: Author) -> str:
        return f"{author.name} – {surroundings().brand.name}"

    def description(self, author: Author) -> str:
        return _("The latest articles by %(author)s") % {"author": author.name}

    def link(self, author: Author) -> str:
        return absolute(author.get_absolute_url())

    def feed_url(self, author: Author) -> str:
        return absolute(f"{author.get_absolute_url()}flux/")

    def listing(self, author: Author) -> ListingQuerySet:
        return AuthorListing.objects.filter(author=author.pk)
