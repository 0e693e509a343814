"""The report for advertisers."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from aminata24.ads import figures
from tests.factories import CampaignFactory, CreativeFactory, PlacementFactory

pytestmark = pytest.mark.django_db

REPORT = "/admin/reports/ads/"
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture(autouse=True)
def booked(home_page):
    """Two campaigns, the first with two creatives, over two days."""
    rentree, fete = CampaignFactory(), CampaignFactory(advertiser="Wôrô Mobile", name="Fête")
    header = CreativeFactory(campaign=rentree, placement=PlacementFactory(slot="header"), text="Un toit")
    footer = CreativeFactory(campaign=rentree, placement=PlacementFactory(slot="footer"), text="Un mur")
    other = CreativeFactory(campaign=fete, placement=PlacementFactory(slot="footer"), text="Appelez")
    counted = {
        (header.pk, MONDAY): (1000, 10),
        (header.pk, TUESDAY): (500, 0),
        (footer.pk, MONDAY): (200, 1),
        (other.pk, TUESDAY): (40, 4),
    }
    figures.save(
        {
            (key, day, figure): count
            for (key, day), counts in counted.items()
            for figure, count in zip(figures.FIGURES, counts, strict=True)
        }
    )
    return rentree


def shown(client, **query):
    response = client.get(REPORT, query)
    assert response.status_code == 200
    rows = [
        (row.day, row.label, row.impressions, row.clicks, row.click_rate) for row in response.context["object_list"]
    ]
    totals = response.context["totals"]
    return rows, totals and [(row.what, row.impressions, row.clicks, row.click_rate) for row in totals.data]


def test_every_day_of_every_creative_and_a_total_of_each_campaign(client, sign_in):
    sign_in("Sales")
    rows, totals = shown(client)
    assert rows == [
        (TUESDAY, "Un toit", 500, 0, 0.0),
        (TUESDAY, "Appelez", 40, 4, 10.0),
        (MONDAY, "Un mur", 200, 1, 0.5),
        (MONDAY, "Un toit", 1000, 10, 1.0),
    ]
    assert totals == [
        ("BetonPark – Rentrée", 1700, 11, 0.65),
        ("Wôrô Mobile – Fête", 40, 4, 10.0),
        ("Total", 1740, 15, 0.86),
    ]


def test_of_one_campaign_a_total_of_each_creative(client, sign_in, booked):
    sign_in("Sales")
    rows, totals = shown(client, campaign=booked.pk)
    assert len(rows) == 3
    assert totals == [
        ("Pied de page – Un mur", 200, 1, 0.5),
        ("En-tête – Un toit", 1500, 10, 0.67),
        ("Total", 1700, 11, 0.65),
    ]


def test_it_is_narrowed_to_days_and_a_placement(client, sign_in):
    sign_in("Sales")
    assert [row[1] for row in shown(client, day_from="2026-11-24")[0]] == ["Un toit", "Appelez"]
    assert [row[1] for row in shown(client, day_to="2026-11-23", slot="header")[0]] == ["Un toit"]
    assert shown(client, day_to="2026-11-01") == ([], None)
    assert len(shown(client, day_from="hier", campaign="x")[0]) == 4
    assert (
        "Du 23 novembre 2026 au 24 novembre 2026"
        in client.get(REPORT, {"day_from": "2026-11-23", "day_to": "2026-11-24"}).content.decode()
    )


def test_it_is_exported_for_the_advertiser(client, sign_in, booked):
    sign_in("Sales")
    query = {"campaign": booked.pk, "day_from": "2026-11-24"}
    text = b"".join(client.get(REPORT, {**query, "export": "csv"}).streaming_content).decode()
    assert text.splitlines() == [
        "Jour,Annonceur,Campagne,Emplacement,Création,Impressions visibles,Clics,Taux de clic (%)",
        "2026-11-24,BetonPark,Rentrée,En-tête,Un toit,500,0,0.0",
    ]
    book = load_workbook(BytesIO(b"".join(client.get(REPORT, {**query, "export": "xlsx"}).streaming_content)))
    assert [cell.value for cell in list(book.active.rows)[1]][4:] == ["Un toit", 500, 0, 0]


def test_a_campaign_leads_to_its_figures(client, sign_in, booked):
    sign_in("Sales")
    assert f"{REPORT}?campaign={booked.pk}" in client.get("/admin/snippets/ads/campaign/").content.decode()


def test_only_sales_and_chiefs_find_it_in_their_menu(client, sign_in):
    for role, sees in (("Sales", True), ("Editors-in-chief", True), ("Editors", False), ("Moderators", False)):
        sign_in(role)
        assert (REPORT in client.get("/admin/").content.decode()) is sees, role
