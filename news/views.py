"""Pages that are no pages of the tree: En continu, authors, topics; and the fast way to the tree's own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from aminata24.delivery.cache import public
from aminata24.theme.surroundings import surroundings
from news.listings import page_of, requested_page
from news.models import ArticlePage, Author, AuthorListing, PageListing, Topic, TopicListing
from news.models.section import section_at


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """
    Serve a page of the tree. A section or an article is found by its whole path, in one query at most.

    Wagtail's own router, which still serves all else, asks for every level of the tree twice.
    """
    around = surroundings()
    request._wagtail_site = around.site  # type: ignore[attr-defined]
    url_path = f"{around.root_path}/{path.strip('/')}/"
    found = section_at(url_path) or _article(url_path)
    if found:
        request._wagtail_route_for_request = RouteResult(found)  # type: ignore[attr-defined]
    return wagtail_serve(request, path)


def _article(url_path: str) -> ArticlePage | None:
    # An article lies in a section, so its path has at least three parts: root, section, article.
    if url_path.count("/") < 4:
        return None
    return ArticlePage.objects.live().for_reading().filter(url_path=url_path).first()


@public
def latest(request: HttpRequest) -> HttpResponse:
    """« En continu »: everything, newest first."""
    return render(request, "news/latest.html", {"listing": page_of(PageListing.everything(), requested_page(request))})


@public
def fresh(request: HttpRequest) -> HttpResponse:
    """The ticker and « En continu » for pages that are open already; a fragment that all of them share."""
    return render(request, "news/fresh.html", {"theme": surroundings()})


@public
def direct(request: HttpRequest) -> HttpResponse:
    """Where LE DIRECT will be; until the channel is on air, the latest."""
    return render(request, "news/direct.html", {"listing": page_of(PageListing.everything(), 1)})


@public
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """An author with everything they signed."""
    found = get_object_or_404(Author.objects.select_related("portrait"), slug=slug)
    listing = page_of(AuthorListing.objects.filter(author=found), requested_page(request))
    return render(request, "news/author.html", {"author": found, "listing": listing})


@public
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything on a topic."""
    found = get_object_or_404(Topic, slug=slug)
    listing = page_of(TopicListing.objects.filter(topic=found), requested_page(request))
    return render(request, "news/topic.html", {"topic": found, "listing": listing})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The 404 page, with the latest news as a way on."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """The 500 page: a file as it stands, since whatever failed may fail again."""
    from django.template.loader import get_template

    return HttpResponse(get_template("500.html").render(), status=500)
