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


def gif_of(frames: int, size: tuple[int, int]) -> bytes:
    """A GIF of so many frames, in a few bytes each."""
    pictures = [Image.new("L", size, shade % 256) for shade in range(frames)]
    buffer = BytesIO()
    pictures[0].save(buffer, "GIF", save_all=True, append_images=pictures[1:], optimize=False)
    return buffer.getvalue()


def gif_with_a_larger_frame() -> bytes:
    """A GIF of 64 × 36 pixels, whose frame says to be 60,000 × 60,000."""
    small = picture("GIF")
    frame = small.rindex(b"\x2c\0\0\0\0\x40\0\x24\0")
    return small[: frame + 5] + struct.pack("<HH", 60_000, 60_000) + small[frame + 9 :]


def webp_of(width: int, height: int) -> bytes:
    """A WebP whose canvas says to be larger than its picture."""
    inner = picture("WEBP")[12:]
    canvas = struct.pack("<I", 0)[:4] + struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    body = b"WEBP" + b"VP8X" + struct.pack("<I", 10) + canvas + inner
    return b"RIFF" + struct.pack("<I", len(body)) + body


def avif_of(width: int, height: int) -> bytes:
    """An AVIF that claims a size."""
    small = picture("AVIF")
    return small.replace(b"ispe" + struct.pack(">III", 0, 64, 36), b"ispe" + struct.pack(">III", 0, width, height))


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
    "a GIF of too many frames": ("image.gif", gif_of(60, (1_000, 1_000))),
    "a GIF with a frame larger than itself": ("image.gif", gif_with_a_larger_frame()),
    "a WebP of 16,000 × 16,000 in a few bytes": ("image.webp", webp_of(16_000, 16_000)),
    "an AVIF that lies about its size": ("image.avif", avif_of(9_000, 9_000)),
    "a page before a JPEG": ("image.jpg", b"<script>alert(1)</script>" + picture("JPEG")),
    "a PDF that calls itself JPEG": ("image.jpg", b"%PDF-1.4\n" + picture("JPEG")),
    "an archive that calls itself GIF": ("image.gif", b"PK\x03\x04" + picture("GIF")),
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
