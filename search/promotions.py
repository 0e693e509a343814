"""What editors put on top of the results of a search."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import StrIndex
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import PageViewRestriction

from aminata24.delivery.memory import remember_briefly
from aminata24.theme.surroundings import path_of
from search.words import folded_words


@dataclass(frozen=True)
class Promotion:
    """A link an editor recommends for a query."""

    words: frozenset[str]
    title: str
    url: str
    description: str


@remember_briefly
def all_promotions() -> list[Promotion]:
    """Every promotion readers may see, in the editors' order; there are dozens at most."""
    restrictions = PageViewRestriction.objects.annotate(starts=StrIndex(OuterRef("page__path"), F("page__path")))
    rows = (
        SearchPromotion.objects.select_related("query", "page")
        .filter(Q(page__isnull=True) | Q(page__live=True))
        .exclude(Exists(restrictions.filter(starts=1)))
    )
    return [
        Promotion(
            words=folded_words(row.query.query_string),
            title=row.title or row.external_link_url,
            url=path_of(row.page) if row.page else row.external_link_url,
            description=row.description,
        )
        for row in rows
    ]


def promotions_for(query: str) -> Sequence[Promotion]:
    """Those for a query, however it is accented or capitalised."""
    asked = folded_words(query)
    return [promotion for promotion in all_promotions() if promotion.words == asked]
