"""
« Les plus lus »: a table of the first places of every list, made once a minute at most.

Whoever writes reads down makes it anew when it is old, so no reader ever waits for the sums. It ranks what
the listings list, thus nothing that is withdrawn or private.
"""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, QuerySet, Sum, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from aminata24.audience.models import DailyReads, HourlyReads, MostRead, Period
from aminata24.delivery.memory import remember_briefly
from aminata24.theme.surroundings import surroundings
from news.models import ArticlePage

PLACES = 10
# A list of one or two ranks nothing.
FEWEST = 3
LASTS = timedelta(minutes=1)


class Ranked(NamedTuple):
    """An article in a ranking."""

    pk: int
    list_headline: str
    path_on_site: str


def most_read(page: int) -> dict[str, list[Ranked]]:
    """What was read most of a section, or on the front page of everything, by period."""
    ranked = _rankings().get(page, {})
    return {period: ranked[period] for period in Period.values if len(ranked.get(period, ())) >= FEWEST}


@remember_briefly
def _rankings() -> dict[int, dict[str, list[Ranked]]]:
    """Of all pages at once: every page of a section shows its ranking, and there are a few dozen sections."""
    rankings: dict[int, dict[str, list[Ranked]]] = defaultdict(lambda: defaultdict(list))
    shown = MostRead.objects.filter(article__in=ArticlePage.objects.listed()).order_by("place")
    of_article = ("article", "article__short_headline", "article__title", "article__url_path")
    root_path = surroundings().root_path
    for page, period, key, short, title, url_path in shown.values_list("page", "period", *of_article):
        rankings[page][period].append(Ranked(key, short or title, url_path.removeprefix(root_path)))
    return rankings


def refresh_when_due() -> None:
    """Rank anew, unless somebody did less than a minute ago."""
    now = timezone.now()
    if not MostRead.objects.filter(made_at__gt=now - LASTS).exists():
        refresh(now)


@transaction.atomic
def refresh(now: datetime) -> None:
    """Rank anew: every section and the front page, the last 24 hours and the last seven days."""
    today = timezone.localdate(now)
    read = {
        Period.DAY: HourlyReads.objects.filter(hour__gt=now - timedelta(days=1)),
        Period.WEEK: DailyReads.objects.filter(day__gt=today - timedelta(days=7)),
    }
    places = [
        MostRead(page_id=row["page"], period=period, place=row["place"], article_id=row["article"], made_at=now)
        for period, reads in read.items()
        for row in _places(reads)
    ]
    # In one order: two processes may do this at once.
    places.sort(key=lambda place: (place.page_id, place.period, place.place))
    MostRead.objects.bulk_create(
        places,
        update_conflicts=True,
        unique_fields=["page", "period", "place"],
        update_fields=["article", "made_at"],
    )
    MostRead.objects.filter(made_at__lt=now).delete()


def _places(reads: QuerySet) -> QuerySet:
    """The first articles of every listing by the sum of these reads; of two with the same sum, the newer."""
    listed = reads.filter(article__pagelisting__isnull=False).values("article", page=F("article__pagelisting__page"))
    ranked = listed.annotate(total=Sum("count")).annotate(
        place=Window(
            RowNumber(),
            partition_by=F("article__pagelisting__page"),
            order_by=[F("total").desc(), F("article__published_at").desc(), F("article").desc()],
        )
    )
    return ranked.filter(place__lte=PLACES).values("page", "article", "place")
