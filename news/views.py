"""Pages that are no pages of the tree: En continu, authors, topics; and the fast way to the tree's own."""

from copy import copy

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from wagtail.models import Page
from wagtail.views import serve as wagtail_serve

from aminata24.delivery.cache import mark_public, public
from aminata24.delivery.memory import remember_briefly
from aminata24.delivery.replica import may_lag
from aminata24.theme.surroundings import surroundings
from news.listings import ARTICLES_PER_PAGE, latest_articles, page_of, requested_page
from news.models import (
    ArticlePage,
    Author,
    AuthorListing,
    DirectPage,
    LiveCoveragePage,
    PageListing,
    Topic,
    TopicListing,
)
from news.models.direct import SLUG as DIRECT
from news.models.section import section_at


@may_lag
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """
    Serve a page of the tree. Front page, section, article and live coverage are found in one query at most.

    Wagtail's own router, which still serves all else, asks for every level of the tree twice.
    """
    around = surroundings()
    request._wagtail_site = around.site  # type: ignore[attr-defined]
    url_path = f"{around.root_path}/{path.strip('/')}/"
    if found := _front_page(path) or section_at(url_path) or _live(url_path) or _article(url_path):
        parts = url_path.removeprefix(found.url_path).strip("/").split("/")
        request._wagtail_route_for_request = found.route(request, list(filter(None, parts)))  # type: ignore[attr-defined]
    return wagtail_serve(request, path)


def _front_page(path: str) -> Page | None:
    return None if path.strip("/") else copy(_root())


@remember_briefly
def _root() -> Page | None:
    return Page.objects.live().filter(pk=surroundings().site.root_page_id).specific().first()


def _live(url_path: str) -> DirectPage | LiveCoveragePage | None:
    # /direct/, /direct/<coverage>/ and what lies below that.
    address = url_path.removeprefix(surroundings().root_path).split("/")
    if address[1] != DIRECT:
        return None
    channel = f"{surroundings().root_path}/{DIRECT}/"
    if url_path == channel:
        return DirectPage.objects.live().select_related("lead_image").filter(url_path=channel).first()
    return LiveCoveragePage.objects.live().for_reading().filter(url_path=f"{channel}{address[2]}/").first()


def _article(url_path: str) -> ArticlePage | None:
    # An article lies in a section, so its path has at least three parts: root, section, article.
    if url_path.count("/") < 4:
        return None
    return ArticlePage.objects.at(url_path)


@public
def latest(request: HttpRequest) -> HttpResponse:
    """« En continu »: everything, newest first."""
    listing = page_of(PageListing, PageListing.page_of_everything(), requested_page(request))
    return render(request, "news/latest.html", {"listing": listing})


@public
def fresh(request: HttpRequest) -> HttpResponse:
    """The ticker and « En continu » for pages that are open already; a fragment that all of them share."""
    return render(request, "news/fresh.html", {"theme": surroundings()})


@may_lag
def direct(request: HttpRequest) -> HttpResponse:
    """LE DIRECT; while there is no such page, the latest."""
    if surroundings().site.channel_air:
        return serve(request, "direct")
    return mark_public(render(request, "news/direct.html", {"stories": latest_articles(ARTICLES_PER_PAGE)}))


@public
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """An author with everything they signed."""
    found = get_object_or_404(Author.objects.select_related("portrait"), slug=slug)
    listing = page_of(AuthorListing, found.pk, requested_page(request))
    return render(request, "news/author.html", {"author": found, "listing": listing})


@public
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything on a topic."""
    found = get_object_or_404(Topic, slug=slug)
    listing = page_of(TopicListing, found.pk, requested_page(request))
    return render(request, "news/topic.html", {"topic": found, "listing": listing})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The 404 page, with the latest news as a way on."""
    return render(request, "404.html", status=404)
