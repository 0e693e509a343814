"""Ads of the two invented advertisers: name, slogan, and what they sell as a plain figure."""

import random
from collections.abc import Callable
from typing import Any

from PIL import Image, ImageDraw

from aminata24.demo.drawing.lettering import set_text, wrap_evenly
from aminata24.demo.drawing.palettes import Colour, colour, mix

# What each placement asks for; drawn twice as large, for sharp screens.
SIZES = {"in_article": (640, 200), "sidebar": (300, 250), "between_rails": (970, 250), "footer": (728, 90)}
DENSITY = 2
# Drawn twice as large again and reduced, which smooths the edges.
SMOOTHING = 2
WHITE = (255, 255, 255)


def draw(campaign: dict[str, Any], slot: str) -> Image.Image:
    """The ad of a campaign for a placement."""
    width, height = (side * DENSITY * SMOOTHING for side in SIZES[slot])
    ground, bright = (colour(code) for code in campaign["colours"])
    image = Image.new("RGB", (width, height), ground)
    _FIGURES[campaign["slug"]](image, ground, bright)
    stands_up = width < height * 1.5
    margin, base, room = (
        (width * 0.08, height * 0.24, width * 0.84) if stands_up else (height * 0.14, height * 0.4, width * 0.5)
    )
    size = min(height * 0.26, room * 0.2)
    set_text(image, (margin, base), campaign["advertiser"], size, bright, weight=size * 0.025)
    small = size * 0.42
    for number, line in enumerate(wrap_evenly(campaign["slogan"], small, room)):
        set_text(image, (margin, base + small * (1.75 + 1.35 * number)), line, small, WHITE)
    return image.resize((width // SMOOTHING, height // SMOOTHING), Image.Resampling.LANCZOS)


def _blocks(image: Image.Image, ground: Colour, bright: Colour) -> None:
    """A wall of concrete blocks, one of them bright, rising towards the right."""
    chance = random.Random("BetonPark")
    paint = ImageDraw.Draw(image)
    width, height = image.size
    block_height = height / 7
    block_width = block_height * 2
    for row in range(7):
        left = width * 0.58 + row * block_width * 0.6
        shift = block_width / 2 if row % 2 else 0
        top = height - (row + 1) * block_height
        place = width + shift
        while place > left:
            place -= block_width
            shade = mix(ground, WHITE, chance.uniform(0.14, 0.36))
            fill = bright if chance.random() < 0.12 else shade
            gap = block_height * 0.06
            paint.rectangle((place + gap, top + gap, place + block_width - gap, top + block_height - gap), fill=fill)


def _waves(image: Image.Image, ground: Colour, bright: Colour) -> None:
    """Waves of a radio mast that spread over market stalls."""
    paint = ImageDraw.Draw(image)
    width, height = image.size
    x, y = width * 0.83, height * 0.62
    for ring in range(7, 0, -1):
        radius = ring * height * 0.105
        fill = mix(ground, bright, 0.10 + 0.07 * (7 - ring)) if ring % 2 else ground
        paint.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)
    stall = height * 0.3
    for number in range(-2, 4):
        left = x + number * stall - stall / 2
        roof = bright if number % 2 else WHITE
        top = height * 0.76
        paint.polygon(
            [
                (left + stall * 0.14, top),
                (left + stall * 0.86, top),
                (left + stall, top + stall * 0.34),
                (left, top + stall * 0.34),
            ],
            fill=roof,
        )
        paint.rectangle(
            (left + stall * 0.1, top + stall * 0.34, left + stall * 0.9, height), fill=mix(ground, (0, 0, 0), 0.35)
        )
    paint.polygon(
        [(x - height * 0.025, height * 0.76), (x + height * 0.025, height * 0.76), (x, y - height * 0.02)], fill=WHITE
    )
    radius = height * 0.045
    paint.ellipse((x - radius, y - radius, x + radius, y + radius), fill=WHITE)


_FIGURES: dict[str, Callable[[Image.Image, Colour, Colour], None]] = {"betonpark": _blocks, "woro-mobile": _waves}
