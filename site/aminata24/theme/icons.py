"""The site's icon in pixels, for home screens: the brand's logo, or the first letter of its name."""

import logging
import unicodedata
from functools import lru_cache
from io import BytesIO

from django.core.files.storage import default_storage
from PIL import Image, ImageDraw, ImageFont, ImageOps

from aminata24.theme.colours import NIGHT, PAPER
from aminata24.theme.models import BrandSettings

logger = logging.getLogger(__name__)

# A phone that cuts icons to its own shape leaves at least the inner four fifths.
SAFE = 0.8


def app_icon_png(brand: BrandSettings, size: int, fills: bool) -> bytes:
    """The icon as a PNG of `size` pixels; `fills` leaves room at the edges for a phone that rounds or cuts it."""
    return _png(brand.logo.file.name if brand.logo else "", brand.name[:1], brand.accent_dark, size, fills)


@lru_cache(maxsize=32)
def _png(logo: str, letter: str, accent: str, size: int, fills: bool) -> bytes:
    drawn = (_from_logo(logo, size, fills) if logo else None) or _letter(letter, accent, size, fills)
    file = BytesIO()
    drawn.save(file, "PNG", optimize=True)
    return file.getvalue()


def _from_logo(name: str, size: int, fills: bool) -> Image.Image | None:
    try:
        with default_storage.open(name) as file, Image.open(file) as opened:
            logo = ImageOps.fit(opened.convert("RGBA"), (size, size))
    except Exception:
        # Whatever an unreadable file leads a decoder to.
        logger.exception("app_icon_failed logo=%s", name)
        return None
    ground = Image.new("RGBA", (size, size), PAPER)
    if fills:
        # The logo's own corner goes on under it, so that no frame is seen where its ground is of one colour.
        ground = logo.crop((0, 0, 1, 1)).resize((size, size))
        logo = logo.resize((round(size * SAFE),) * 2, Image.Resampling.LANCZOS)
    place = (size - logo.width) // 2
    ground.alpha_composite(logo, (place, place))
    return ground.convert("RGB")


def _letter(letter: str, accent: str, size: int, fills: bool) -> Image.Image:
    """As icons/favicon.svg: a light letter on night, over a bar."""
    icon = Image.new("RGB", (size, size), NIGHT)
    draw = ImageDraw.Draw(icon)
    room = size * (SAFE * 0.75 if fills else 0.72)
    # Pillow's own face has no accented letters.
    bare = unicodedata.normalize("NFD", letter.upper())[:1]
    font = ImageFont.load_default(room * 0.95)
    middle, base = size / 2, size / 2 + room * 0.3
    draw.text((middle, base), bare, font=font, fill=PAPER, anchor="ms", stroke_width=size / 90, stroke_fill=PAPER)
    draw.rectangle((middle - room / 2, base + room * 0.1, middle + room / 2, base + room * 0.17), fill=accent)
    return icon
