"""Placements and the campaigns of two invented advertisers."""

from datetime import datetime, timedelta

from aminata24.ads.models import Campaign, Creative, Placement, Slot
from aminata24.demo import content

# Width and height of each placement, as they are usually sold.
SIZES = {
    Slot.HEADER: (728, 90),
    Slot.IN_ARTICLE: (640, 200),
    Slot.SIDEBAR: (300, 250),
    Slot.BETWEEN_RAILS: (970, 250),
    Slot.FOOTER: (728, 90),
}


def load_ads(pictures: dict[str, int], now: datetime) -> None:
    """Make the placements and campaigns that are missing."""
    placements = {
        slot: Placement.objects.get_or_create(slot=slot, defaults={"width": width, "height": height})[0]
        for slot, (width, height) in SIZES.items()
    }
    for entry in content.campaigns():
        if Campaign.objects.filter(name=entry["name"]).exists():
            continue
        campaign = Campaign(
            advertiser=entry["advertiser"],
            name=entry["name"],
            url=entry["url"],
            starts_at=now - timedelta(days=20),
            ends_at=now + timedelta(days=345),
        )
        campaign.creatives = [_creative(placements[Slot(slot)], entry, pictures) for slot in entry["placements"]]
        campaign.save()
        campaign.save_revision().publish()


def _creative(placement: Placement, entry: content.Entry, pictures: dict[str, int]) -> Creative:
    """The advertiser's picture for a placement; in the header, a line of text."""
    if placement.slot == Slot.HEADER:
        return Creative(placement=placement, text=entry["label"])
    return Creative(
        placement=placement,
        image_id=pictures[f"ad-{entry['slug']}-{placement.slot}"],
        alt_text=f"{entry['advertiser']} : {entry['slogan']}",
    )
