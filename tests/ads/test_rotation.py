"""Which ad stands where, by the clock."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from aminata24.ads.rotation import ads_at
from tests.factories import CampaignFactory, CreativeFactory, ImageFactory, PlacementFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def shown(moment):
    return ads_at(moment)["sidebar"]


def test_an_empty_placement_is_still_a_place():
    PlacementFactory()
    assert (shown(NOON).width, shown(NOON).url) == (300, "")


def test_a_placement_that_is_closed_is_left_out():
    PlacementFactory(is_open=False)
    assert ads_at(NOON) == {}


def test_two_readers_in_the_same_minute_see_the_same_ad():
    for name in ("un", "deux", "trois"):
        CreativeFactory(campaign=CampaignFactory(name=name, starts_at=NOON))
    assert shown(NOON) == shown(NOON + timedelta(seconds=59))


def test_a_campaign_of_weight_three_has_three_of_four_minutes():
    CreativeFactory(text="heavy", campaign=CampaignFactory(weight=3, starts_at=NOON))
    CreativeFactory(text="light", campaign=CampaignFactory(weight=1, starts_at=NOON))
    minutes = [shown(NOON + timedelta(minutes=n)).text for n in range(8)]
    assert (minutes.count("heavy"), minutes.count("light")) == (6, 2)


@pytest.mark.parametrize(
    "booking",
    [
        {"starts_at": NOON + timedelta(hours=1)},
        {"starts_at": NOON - timedelta(hours=2), "ends_at": NOON - timedelta(hours=1)},
        {"starts_at": NOON, "live": False},
    ],
)
def test_a_campaign_that_is_not_booked_or_not_live_is_not_shown(booking):
    CreativeFactory(campaign=CampaignFactory(**booking))
    assert shown(NOON).url == ""


def test_a_picture_is_shown_with_its_files():
    image = ImageFactory()
    image.make_shape("natural")
    CreativeFactory(text="", image=image, alt_text="Un toit", campaign=CampaignFactory(starts_at=NOON))
    assert shown(NOON).image.sources == image.sources


def test_the_ads_of_all_placements_cost_one_query(django_assert_num_queries):
    for slot in ("header", "sidebar", "footer"):
        CreativeFactory(placement=PlacementFactory(slot=slot))
    with django_assert_num_queries(1):
        ads = ads_at(timezone.now())
    assert all(ad.url for ad in ads.values())
