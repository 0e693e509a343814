"""
Counting reads: every article's, by the hour and by the day.

An hour's reads are kept for two days, for « Les plus lus » of the last 24 hours; a day's for good.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from aminata24.audience import ranking
from aminata24.audience.beacon import takes
from aminata24.audience.models import DailyReads, HourlyReads
from aminata24.delivery.tally import Tally, add_up
from news.models import ArticlePage

HOURS_KEPT = timedelta(hours=48)


@takes("r", once_an_hour=True)
def count_read(key: int) -> None:
    """Count that somebody read the article of this key."""
    tally.count((key, timezone.now().replace(minute=0, second=0, microsecond=0)))


@transaction.atomic
def save(counted: Mapping[tuple[int, datetime], int]) -> None:
    """Add what was counted, by article and hour, to the reads; keys that no article has are left out."""
    articles = set(ArticlePage.objects.filter(pk__in={key for key, _hour in counted}).values_list("pk", flat=True))
    by_hour = {(key, hour): count for (key, hour), count in counted.items() if key in articles}
    by_day: Counter[tuple[int, date]] = Counter()
    for (key, hour), count in by_hour.items():
        by_day[key, timezone.localdate(hour)] += count
    hours = [{"article_id": key, "hour": hour, "count": count} for (key, hour), count in by_hour.items()]
    days = [{"article_id": key, "day": day, "count": count} for (key, day), count in by_day.items()]
    add_up(HourlyReads, hours, unique_fields=["hour", "article_id"], sums=["count"])
    add_up(DailyReads, days, unique_fields=["day", "article_id"], sums=["count"])
    transaction.on_commit(ranking.refresh_when_due, robust=True)


tally = Tally(save, most=10_000)


def roll_up(now: datetime) -> int:
    """Forget the hours that only their days are kept of, and rank anew; gives how many were forgotten."""
    forgotten, _by_model = HourlyReads.objects.filter(hour__lt=now - HOURS_KEPT).delete()
    ranking.refresh(now)
    return forgotten
