"""Which ad stands where, decided by the clock: two readers in the same minute see the same page."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from aminata24.ads.models import Creative, Placement
from aminata24.delivery.memory import remember_briefly
from aminata24.images.models import NewsImage


@dataclass(frozen=True)
class Ad:
    """A placement, by its slot and the space it reserves in px, and what stands in it; no `url` while it is free."""

    slot: str
    width: int
    height: int
    weight: int = 0
    url: str = ""
    text: str = ""
    alt_text: str = ""
    image: NewsImage | None = None
    # What its figures are kept by; 0 where nothing is counted.
    creative: int = 0

    @classmethod
    def of(cls, creative: Creative) -> "Ad":
        """A creative as it will stand in its placement, for a preview."""
        placement, campaign = creative.placement, creative.campaign
        return cls(
            slot=placement.slot,
            width=placement.width,
            height=placement.height,
            url=campaign.url,
            text=creative.text,
            alt_text=creative.alt_text,
            image=creative.image,
        )


def turn(ads: list[Ad], minute: int) -> Ad:
    """The ad whose turn it is: each has as many minutes of a round as its campaign's weight."""
    wheel = [ad for ad in ads for _ in range(ad.weight)]
    return wheel[minute % len(wheel)] if wheel else ads[0]


def ads_at(moment: datetime) -> dict[str, Ad]:
    """The ad of each placement that is shown, by slot; in one query, which every page pays when caches are cold."""
    running = Creative.objects.running(moment)
    rows = (
        Placement.objects.filter(is_open=True)
        .annotate(runs=Exists(running.filter(pk=OuterRef("creatives"))))
        # A placement where nothing runs stays, with what ran there before.
        .filter(Q(runs=True) | ~Exists(running.filter(placement=OuterRef("pk"))))
        .annotate(
            creative=F("creatives"),
            url=F("creatives__campaign__url"),
            weight=F("creatives__campaign__weight"),
            text=F("creatives__text"),
            alt_text=F("creatives__alt_text"),
            image=F("creatives__image"),
            image_file=F("creatives__image__file"),
            image_width=F("creatives__image__width"),
            image_height=F("creatives__image__height"),
            image_sources=F("creatives__image__sources"),
        )
        .order_by("slot", "creatives")
        .values()
    )
    by_slot = defaultdict(list)
    for row in rows:
        by_slot[row["slot"]].append(_ad(row))
    minute = int(moment.timestamp()) // 60
    return {slot: turn(ads, minute) for slot, ads in by_slot.items()}


def _ad(row: Mapping[str, Any]) -> Ad:
    place = {"slot": row["slot"], "width": row["width"], "height": row["height"]}
    if not row["runs"]:
        return Ad(**place)
    image = row["image"] and NewsImage(
        pk=row["image"],
        file=row["image_file"],
        width=row["image_width"],
        height=row["image_height"],
        sources=row["image_sources"],
        # Its default would ask the database.
        collection_id=None,
    )
    return Ad(
        **place,
        weight=row["weight"],
        url=row["url"],
        text=row["text"],
        alt_text=row["alt_text"],
        image=image,
        creative=row["creative"],
    )


@remember_briefly
def current_ads() -> dict[str, Ad]:
    """The ads of this minute."""
    return ads_at(timezone.now())
