"""
Text in pictures, set in the typeface that Pillow brings along.

That face has no accented letters, so accents are drawn over the bare ones.
"""

import unicodedata

from PIL import Image, ImageDraw, ImageFont

from aminata24.demo.drawing.palettes import Colour

ACUTE, GRAVE, CIRCUMFLEX, DIAERESIS, CEDILLA = "\u0301", "\u0300", "\u0302", "\u0308", "\u0327"


def _font(size: float) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)
    return font


def text_width(text: str, size: float) -> float:
    """How wide a line of text is."""
    return _font(size).getlength(_bare(text))


def _bare(text: str) -> str:
    letters = (letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return "".join(letters).replace("\u00a0", " ")


def set_text(
    image: Image.Image, place: tuple[float, float], text: str, size: float, ink: Colour, weight: float = 0
) -> None:
    """Set one line, its left end on the base line at `place`; `weight` thickens the strokes, in pixels."""
    draw, font = ImageDraw.Draw(image), _font(size)
    x, base = place
    draw.text((x, base), _bare(text), font=font, fill=ink, anchor="ls", stroke_width=weight, stroke_fill=ink)
    done = ""
    for letter in unicodedata.normalize("NFC", text):
        bare, marks = _bare(letter), unicodedata.normalize("NFD", letter)[1:]
        for mark in marks:
            left, top, right, _bottom = font.getbbox(bare, anchor="ls")
            middle = x + font.getlength(done) + (left + right) / 2
            _mark(draw, mark, (middle, base + top), size, ink, weight)
        done += bare


def _mark(
    draw: ImageDraw.ImageDraw, mark: str, place: tuple[float, float], size: float, ink: Colour, weight: float
) -> None:
    """One accent over the middle of a letter's top, or a cedilla under its base line."""
    x, top = place
    reach, rise, gap = size * 0.13, size * 0.13, size * 0.07
    low, high = top - gap - weight, top - gap - rise - weight
    width = max(1, round(size * 0.075 + weight))
    if mark == ACUTE:
        draw.line([(x - reach * 0.4, low), (x + reach * 0.7, high)], fill=ink, width=width)
    elif mark == GRAVE:
        draw.line([(x + reach * 0.4, low), (x - reach * 0.7, high)], fill=ink, width=width)
    elif mark == CIRCUMFLEX:
        draw.line([(x - reach, low), (x, high), (x + reach, low)], fill=ink, width=width, joint="curve")
    elif mark == DIAERESIS:
        for side in (-1, 1):
            centre = (x + side * reach * 0.8, (low + high) / 2)
            draw.circle(centre, size * 0.055 + weight / 2, fill=ink)
    elif mark == CEDILLA:
        base = top + size * 0.72
        draw.line(
            [(x, base), (x + reach * 0.3, base + rise * 0.7), (x - reach * 0.5, base + rise)], fill=ink, width=width
        )


def wrap(text: str, size: float, room: float) -> list[str]:
    """Break a text into lines that fit into `room` pixels."""
    lines = [""]
    # A no-break space is no place to break a line.
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, size) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def wrap_evenly(text: str, size: float, room: float) -> list[str]:
    """The same number of lines, but of much the same length."""
    lines = wrap(text, size, room)
    narrower = text_width(text, size) / len(lines)
    while len(wrap(text, size, narrower)) > len(lines):
        narrower *= 1.05
    return wrap(text, size, narrower)
