"""The search page and its suggestions: the same for every reader, as every public page."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from aminata24.delivery.cache import public
from news.listings import requested_page
from search import hits
from search.engine import search
from search.filters import filters
from search.forms import LONGEST_QUERY, Order, Period, SearchForm
from search.help import near_names, popular_topics
from search.promotions import promotions_for
from search.request import Request
from search.suggestions import suggestions
from search.words import words


@public
def results(request: HttpRequest) -> HttpResponse:
    """`/recherche/?q=…`: results, or help where there is no query or nothing was found."""
    number = requested_page(request)
    form = SearchForm(request.GET)
    context: dict[str, Any] = {
        "form": form,
        "query": form.typed,
        "longest_query": LONGEST_QUERY,
        # Results are for readers: crawlers have the sections and the sitemap.
        "robots": "noindex, follow",
    }
    if form.query and form.is_valid:
        found = search(_asked_for(form), number)
        context |= {"query": form.query, "results": found, "page_url": _page_url(request)}
        if number == 1:
            hits.count(form.query)
            context["promotions"] = promotions_for(form.query)
        if found.hits:
            return render(request, "search/search.html", context)
        context["near_names"] = near_names(form.query)
    return render(request, "search/search.html", context | {"popular_topics": popular_topics()})


def _page_url(request: HttpRequest) -> str:
    """The same search, any page: its number is yet to be added."""
    asked = [(name, value) for name, values in request.GET.lists() for value in values if name != "page"]
    return f"?{urlencode([*asked, ('page', '')])}"


def _asked_for(form: SearchForm) -> Request:
    section = filters().section_by_key.get(form.section)
    author = filters().author_by_key.get(form.author)
    return Request(
        terms=words(form.query),
        section_pk=section.pk if section else None,
        author_pk=author.pk if author else None,
        since=timezone.now() - Period(form.period).length if form.period else None,
        newest_first=form.order == Order.DATE,
    )


@public
def suggest(request: HttpRequest) -> JsonResponse:
    """`/recherche/suggestions/?q=…` as JSON, for the search field."""
    return JsonResponse({"suggestions": suggestions(request.GET.get("q", "")[:LONGEST_QUERY])})
