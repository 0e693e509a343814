"""What an invented audience read, saw and clicked, so that « Les plus lus » and the reports show something."""

import random
from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from aminata24.ads import figures
from aminata24.ads.models import AdFigures, Creative
from aminata24.audience import ranking, reads
from aminata24.audience.models import DailyReads
from aminata24.demo import content
from news.models import ArticlePage

WEEK = timedelta(days=7)
# What share of those who see an ad follow it.
CLICKS = 0.004


def load_audience(articles: dict[str, int], now: datetime) -> None:
    """Invent a week of reads, and the days of each campaign; nothing where something was counted already."""
    chance = random.Random(241)
    if not DailyReads.objects.filter(article__in=articles.values()).exists():
        _load_reads(articles, now, chance)
    campaigns = [entry["name"] for entry in content.campaigns()]
    if not AdFigures.objects.filter(campaign__name__in=campaigns).exists():
        _load_ad_figures(campaigns, now, chance)
    ranking.refresh(now)


def _load_reads(articles: dict[str, int], now: datetime, chance: random.Random) -> None:
    """Some stories are read much and most a little, each less the older it grows."""
    this_hour = now.replace(minute=0, second=0, microsecond=0)
    counted = {}
    for article in ArticlePage.objects.filter(pk__in=articles.values()).order_by("slug"):
        interest = chance.paretovariate(1.1)
        for age in range(0, WEEK // timedelta(hours=1), 3):
            hour = this_hour - timedelta(hours=age)
            if hour >= article.published_at:
                days_old = (hour - article.published_at) / timedelta(days=1)
                counted[article.pk, hour] = 1 + int(40 * interest * chance.random() / (1 + days_old))
    reads.save(counted)


def _load_ad_figures(campaigns: list[str], now: datetime, chance: random.Random) -> None:
    counted = {}
    today = timezone.localdate(now)
    creatives = Creative.objects.filter(campaign__name__in=campaigns).annotate(since=F("campaign__starts_at"))
    for creative in creatives.order_by("pk"):
        for age in range((today - timezone.localdate(creative.since)).days):
            seen = chance.randint(600, 2400)
            counted[creative.pk, today - timedelta(days=age), "impressions"] = seen
            counted[creative.pk, today - timedelta(days=age), "clicks"] = int(seen * CLICKS * (0.5 + chance.random()))
    figures.save(counted)
