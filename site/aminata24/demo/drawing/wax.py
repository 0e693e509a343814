"""
Wax print: bold figures on a bright ground, with the fine veins and bubbles that cracked wax leaves.

The second colour is printed a little beside the first, as on cloth that went through two machines.
"""

import math
import random

from PIL import Image, ImageDraw

from aminata24.demo.drawing.cloth import HEIGHT, SCALE, WIDTH, Point, finish
from aminata24.demo.drawing.palettes import Colour, Palette, mix

DESCRIPTIONS = {
    1: "Motif inspiré du wax : grands médaillons à pétales, cernés de points, {colours}.",
    2: "Motif inspiré du wax : éventails superposés comme des écailles, {colours}.",
    3: "Motif inspiré du wax : grandes feuilles nervurées qui tournent en tous sens, {colours}.",
}

W, H = WIDTH * SCALE, HEIGHT * SCALE
# How far the second printing lies beside the first.
BESIDE = (7, 5)


def _disc(draw: ImageDraw.ImageDraw, centre: Point, radius: float, ink: Colour) -> None:
    x, y = centre
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=ink)


def _around(centre: Point, radius: float, angle: float) -> Point:
    return centre[0] + math.cos(angle) * radius, centre[1] + math.sin(angle) * radius


def _petal(centre: Point, near: float, far: float, angle: float, width: float, points: int = 24) -> list[Point]:
    """The outline of a petal that points away from a centre."""
    outline = []
    for place in range(points):
        turn = place * math.tau / points
        along = (near + far) / 2 - math.cos(turn) * (far - near) / 2
        aside = math.sin(turn) * width * (0.55 + 0.45 * math.sin((along - near) / (far - near) * math.pi))
        outline.append(
            (
                centre[0] + math.cos(angle) * along - math.sin(angle) * aside,
                centre[1] + math.sin(angle) * along + math.cos(angle) * aside,
            )
        )
    return outline


def _medallion(draw: ImageDraw.ImageDraw, centre: Point, size: float, palette: Palette, turned: bool) -> None:
    ground, ring = (palette.dark, palette.second) if turned else (palette.second, palette.dark)
    beside = (centre[0] + BESIDE[0], centre[1] + BESIDE[1])
    _disc(draw, centre, size, palette.light)
    _disc(draw, beside, size * 0.94, ground)
    dots = 30
    for place in range(dots):
        _disc(draw, _around(centre, size * 0.83, place * math.tau / dots), size * 0.038, palette.bright)
    _disc(draw, centre, size * 0.74, palette.light)
    _disc(draw, beside, size * 0.70, ring)
    petals = 12
    for place in range(petals):
        angle = (place + 0.5 * turned) * math.tau / petals
        draw.polygon(_petal(centre, size * 0.26, size * 0.68, angle, size * 0.11), fill=palette.light)
        draw.polygon(_petal(beside, size * 0.30, size * 0.62, angle, size * 0.07), fill=palette.main)
    _disc(draw, centre, size * 0.27, palette.light)
    _disc(draw, beside, size * 0.23, palette.bright)
    for place in range(8):
        _disc(draw, _around(centre, size * 0.145, place * math.tau / 8), size * 0.034, ring)
    _disc(draw, centre, size * 0.07, ground)


def _medallions(draw: ImageDraw.ImageDraw, palette: Palette, chance: random.Random) -> None:
    """Medallions in staggered rows, a small flower in each gap."""
    step_x, step_y, size = 860.0, 760.0, 392.0
    for row in range(-1, 4):
        for column in range(-1, 6):
            x = column * step_x + (step_x / 2 if row % 2 else 0) - 120
            y = row * step_y + 150
            # The middles of the gaps: as far from one medallion as from the next.
            _flower(draw, (x + step_x / 2, y + 258), 100, palette)
            _flower(draw, (x, y + step_y - 258), 100, palette)
            _medallion(draw, (x, y), size, palette, turned=(column + row) % 2 == 0)


def _flower(draw: ImageDraw.ImageDraw, centre: Point, size: float, palette: Palette) -> None:
    for place in range(6):
        draw.polygon(_petal(centre, size * 0.2, size, place * math.tau / 6, size * 0.3), fill=palette.light)
    _disc(draw, centre, size * 0.34, palette.dark)
    _disc(draw, centre, size * 0.17, palette.bright)


