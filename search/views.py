"""The search page and its suggestions: the same for every reader, as every public page."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from aminata24.delivery.cache import public
from news.listings import requested_page
from search import hits
from search.engine import Request, search
from search.filters import filters
from search.forms import LONGEST_QUERY, Order, Period, SearchForm
from search.help import near_names, popular_topics
from search.promotions import promotions_for
from search.suggestions import suggestions
from search.words import words


@public
def results(request: HttpRequest) -> HttpResponse:
    """`/recherche/?q=…`: results, or help where there is no query or nothing was found."""
    number = requested_page(request)
    form = SearchForm(request.GET, filters())
    # Results are for readers: crawlers have the sections and the sitemap.
    context: dict[str, Any] = {"form": form, "query": form.data.get("q", ""), "robots": "noindex, follow"}
    if form.is_valid() and (query := form.cleaned_data["q"]):
        found = search(_asked_for(form.cleaned_data), number)
        context |= {
            "query": query,
            "results": found,
            "previous_url": _with_page(request, number - 1),
            "next_url": _with_page(request, number + 1),
        }
        if number == 1:
            hits.count(query)
            context["promotions"] = promotions_for(query)
        if found.hits:
            return render(request, "search/search.html", context)
        context["near_names"] = near_names(query)
    return render(request, "search/search.html", context | {"popular_topics": popular_topics()})


def _with_page(request: HttpRequest, number: int) -> str:
    """The same search, another page."""
    parameters = request.GET.copy()
    parameters["page"] = str(number)
    return f"?{parameters.urlencode()}"


def _asked_for(data: dict[str, str]) -> Request:
    section = filters().section_by_key.get(data["section"])
    author = filters().author_by_key.get(data["author"])
    return Request(
        terms=words(data["q"]),
        section_pk=section.pk if section else None,
        author_pk=author.pk if author else None,
        period=Period(data["period"]).length if data["period"] else None,
        newest_first=data["order"] == Order.DATE,
    )


@public
def suggest(request: HttpRequest) -> JsonResponse:
    """`/recherche/suggestions/?q=…` as JSON, for the search field."""
    return JsonResponse({"suggestions": suggestions(request.GET.get("q", "")[:LONGEST_QUERY])})
