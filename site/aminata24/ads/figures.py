"""Counting ads: impressions, which are ads really in view (see site/static/js/count.js), and clicks."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from aminata24.ads.models import AdFigures, Creative
from aminata24.audience.beacon import takes
from aminata24.delivery.tally import Tally, add_up

FIGURES = ["impressions", "clicks"]


@takes("v", once_an_hour=False)
def count_impression(key: int) -> None:
    """Count that the creative of this key was in view; each time that a page is shown."""
    tally.count((key, timezone.localdate(), "impressions"))


@takes("c", once_an_hour=True)
def count_click(key: int) -> None:
    """Count that somebody followed the creative of this key."""
    tally.count((key, timezone.localdate(), "clicks"))


@transaction.atomic
def save(counted: Mapping[tuple[int, date, str], int]) -> None:
    """Add what was counted, by creative, day and figure; keys that no creative has are left out."""
    by_day: dict[tuple[int, date], Counter[str]] = defaultdict(Counter)
    for (key, day, figure), count in counted.items():
        by_day[key, day][figure] += count
    creatives = Creative.objects.select_related("placement").in_bulk({key for key, _day in by_day})
    rows = [
        {
            "creative_id": key,
            "day": day,
            "campaign_id": creatives[key].campaign_id,
            "slot": creatives[key].placement.slot,
            "label": str(creatives[key]),
            **{figure: figures[figure] for figure in FIGURES},
        }
        for (key, day), figures in by_day.items()
        if key in creatives
    ]
    add_up(AdFigures, rows, unique_fields=["creative_id", "day"], sums=FIGURES)


tally = Tally(save, most=2_000)
