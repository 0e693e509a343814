"""What a phone needs to put the site on its home screen."""

from io import BytesIO

import pytest
from django.test import Client
from PIL import Image
from wagtail.models import Site

from aminata24.theme.models import BrandSettings
from tests.factories import ImageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_page")]


def icon(client: Client, address: str) -> Image.Image:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    return Image.open(BytesIO(response.content))


def test_the_manifest_speaks_for_the_brand(client: Client) -> None:
    BrandSettings.objects.create(site=Site.objects.get(), name="La Lagune", tagline="Le journal de l’eau")

    response = client.get("/manifest.webmanifest")
    manifest = response.json()

    assert response["Content-Type"] == "application/manifest+json"
    assert (manifest["name"], manifest["short_name"], manifest["lang"]) == ("La Lagune", "La Lagune", "fr")
    assert manifest["description"] == "Le journal de l’eau"
    assert client.get(manifest["start_url"]).status_code == 200
    assert [client.get(shortcut["url"]).status_code for shortcut in manifest["shortcuts"]] == [200, 200]
    assert '<link rel="manifest" href="/manifest.webmanifest">' in client.get("/").content.decode()


def test_every_icon_of_the_manifest_has_the_size_it_says(client: Client) -> None:
    icons = client.get("/manifest.webmanifest").json()["icons"]
    assert {(entry["sizes"], entry["purpose"]) for entry in icons} == {
        (size, purpose) for size in ("192x192", "512x512") for purpose in ("any", "maskable")
    }
    for entry in icons:
        width, height = icon(client, entry["src"]).size
        assert f"{width}x{height}" == entry["sizes"]


def test_an_icon_without_a_logo_shows_the_first_letter(client: Client) -> None:
    drawn = icon(client, "/icone-180.png")
    assert drawn.size == (180, 180)
    assert len(drawn.getcolors() or []) > 2
    BrandSettings.objects.create(site=Site.objects.get(), name="Été")
    assert icon(client, "/icone-180.png").tobytes() != drawn.tobytes()


def test_an_icon_is_the_logo_where_there_is_one(client: Client) -> None:
    BrandSettings.objects.create(site=Site.objects.get(), logo=ImageFactory(file__color="red"))
    for address in ("/icone-512.png", "/icone-pleine-512.png"):
        red, green, _blue = icon(client, address).convert("RGB").getpixel((256, 256))  # type: ignore[misc]
        assert red > 200 > green


def test_a_logo_that_cannot_be_read_leaves_the_letter(client: Client) -> None:
    logo = ImageFactory()
    BrandSettings.objects.create(site=Site.objects.get(), logo=logo)
    logo.file.storage.delete(logo.file.name)
    assert icon(client, "/icone-192.png").size == (192, 192)


@pytest.mark.parametrize("size", ["1", "100000", "999999999999"])
def test_nobody_makes_us_draw_other_sizes(client: Client, size: str) -> None:
    assert client.get(f"/icone-{size}.png").status_code == 404
