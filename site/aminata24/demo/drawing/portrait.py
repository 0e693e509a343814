"""Portraits of the invented journalists: faceless busts in flat colours, dressed in the cloths of the demo."""

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageDraw

from aminata24.demo.drawing import bogolan, kente, wax
from aminata24.demo.drawing.palettes import PALETTES, Colour, colour, mix

SIZE = 400
# Drawn this much larger, then reduced.
SCALE = 3
CLOTHS = {"kente": kente, "bogolan": bogolan, "wax": wax}

INK = colour("#1d1512")


@dataclass(frozen=True)
class Sitter:
    """What tells one portrait from another."""

    skin: Colour
    ground: Colour
    cloth: tuple[str, str, int]
    hair: str
    words: str
    glasses: bool = False
    beard: bool = False


SITTERS = {
    "aya-kouame": Sitter(
        colour("#6b3f26"), colour("#e9c46a"), ("presidence", "kente", 1), "wrap", "foulard noué et pagne kente"
    ),
    "brahima-soro": Sitter(
        colour("#4e2c1b"), colour("#b9cbe6"), ("presidence", "bogolan", 2), "cap", "calotte et boubou bogolan"
    ),
    "mariam-cisse": Sitter(
        colour("#7d4a2c"), colour("#f0b78c"), ("societe", "wax", 1), "bun", "chignon haut et robe en wax"
    ),
    "didier-gnahore": Sitter(
        colour("#5a3420"),
        colour("#a9d3c0"),
        ("societe", "bogolan", 1),
        "short",
        "lunettes rondes et cheveux courts",
        glasses=True,
    ),
    "fatou-sarr": Sitter(
        colour("#43261a"), colour("#f2d6a2"), ("afrique", "wax", 2), "wrap", "grand foulard et robe en wax"
    ),
    "koffi-mensah": Sitter(
        colour("#5f3822"),
        colour("#cfc3b0"),
        ("afrique", "kente", 3),
        "short",
        "barbe courte et pagne kente",
        beard=True,
    ),
    "estelle-yao": Sitter(
        colour("#84502f"),
        colour("#9fc9c6"),
        ("actualites", "wax", 3),
        "afro",
        "coiffure afro et lunettes",
        glasses=True,
    ),
    "jean-marc-tape": Sitter(
        colour("#6a4029"),
        colour("#f3a873"),
        ("actualites", "bogolan", 3),
        "locks",
        "tresses courtes et barbe",
        beard=True,
    ),
}


def describe(slug: str) -> str:
    """What the portrait shows, for its alternative text."""
    return f"buste stylisé sans visage, {SITTERS[slug].words}"


def draw(slug: str) -> Image.Image:
    """The portrait of a journalist."""
    sitter = SITTERS[slug]
    side = SIZE * SCALE
    image = Image.new("RGB", (side, side), sitter.ground)
    palette, style, variant = sitter.cloth
    cloth = CLOTHS[style].draw(PALETTES[palette], variant, seed=slug).resize((1280, 720), Image.Resampling.LANCZOS)
    paint = ImageDraw.Draw(image)
    paint.ellipse(_box(200, 205, 168, 168), fill=mix(sitter.ground, (255, 255, 255), 0.38))
    if sitter.hair in _BEHIND:
        _BEHIND[sitter.hair](paint)
    _shoulders(image, cloth)
    shade = mix(sitter.skin, (0, 0, 0), 0.28)
    paint.rounded_rectangle((*_at(170, 232), *_at(230, 312)), radius=24 * SCALE, fill=shade)
    paint.ellipse(_box(200, 300, 44, 26), fill=shade)
    for side_of_head in (-1, 1):
        paint.ellipse(_box(200 + 69 * side_of_head, 192, 12, 19), fill=shade)
    paint.ellipse(_box(200, 182, 68, 86), fill=sitter.skin)
    if sitter.beard:
        _beard(paint, sitter)
    _HAIR[sitter.hair](image, paint, cloth)
    if sitter.glasses:
        _glasses(paint)
    return image.resize((SIZE, SIZE), Image.Resampling.LANCZOS)


def _at(x: float, y: float) -> tuple[float, float]:
    return x * SCALE, y * SCALE


def _box(x: float, y: float, across: float, down: float) -> tuple[float, float, float, float]:
    """An ellipse by its centre and its half axes."""
    return (x - across) * SCALE, (y - down) * SCALE, (x + across) * SCALE, (y + down) * SCALE


