"""Brand, menus and consent in the admin."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page, Site
from wagtail.test.utils.form_data import nested_form_data, streamfield

from aminata24.readers.models import User
from aminata24.theme.models import BrandSettings

pytestmark = pytest.mark.django_db

BRAND = {"name": "Aminata24", "tagline": "", "description": "", "logo": "", "advertising_page": "", "copyright": ""}
COLOURS = {"accent": "#b93c0a", "accent_dark": "#ff9d6b"}


@pytest.fixture(autouse=True)
def chief(home_page: Page, sign_in: Callable[..., User]) -> User:
    """An editor-in-chief, signed in."""
    return sign_in("Editors-in-chief")


def url(name: str, preview: bool = False) -> str:
    """Where a setting is edited or previewed."""
    return f"/admin/settings/theme/{name}settings/{Site.objects.get().pk}/{'preview/' if preview else ''}"


def brand(**changes: Any) -> dict[str, Any]:
    """What the form of the brand is sent."""
    return nested_form_data({**BRAND, **COLOURS, "social_accounts": streamfield([]), **changes})


def menus(*links: dict[str, Any]) -> dict[str, Any]:
    """What the form of the menus is sent."""
    header = [("link", {"page": "", "url": "", "label": "", **link}) for link in links]
    return nested_form_data({"header": streamfield(header), "footer": streamfield([]), "legal": streamfield([])})


def test_a_saved_brand_is_on_every_page(client: Client) -> None:
    response = client.post(url("brand"), brand(name="Abidjan Matin"))

    assert response.status_code == 302, response.context["form"].errors
    assert BrandSettings.objects.get().name == "Abidjan Matin"
    assert "Abidjan Matin" in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"accent": "#ffff00"}, "accent"),
        ({"accent": "orange"}, "accent"),
        ({"accent_dark": "#000080"}, "accent_dark"),
        ({"name": ""}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"social_accounts": streamfield([("account", {"network": "x", "url": "javascript:1"})])}, "social_accounts"),
    ],
)
def test_a_brand_that_cannot_be_read_is_refused(client: Client, changes: dict[str, Any], field: str) -> None:
    response = client.post(url("brand"), brand(tagline="Ce que j’ai tapé", **changes))

    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {field}
    assert "Ce que j’ai tapé" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "form", "shown"),
    [
        ("brand", brand(name="Abidjan Matin"), "Abidjan Matin"),
        ("menu", menus({"url": "/en-continu/", "label": "Le fil"}), "Le fil"),
        ("consent", {"title": "Vos choix à vous", "text": "Rien sans votre accord."}, "Vos choix à vous"),
    ],
)
def test_a_setting_is_previewed_on_the_front_page(client: Client, name: str, form: dict[str, Any], shown: str) -> None:
    assert client.get(url(name)).status_code == 200
    assert client.post(url(name, preview=True), form).json()["is_valid"]

    response = client.get(url(name, preview=True), {"mode": ""})

    assert response.status_code == 200
    assert shown in response.content.decode()
    # Looking saves nothing.
    assert shown not in client.get("/").content.decode()


@pytest.mark.parametrize(
    "link",
    [
        {},
        {"url": "javascript:alert(1)", "label": "x"},
        {"url": "/en-continu/"},
        {"url": "//evil.example/", "label": "x"},
        {"url": "/\\evil.example/", "label": "x"},
        {"page": 1, "url": "/direct/", "label": "x"},
    ],
)
def test_a_menu_entry_leads_to_a_page_or_to_an_address_with_a_label(client: Client, link: dict[str, Any]) -> None:
    response = client.post(url("menu"), menus(link))

    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"header"}
