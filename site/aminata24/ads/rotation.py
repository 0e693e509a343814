"""Which ad stands where, decided by the clock: two readers in the same minute see the same page."""

from collections import defaultdict
from datetime import datetime

from django.utils import timezone

from aminata24.ads.models import Ad, Creative, Placement
from aminata24.delivery.memory import remember_briefly


def turn(creatives: list[Creative], minute: int) -> Creative | None:
    """The creative whose turn it is: each has as many minutes of a round as its campaign's weight."""
    wheel = [creative for creative in creatives for _ in range(creative.campaign.weight)]
    return wheel[minute % len(wheel)] if wheel else None


def ads_at(moment: datetime) -> dict[str, Ad]:
    """The ad of each placement that is shown, by slot."""
    running = defaultdict(list)
    for creative in Creative.objects.running(moment).select_related("campaign", "image").order_by("pk"):
        running[creative.placement_id].append(creative)
    minute = int(moment.timestamp()) // 60
    return {
        placement.slot: Ad(placement, turn(running[placement.pk], minute))
        for placement in Placement.objects.filter(is_open=True)
    }


@remember_briefly
def current_ads() -> dict[str, Ad]:
    """The ads of this minute."""
    return ads_at(timezone.now())