def _scales(draw: ImageDraw.ImageDraw, palette: Palette, chance: random.Random) -> None:
    """Fans that overlap like scales, each with rays and a rim of beads."""
    size = 330.0
    rows = int(H / (size * 0.72)) + 3
    for row in range(rows):
        for column in range(-1, int(W / (2 * size)) + 2):
            centre = (column * 2 * size + (size if row % 2 else 0), row * size * 0.72 + 40)
            kind = (column * 2 + row) % 3
            ground = (palette.deep, palette.second, palette.dark)[kind]
            rays = (palette.bright, palette.light, palette.main)[kind]
            _disc(draw, centre, size, palette.light)
            _disc(draw, (centre[0] + BESIDE[0], centre[1] + BESIDE[1]), size * 0.95, ground)
            for place in range(26):
                _disc(draw, _around(centre, size * 0.87, place * math.tau / 26), size * 0.036, palette.light)
            for place in range(22):
                angle = place * math.tau / 22
                draw.polygon(_petal(centre, size * 0.46, size * 0.79, angle, size * 0.065), fill=rays)
            _disc(draw, centre, size * 0.42, palette.light)
            _disc(
                draw,
                (centre[0] + BESIDE[0], centre[1] + BESIDE[1]),
                size * 0.38,
                palette.main if kind != 2 else palette.bright,
            )
            _disc(draw, centre, size * 0.2, palette.dark)


def _leaf(draw: ImageDraw.ImageDraw, centre: Point, size: float, angle: float, palette: Palette, kind: int) -> None:
    ground = (palette.second, palette.deep, palette.dark)[kind]
    vein = (palette.bright, palette.light, palette.bright)[kind]
    root = _around(centre, -size / 2, angle)
    beside = (root[0] + BESIDE[0], root[1] + BESIDE[1])
    draw.polygon(_petal(root, 0, size, angle, size * 0.32, 48), fill=palette.light)
    draw.polygon(_petal(beside, size * 0.035, size * 0.955, angle, size * 0.284, 48), fill=ground)
    draw.line([_around(root, -size * 0.12, angle), _around(root, size * 0.9, angle)], fill=vein, width=int(size * 0.03))
    for place in range(1, 7):
        start = _around(root, size * (0.06 + 0.12 * place), angle)
        reach = size * 0.30 * math.sin(math.pi * (0.1 + 0.125 * place)) * 0.78
        for side in (-1, 1):
            end = _around(start, reach, angle + side * 0.95)
            draw.line([start, end], fill=vein, width=int(size * 0.02))
            _disc(draw, end, size * 0.022, vein)


def _leaves(draw: ImageDraw.ImageDraw, palette: Palette, chance: random.Random) -> None:
    """Great leaves, turned by turns, with beads strewn between them."""
    step = 560.0
    for row in range(-1, 5):
        for column in range(-1, 8):
            x, y = column * step + (step / 2 if row % 2 else 0), row * step * 0.86
            for place in range(9):
                _disc(draw, _around((x + step / 2, y), 66, place * math.tau / 9), 14, palette.light)
            _disc(draw, (x + step / 2, y), 30, palette.second)
    for row in range(-1, 5):
        for column in range(-1, 8):
            x, y = column * step + (step / 2 if row % 2 else 0), row * step * 0.86
            angle = math.radians(-62 + 124 * ((column + row) % 2) + chance.uniform(-9, 9)) + (math.pi if row % 2 else 0)
            _leaf(draw, (x, y), 620, angle, palette, (column + 2 * row) % 3)


def _crackle(image: Image.Image, ink: Colour, chance: random.Random) -> None:
    """Veins where wax broke, and bubbles where it held."""
    draw = ImageDraw.Draw(image)
    for _ in range(26):
        x, y = chance.uniform(0, W), chance.uniform(0, H)
        angle = chance.uniform(0, math.tau)
        for _step in range(chance.randrange(10, 34)):
            angle += chance.gauss(0, 0.42)
            end = _around((x, y), chance.uniform(18, 46), angle)
            draw.line([(x, y), end], fill=ink, width=chance.choice((2, 3, 4)))
            x, y = end
    for _ in range(170):
        _disc(draw, (chance.uniform(0, W), chance.uniform(0, H)), chance.uniform(4, 11), ink)


COMPOSITIONS = {1: _medallions, 2: _scales, 3: _leaves}


def draw(palette: Palette, variant: int, seed: str) -> Image.Image:
    """A wax print; `variant` is 1, 2 or 3."""
    chance = random.Random(seed)
    ground = {1: palette.main, 2: palette.deep, 3: palette.bright}[variant]
    image = Image.new("RGB", (W, H), ground)
    printed = ImageDraw.Draw(image)
    _crackle(image, mix(ground, palette.light, 0.5), chance)
    COMPOSITIONS[variant](printed, palette, chance)
    veined = image.copy()
    _crackle(veined, palette.light, chance)
    return finish(Image.blend(image, veined, 0.4), seed)
