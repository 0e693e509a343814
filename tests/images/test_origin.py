"""What a picture's file says beside its pixels stays with us: readers get nothing but the pixels."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.images import ImageFile
from PIL import AvifImagePlugin, Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin
from PIL.ExifTags import GPS, IFD, Base

from aminata24.images.models import NewsImage

pytestmark = pytest.mark.django_db

SECRETS = [b"Nikon of Aya", b"5 20 11", b"a-word-to-nobody", b"<script>alert(1)</script>", b"PK\x03\x04", b"xpacket"]


# As cameras save, before our own code leaves everything out.
CAMERAS = {"AVIF": AvifImagePlugin, "JPEG": JpegImagePlugin, "PNG": PngImagePlugin, "WEBP": WebPImagePlugin}


def telling(format: str) -> bytes:
    """A picture that says where, by whom and with what it was taken, and carries a page and an archive along."""
    exif = Image.Exif()
    exif[Base.Model] = "Nikon of Aya"
    # On its side.
    exif[Base.Orientation] = 6
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSMapDatum] = "5 20 11"
    buffer = BytesIO()
    remark = {"JPEG": {"comment": b"a-word-to-nobody"}}.get(format, {})
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(Image.SAVE, format, CAMERAS[format]._save)
        Image.new("RGB", (800, 600), "blue").save(buffer, format, exif=exif, **remark)
    with ZipFile(buffer, "a") as archive:
        archive.writestr("page.html", "<script>alert(1)</script>")
    return buffer.getvalue()


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_no_cut_of_a_picture_tells_where_or_by_whom_it_was_taken(format: str) -> None:
    original = telling(format)
    assert b"Nikon of Aya" in original
    image = NewsImage.objects.create(title="Le pont", file=ImageFile(BytesIO(original), f"pont.{format.lower()}"))

    cuts = ("avif", "webp", "jpeg", "png")
    renditions = image.get_renditions(*(f"width-200|format-{cut}" for cut in cuts), "max-165x165").values()

    for rendition in renditions:
        content = rendition.file.read()
        assert not [secret for secret in SECRETS if secret in content], rendition.file.name
        assert not dict(Image.open(BytesIO(content)).getexif())


def test_a_picture_taken_on_its_side_stands_upright_all_the_same() -> None:
    image = NewsImage.objects.create(title="Le pont", file=ImageFile(BytesIO(telling("JPEG")), "pont.jpg"))
    rendition = image.get_rendition("width-300|format-jpeg")
    assert rendition.height > rendition.width
