"""
What crawlers may find: the sitemap in parts, the Google News sitemap, robots.txt.

Parts read the narrow listings and ask for one page each, so that an archive of 100,000 articles
costs no more than its last page. Every address is made from SITE_URL.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import EmptyPage, PageNotAnInteger
from django.db.models import F, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, get_page_models

from aminata24.delivery.cache import public
from aminata24.theme.surroundings import absolute, path_of, surroundings
from news.feeds import xml_text
from news.models import ArticlePage, Author, AuthorListing, LiveState, PageListing, Topic, TopicListing

XML = "application/xml; charset=utf-8"
# What a news sitemap may hold, by Google's rules.
NEWS_AGE = timedelta(hours=48)
MOST_NEWS = 1000

NOT_FOR_CRAWLERS = ("/admin/", "/recherche/", "/moi/", "/compte/")


@dataclass(frozen=True)
class Entry:
    """An address with its last change, as the parts below list it."""

    path: str
    changed_at: datetime | None


class Part(Sitemap):
    """A part of the sitemap; Django asks the request for the site's address, we don't."""

    limit = 5000

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def location(self, item: Any) -> str:
        return self.entry(item).path

    def lastmod(self, item: Any) -> datetime | None:
        return self.entry(item).changed_at

    def entry(self, item: Any) -> Entry:
        """The address of an item; items are what `values_list` of the part's query gives."""
        raise NotImplementedError


class PagesPart(Part):
    """The front page, sections, information pages, LE DIRECT and its coverages, which their last entry changed."""

    def items(self) -> Iterable[Page]:
        others = [model for model in get_page_models() if not issubclass(model, ArticlePage)]
        root = surroundings().site.root_page
        pages = Page.objects.live().public().exact_type(*others).descendant_of(root, inclusive=True)
        last_entry = LiveState.objects.filter(coverage=OuterRef("pk")).values("changed_at")
        return pages.annotate(last=Coalesce(Subquery(last_entry), "last_published_at")).order_by("path")

    def entry(self, item: Any) -> Entry:
        return Entry(path_of(item), item.last)


class ArticlesPart(Part):
    """Every article, the oldest first: a new one changes the last page only."""

    def items(self) -> Iterable[tuple]:
        everything = PageListing.everything()
        return everything.order_by("published_at", "article").values_list(
            "article__url_path", "published_at", "article__updated_at"
        )

    def entry(self, item: tuple) -> Entry:
        url_path, published_at, updated_at = item
        return Entry(url_path.removeprefix(surroundings().root_path), updated_at or published_at)


class AuthorsPart(Part):
    """Every author who signed something, changed when they last did."""

    def items(self) -> Iterable[Author]:
        newest = AuthorListing.objects.filter(author=OuterRef("pk")).newest().values("published_at")[:1]
        return Author.objects.only("slug").annotate(last=Subquery(newest)).filter(last__isnull=False).order_by("pk")

    def entry(self, item: Any) -> Entry:
        return Entry(item.get_absolute_url(), item.last)


class TopicsPart(Part):
    """Every topic with an article."""

    def items(self) -> Iterable[Topic]:
        newest = TopicListing.objects.filter(topic=OuterRef("pk")).newest().values("published_at")[:1]
        return Topic.objects.only("slug").annotate(last=Subquery(newest)).filter(last__isnull=False).order_by("pk")

    def entry(self, item: Any) -> Entry:
        return Entry(item.get_absolute_url(), item.last)


PARTS: dict[str, type[Part]] = {
    "pages": PagesPart,
    "articles": ArticlesPart,
    "auteurs": AuthorsPart,
    "sujets": TopicsPart,
}


@public
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """`/sitemap.xml`: where each page of each part lies, all changed by the newest article."""
    everything = PageListing.everything()
    newest = everything.aggregate(newest=Max("published_at"))["newest"]
    entries = []
    for name, part in PARTS.items():
        address = absolute(reverse("sitemap_part", args=[name]))
        for number in part().paginator.page_range:
            page = f"?p={number}" if number > 1 else ""
            entries.append({"location": address + page, "last_mod": newest})
    return render(request, "sitemap_index.xml", {"sitemaps": entries}, content_type=XML)


@public
def sitemap_part(request: HttpRequest, name: str) -> HttpResponse:
    """`/sitemap-articles.xml?p=2`: one page of one part."""
    if name not in PARTS:
        raise Http404
    try:
        urls = PARTS[name]().get_urls(page=request.GET.get("p", 1))
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error
    return render(request, "sitemap.xml", {"urlset": urls}, content_type=XML)


@public
def news_sitemap(request: HttpRequest) -> HttpResponse:
    """`/sitemap-actualites.xml`: what Google News takes in, the articles of the last 48 hours."""
    rows = (
        PageListing.everything()
        .filter(published_at__gte=timezone.now() - NEWS_AGE)
        .newest()
        .annotate(url_path=F("article__url_path"), title=F("article__title"))[:MOST_NEWS]
    )
    articles = [
        {
            "address": absolute(row.url_path.removeprefix(surroundings().root_path)),
            "title": xml_text(row.title),
            "published_at": row.published_at,
        }
        for row in rows
    ]
    return render(request, "news/news_sitemap.xml", {"articles": articles}, content_type=XML)


@public
def robots(request: HttpRequest) -> HttpResponse:
    """`/robots.txt`."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in NOT_FOR_CRAWLERS),
        "",
        f"Sitemap: {absolute(reverse('sitemap'))}",
        f"Sitemap: {absolute(reverse('news_sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
