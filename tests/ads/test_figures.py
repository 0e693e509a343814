"""What is counted of ads."""

from datetime import date

import pytest
from wagtail.models import Page

from aminata24.ads import figures
from aminata24.ads.models import AdFigures
from aminata24.audience import beacon
from tests.audience.beacons import send
from tests.factories import CampaignFactory, CreativeFactory, PlacementFactory

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _nobody_was_here(monkeypatch):
    monkeypatch.setattr(beacon, "guests", beacon.GuestBook())


def kept():
    return list(AdFigures.objects.order_by("creative", "day").values_list("creative", "day", "impressions", "clicks"))


def test_impressions_are_counted_each_time_and_a_readers_clicks_once_an_hour(client, django_assert_num_queries):
    creative = CreativeFactory()
    with django_assert_num_queries(0):
        for _ in range(3):
            send(client, f"v{creative.pk}")
            send(client, f"c{creative.pk}")
        send(client, f"c{creative.pk}", REMOTE_ADDR="10.1.1.1")
        send(client, "v999 c999")
    figures.tally.write()
    ((key, _day, impressions, clicks),) = kept()
    assert (key, impressions, clicks) == (creative.pk, 3, 2)


def test_figures_are_kept_by_creative_and_day():
    header, footer = CreativeFactory(placement=PlacementFactory(slot="header")), CreativeFactory(text="Pied")
    figures.save({(header.pk, MONDAY, "impressions"): 5, (footer.pk, MONDAY, "impressions"): 7})
    figures.save({(header.pk, MONDAY, "clicks"): 1, (header.pk, TUESDAY, "impressions"): 2, (0, MONDAY, "clicks"): 9})
    assert kept() == [(header.pk, MONDAY, 5, 1), (header.pk, TUESDAY, 2, 0), (footer.pk, MONDAY, 7, 0)]


def test_a_creative_that_is_exchanged_leaves_its_figures_with_the_campaign():
    campaign = CampaignFactory()
    creative = CreativeFactory(campaign=campaign, placement=PlacementFactory(slot="header"))
    figures.save({(creative.pk, MONDAY, "impressions"): 5})
    creative.delete()
    (row,) = campaign.figures.all()
    assert (row.slot, row.label, row.impressions) == ("header", "BetonPark - (+225) 01 60 07 07 07", 5)


def test_an_ad_tells_what_its_figures_are_kept_by_and_leads_straight_to_the_advertiser(home_page: Page, client):
    creative = CreativeFactory(placement=PlacementFactory(slot="footer"))
    link = f'<a href="https://example.com/betonpark" rel="sponsored noopener" data-ad="{creative.pk}">'
    assert link in client.get("/").content.decode()


def test_a_free_placement_and_a_preview_are_not_counted(home_page: Page, client):
    creative = CreativeFactory(placement=PlacementFactory(slot="footer"), campaign=CampaignFactory(live=False))
    assert "data-ad" not in client.get("/").content.decode()
    preview = creative.campaign.make_preview_request().content.decode()
    assert '<a href="https://example.com/betonpark" rel="sponsored noopener"><svg' in preview
    assert "data-ad" not in preview
