"""Uploads through the page editor: whatever somebody sends, the answer is a message and never an error page."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.documents import get_document_model

from aminata24.images.models import NewsImage
from aminata24.readers.models import User

pytestmark = pytest.mark.django_db


def picture(format: str, size: tuple[int, int] = (64, 36), **options: object) -> bytes:
    """A picture in a format of Pillow's."""
    buffer = BytesIO()
    Image.new("RGB", size, "blue").save(buffer, format, **options)
    return buffer.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A PNG that claims a size, in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
REFUSED = {
    "an SVG with a script": ("dessin.svg", SVG),
    "an SVG that calls itself JPEG": ("dessin.jpg", SVG),
    "a text": ("texte.txt", b"Bonjour"),
    "a text that calls itself PNG": ("texte.png", b"Bonjour"),
    "an HTML page behind the mark of a GIF": ("page.gif", b"GIF89a/*<script>alert(1)</script>*/"),
    "a GIF that calls itself JPEG": ("image.jpg", picture("GIF")),
    "a TIFF": ("image.tiff", picture("TIFF")),
    "a JPEG cut in half": ("image.jpg", picture("JPEG", (800, 600), quality=95)[:1500]),
    "a JPEG of nothing but its first bytes": ("image.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 60),
    "a PNG with broken pixels": ("image.png", png_of(64, 36)),
    "100 megapixels": ("image.png", png_of(10_000, 10_000)),
    "a decompression bomb": ("image.png", png_of(60_000, 60_000)),
    "an empty file": ("image.jpg", b""),
}


@pytest.fixture
def editor(home_page: object, sign_in: Callable[..., User]) -> User:
    """An editor, signed in."""
    return sign_in("Editors")


@pytest.mark.parametrize(("name", "content"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_is_no_usable_picture_is_refused_and_what_was_typed_is_kept(
    client: Client, editor: User, name: str, content: bytes
) -> None:
    typed = {
        "title": "Le pont à haubans",
        "description": "Un pont au couchant",
        "caption": "Légende <b>",
        "credit": "AFP",
    }

    response = client.post(
        reverse("wagtailimages:add"), {**typed, "file": SimpleUploadedFile(name, content, "image/jpeg")}
    )

    assert response.status_code == 200
    form = response.context["form"]
    assert form.errors["file"]
    assert {field: form[field].value() for field in typed} == typed
    assert not NewsImage.objects.exists()


@pytest.mark.parametrize(("name", "content"), REFUSED.values(), ids=REFUSED)
def test_the_uploader_for_many_files_refuses_the_same(client: Client, editor: User, name: str, content: bytes) -> None:
    response = client.post(
        reverse("wagtailimages:add_multiple"),
        {"title": name, "files[]": SimpleUploadedFile(name, content, "image/jpeg")},
    )

    assert response.status_code == 200
    assert response.json()["success"] is False
    assert response.json()["error_message"]
    assert not NewsImage.objects.exists()


def test_a_file_that_is_too_heavy_is_refused(client: Client, editor: User, settings: object) -> None:
    heavy = picture("JPEG") + b"\0" * (20 * 1024 * 1024)

    response = client.post(reverse("wagtailimages:add"), {"title": "Lourd", "file": SimpleUploadedFile("a.jpg", heavy)})

    assert response.context["form"].errors["file"]


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_a_picture_is_accepted(client: Client, editor: User, format: str) -> None:
    extension = {"JPEG": "jpg"}.get(format, format.lower())

    response = client.post(
        reverse("wagtailimages:add"),
        {"title": "Le pont", "file": SimpleUploadedFile(f"pont.{extension}", picture(format))},
    )

    assert response.status_code == 302, response.context["form"].errors
    image = NewsImage.objects.get()
    assert (image.width, image.height) == (64, 36)
    assert client.get(reverse("wagtailimages:index")).status_code == 200
    assert client.get(reverse("wagtailimages:edit", args=[image.pk])).status_code == 200


def test_the_words_of_a_picture_are_edited_without_sending_it_again(client: Client, editor: User) -> None:
    upload = {"title": "Le pont", "files[]": SimpleUploadedFile("pont.jpg", picture("JPEG"))}
    created = client.post(reverse("wagtailimages:add_multiple"), upload).json()
    assert created["success"], created
    key = created["image_id"]

    response = client.post(
        reverse("wagtailimages:edit_multiple", args=[key]),
        {f"image-{key}-title": "Le pont", f"image-{key}-description": "Un pont au couchant"},
    )

    assert response.json()["success"], response.json()
    assert NewsImage.objects.get().description == "Un pont au couchant"


@pytest.mark.parametrize("name", ["programme.exe", "page.html", "dessin.svg", "sans-extension"])
def test_a_document_of_another_type_is_refused(client: Client, editor: User, name: str) -> None:
    response = client.post(
        reverse("wagtaildocs:add"), {"title": "Le rapport", "file": SimpleUploadedFile(name, b"<script>")}
    )

    assert response.status_code == 200
    assert response.context["form"].errors["file"]
    assert response.context["form"]["title"].value() == "Le rapport"
    assert not get_document_model().objects.exists()


def test_a_document_is_accepted(client: Client, editor: User) -> None:
    response = client.post(
        reverse("wagtaildocs:add"), {"title": "Le rapport", "file": SimpleUploadedFile("rapport.pdf", b"%PDF-1.4")}
    )

    assert response.status_code == 302
    assert get_document_model().objects.get().title == "Le rapport"