def _shoulders(image: Image.Image, cloth: Image.Image) -> None:
    mask = Image.new("L", image.size)
    ImageDraw.Draw(mask).rounded_rectangle((*_at(58, 290), *_at(342, 470)), radius=92 * SCALE, fill=255)
    _dress(image, cloth, mask)


def _dress(image: Image.Image, cloth: Image.Image, mask: Image.Image) -> None:
    """Lay cloth over what the mask shows."""
    left, top, right, bottom = mask.getbbox() or (0, 0, 0, 0)
    piece = cloth.crop((0, 0, right - left, bottom - top))
    image.paste(piece, (left, top), mask.crop((left, top, right, bottom)))


def _beard(paint: ImageDraw.ImageDraw, sitter: Sitter) -> None:
    paint.chord(_box(200, 182, 68, 86), 12, 168, fill=INK)
    paint.ellipse(_box(200, 184, 49, 52), fill=sitter.skin)


def _glasses(paint: ImageDraw.ImageDraw) -> None:
    width = 5 * SCALE
    for side in (-1, 1):
        paint.ellipse(_box(200 + 30 * side, 184, 24, 22), outline=INK, width=width)
        paint.line([_at(200 + 54 * side, 180), _at(200 + 68 * side, 176)], fill=INK, width=width)
    paint.line([_at(193, 182), _at(207, 182)], fill=INK, width=width)


def _short(image: Image.Image, paint: ImageDraw.ImageDraw, cloth: Image.Image) -> None:
    paint.chord(_box(200, 176, 72, 86), 196, 344, fill=INK)


def _afro(image: Image.Image, paint: ImageDraw.ImageDraw, cloth: Image.Image) -> None:
    paint.chord(_box(200, 172, 76, 84), 192, 348, fill=INK)


def _bun(image: Image.Image, paint: ImageDraw.ImageDraw, cloth: Image.Image) -> None:
    paint.chord(_box(200, 178, 72, 90), 194, 346, fill=INK)
    paint.ellipse(_box(200, 76, 40, 36), fill=INK)
    paint.rounded_rectangle((*_at(172, 98), *_at(228, 110)), radius=6 * SCALE, fill=colour("#e2a72e"))


def _locks(image: Image.Image, paint: ImageDraw.ImageDraw, cloth: Image.Image) -> None:
    paint.chord(_box(200, 176, 74, 90), 190, 350, fill=INK)
    for place in range(7):
        x = 140 + place * 20
        top = 92 + abs(place - 3) * 9
        paint.rounded_rectangle((*_at(x - 9, top - 16), *_at(x + 9, top + 44)), radius=9 * SCALE, fill=INK)


def _cap(image: Image.Image, paint: ImageDraw.ImageDraw, cloth: Image.Image) -> None:
    mask = Image.new("L", image.size)
    ImageDraw.Draw(mask).rounded_rectangle((*_at(134, 72), *_at(266, 142)), radius=26 * SCALE, fill=255)
    _dress(image, cloth, mask)
    paint.rounded_rectangle((*_at(130, 130), *_at(270, 146)), radius=7 * SCALE, fill=INK)


def _wrap(image: Image.Image, paint: ImageDraw.ImageDraw, cloth: Image.Image) -> None:
    mask = Image.new("L", image.size)
    shape = ImageDraw.Draw(mask)
    shape.chord(_box(200, 152, 82, 84), 180, 360, fill=255)
    shape.ellipse(_box(200, 146, 82, 22), fill=255)
    shape.ellipse(_box(226, 62, 54, 38), fill=255)
    _dress(image, cloth, mask)
    for bend in (-34, 0, 34):
        fold = [_at(200 + bend * 1.6, 160), _at(208 + bend * 0.9, 122), _at(222 + bend * 0.3, 88)]
        paint.line(fold, fill=INK, width=2 * SCALE, joint="curve")
    paint.arc(_box(226, 60, 36, 32), 25, 155, fill=INK, width=4 * SCALE)


def _halo(paint: ImageDraw.ImageDraw) -> None:
    paint.ellipse(_box(200, 152, 112, 106), fill=INK)


_HAIR: dict[str, Callable[[Image.Image, ImageDraw.ImageDraw, Image.Image], None]] = {
    "short": _short,
    "afro": _afro,
    "bun": _bun,
    "locks": _locks,
    "cap": _cap,
    "wrap": _wrap,
}
_BEHIND: dict[str, Callable[[ImageDraw.ImageDraw], None]] = {"afro": _halo}
