"""The sales team's screens: campaigns and placements."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from aminata24.ads.models import Campaign, Placement
from aminata24.readers.models import User
from tests.factories import CreativeFactory, ImageFactory, PlacementFactory

pytestmark = pytest.mark.django_db

CAMPAIGNS = "/admin/snippets/ads/campaign/"
PLACEMENTS = "/admin/snippets/ads/placement/"


@pytest.fixture(autouse=True)
def sales(home_page: Page, sign_in: Callable[..., User]) -> User:
    """Somebody of the sales team, signed in."""
    return sign_in("Sales")


def campaign(creatives: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    """What the form of a campaign is sent."""
    return nested_form_data(
        {
            "advertiser": "BetonPark",
            "name": "Rentrée",
            "url": "https://example.com/betonpark",
            "starts_at": "2026-01-01 08:00",
            "ends_at": "",
            "weight": 1,
            "creatives": inline_formset(creatives),
            "action-publish": "1",
            **changes,
        }
    )


def creative(**changes: Any) -> dict[str, Any]:
    """What the form of a creative is sent: a line of text."""
    return {"placement": PlacementFactory().pk, "image": "", "alt_text": "", "text": "BetonPark", **changes}


def test_a_campaign_is_made_and_runs(client: Client) -> None:
    response = client.post(f"{CAMPAIGNS}add/", campaign([creative()]))

    assert response.status_code == 302, response.context["form"].errors
    assert Campaign.objects.get().creatives.running(Campaign.objects.get().last_published_at).get().text == "BetonPark"


def test_campaigns_and_placements_have_their_screens(client: Client) -> None:
    shown = CreativeFactory()

    for start, thing in ((CAMPAIGNS, shown.campaign), (PLACEMENTS, shown.placement)):
        for path in (
            "",
            "add/",
            f"edit/{thing.pk}/",
            f"delete/{thing.pk}/",
            f"history/{thing.pk}/",
            f"usage/{thing.pk}/",
        ):
            assert client.get(start + path).status_code == 200, path
    assert client.get(f"{CAMPAIGNS}inspect/{shown.campaign.pk}/").status_code == 200
    for key in ("advertiser", "name", "starts_at", "-ends_at", "weight"):
        page = client.get(CAMPAIGNS, {"q": "beton", "live": "true", "ordering": key}).content.decode()
        assert f"{CAMPAIGNS}edit/{shown.campaign.pk}/" in page
    assert f"{CAMPAIGNS}edit/" not in client.get(CAMPAIGNS, {"q": "inconnu"}).content.decode()


def test_a_campaign_is_previewed(client: Client) -> None:
    assert client.post(f"{CAMPAIGNS}preview/", campaign([creative()])).json()["is_valid"]

    response = client.get(f"{CAMPAIGNS}preview/", {"mode": ""})

    assert response.status_code == 200
    assert "BetonPark" in response.content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_at": "2025-12-31 08:00"}, "ends_at"),
        ({"weight": 0}, "weight"),
        ({"weight": 101}, "weight"),
        ({"weight": 10**9}, "weight"),
        ({"weight": -1}, "weight"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"advertiser": "x" * 121}, "advertiser"),
    ],
)
def test_a_campaign_that_does_not_fit_is_refused(client: Client, changes: dict[str, Any], field: str) -> None:
    response = client.post(f"{CAMPAIGNS}add/", campaign([creative()], **changes))

    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {field}
    assert "Rentrée" in response.content.decode()
    assert not Campaign.objects.exists()


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "BetonPark", "with_image": True}, "text"),
        ({"text": "", "with_image": True}, "alt_text"),
        ({"text": "x" * 121}, "text"),
        ({"placement": ""}, "placement"),
    ],
)
def test_a_creative_is_a_picture_that_says_what_it_shows_or_a_line(
    client: Client, words: dict[str, Any], field: str
) -> None:
    words = dict(words)
    if words.pop("with_image", False):
        words["image"] = ImageFactory().pk

    response = client.post(f"{CAMPAIGNS}add/", campaign([creative(**words)]))

    assert response.status_code == 200
    assert response.context["form"].formsets["creatives"].errors[0].keys() == {field}


def test_a_campaign_without_a_creative_is_refused(client: Client) -> None:
    assert client.post(f"{CAMPAIGNS}add/", campaign([])).status_code == 200
    assert not Campaign.objects.exists()


def test_a_slot_has_one_placement_of_a_bearable_size(client: Client) -> None:
    form = {"slot": "header", "width": 728, "height": 90, "is_open": "on"}

    assert client.post(f"{PLACEMENTS}add/", {**form, "width": 0}).context["form"].errors.keys() == {"width"}
    assert client.post(f"{PLACEMENTS}add/", form).status_code == 302
    assert client.post(f"{PLACEMENTS}add/", form).context["form"].errors.keys() == {"slot"}
    assert Placement.objects.count() == 1
