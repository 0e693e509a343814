"""What editors put on top of the results of a search."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, Subquery, Value
from django.db.models.functions import JSONObject
from wagtail.contrib.search_promotions.models import SearchPromotion

from aminata24.delivery.memory import remember_briefly
from aminata24.theme.surroundings import read_along, surroundings
from news.live import JSONList
from news.models.public_page import restricted_paths
from search.words import folded_words


@dataclass(frozen=True)
class Promotion:
    """A link an editor recommends for a query."""

    words: frozenset[str]
    title: str
    url: str
    description: str


def register() -> None:
    """Have the promotions read along with the site; there are dozens at most."""
    row = JSONObject(
        query=F("query__query_string"),
        place=F("sort_order"),
        description=F("description"),
        link_text=F("external_link_text"),
        link_url=F("external_link_url"),
        title=F("page__title"),
        path=F("page__path"),
        url_path=F("page__url_path"),
    )
    live = SearchPromotion.objects.filter(Q(page__isnull=True) | Q(page__live=True)).order_by()
    rows = live.annotate(one=Value(1)).values("one").annotate(rows=JSONList(row)).values("rows")
    read_along["promotions"] = Subquery(rows)


@remember_briefly
def all_promotions() -> list[Promotion]:
    """Every promotion readers may see, in the editors' order; no query, unless there are private pages."""
    site: Any = surroundings().site
    rows = [
        row
        for row in site.promotions or ()
        if not row["path"] or not any(row["path"].startswith(path) for path in restricted_paths())
    ]
    return [
        Promotion(
            words=folded_words(row["query"]),
            title=row["title"] or row["link_text"] or row["link_url"],
            url=row["url_path"].removeprefix(surroundings().root_path) if row["path"] else row["link_url"],
            description=row["description"],
        )
        for row in sorted(rows, key=lambda row: row["place"] or 0)
    ]


def promotions_for(query: str) -> Sequence[Promotion]:
    """Those for a query, however it is accented or capitalised."""
    asked = folded_words(query)
    return [promotion for promotion in all_promotions() if promotion.words == asked]
