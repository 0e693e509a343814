"""A placement that nobody bought."""

import pytest
from django.test import Client
from wagtail.models import Page, Site

from aminata24.theme.models import BrandSettings
from tests.factories import InformationPageFactory, PlacementFactory

pytestmark = pytest.mark.django_db

INVITATION = "Votre pub ici"


@pytest.fixture(autouse=True)
def _free() -> None:
    PlacementFactory(slot="footer")


def test_it_invites_in_plain_text_while_there_is_no_page_for_advertisers(home_page: Page, client: Client) -> None:
    html = client.get("/").content.decode()
    assert INVITATION in html
    assert '<a class="ad-free"><svg' in html


def test_it_leads_to_the_page_for_advertisers_while_that_is_live(home_page: Page, client: Client) -> None:
    page = InformationPageFactory(parent=home_page, title="Régie", slug="regie")
    BrandSettings.objects.create(site=Site.objects.get(), advertising_page=page)
    assert '<a class="ad-free" href="/regie/">' in client.get("/").content.decode()
    page.unpublish()
    assert '<a class="ad-free"><svg' in client.get("/").content.decode()
