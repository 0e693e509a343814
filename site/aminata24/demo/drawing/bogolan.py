"""
Bogolan: mud cloth, on which pale marks are left standing in a ground painted with dark earth.

The marks are drawn by hand and by rule: rows between double lines, panels, and a net over all.
"""

import math
import random
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFilter

from aminata24.demo.drawing.cloth import HEIGHT, SCALE, WIDTH, Brush, Point, finish
from aminata24.demo.drawing.palettes import Colour, Palette, mix

DESCRIPTIONS = {
    1: "Motif inspiré du bogolan : rangées de signes clairs peints à la main sur un fond de terre sombre, {colours}.",
    2: "Motif inspiré du bogolan : panneaux de croix, de losanges et de points clairs sur fond sombre, {colours}.",
    3: "Motif inspiré du bogolan : filet de losanges tracés à la main, un signe dans chaque maille, {colours}.",
}

W, H = WIDTH * SCALE, HEIGHT * SCALE

# Draws one sign in a square cell: brush, centre, size, width of the line, ink.
Sign = Callable[[Brush, Point, float, float, Colour], None]


def _ground(base: Colour, chance: random.Random) -> Image.Image:
    """Earth, brushed on unevenly."""
    blotches = Image.new("L", (48, 27))
    blotches.putdata([chance.randrange(256) for _ in range(48 * 27)])
    blotches = blotches.resize((W, H), Image.Resampling.BICUBIC)
    pale, deep = mix(base, (255, 240, 220), 0.05), mix(base, (0, 0, 0), 0.14)
    return Image.composite(Image.new("RGB", (W, H), pale), Image.new("RGB", (W, H), deep), blotches)


def _cross(brush: Brush, centre: Point, size: float, width: float, ink: Colour) -> None:
    x, y = centre
    r = size * 0.36
    brush.line([(x - r, y), (x + r, y)], width, ink)
    brush.line([(x, y - r), (x, y + r)], width, ink)
    for dx, dy in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
        brush.dot((x + dx * r * 0.62, y + dy * r * 0.62), width * 0.62, ink)


def _saltire(brush: Brush, centre: Point, size: float, width: float, ink: Colour) -> None:
    x, y = centre
    r = size * 0.32
    brush.line([(x - r, y - r), (x + r, y + r)], width, ink)
    brush.line([(x - r, y + r), (x + r, y - r)], width, ink)


def _lozenge(brush: Brush, centre: Point, size: float, width: float, ink: Colour) -> None:
    x, y = centre
    for r in (size * 0.42, size * 0.22):
        brush.closed([(x, y - r), (x + r, y), (x, y + r), (x - r, y)], width, ink)
    brush.dot(centre, width * 0.7, ink)


def _sun(brush: Brush, centre: Point, size: float, width: float, ink: Colour) -> None:
    x, y = centre
    r = size * 0.2
    ring = [(x + math.cos(a * math.tau / 24) * r, y + math.sin(a * math.tau / 24) * r) for a in range(24)]
    brush.closed(ring, width, ink)
    brush.dot(centre, width * 0.7, ink)
    for ray in range(8):
        angle = ray * math.tau / 8
        cos, sin = math.cos(angle), math.sin(angle)
        brush.line([(x + cos * r * 1.5, y + sin * r * 1.5), (x + cos * r * 2.15, y + sin * r * 2.15)], width, ink)


def _comb(brush: Brush, centre: Point, size: float, width: float, ink: Colour) -> None:
    x, y = centre
    r = size * 0.36
    brush.line([(x - r, y - r * 0.7), (x + r, y - r * 0.7)], width, ink)
    for tooth in range(4):
        at = x - r + tooth * r * 2 / 3
        brush.line([(at, y - r * 0.7), (at, y + r * 0.8)], width, ink)


def _dots(brush: Brush, centre: Point, size: float, width: float, ink: Colour) -> None:
    x, y = centre
    for column in (-1, 0, 1):
        for row in (-1, 0, 1):
            brush.dot((x + column * size * 0.27, y + row * size * 0.27), width * 0.85, ink)


def _arrow(brush: Brush, centre: Point, size: float, width: float, ink: Colour) -> None:
    x, y = centre
    for offset in (-0.28, 0.0, 0.28):
        top = y + offset * size
        brush.line(
            [(x - size * 0.34, top + size * 0.14), (x, top - size * 0.14), (x + size * 0.34, top + size * 0.14)],
            width,
            ink,
        )


SIGNS: list[Sign] = [_cross, _lozenge, _sun, _comb, _dots, _arrow, _saltire]


def _rule(brush: Brush, y: float, width: float, ink: Colour) -> None:
    brush.line([(-40, y), (W + 40, y)], width, ink)


def _zigzag(brush: Brush, y: float, height: float, width: float, ink: Colour) -> None:
    step = height * 0.62
    points = [
        (place * step - step, y + (height * 0.38 if place % 2 else -height * 0.38))
        for place in range(int(W / step) + 4)
    ]
    brush.line(points, width, ink)


def _rows(image: Image.Image, palette: Palette, chance: random.Random) -> None:
    """Rows of signs between double lines, broad and narrow in turn."""
    brush = Brush(image, chance)
    signs = chance.sample(SIGNS, len(SIGNS))
    top, turn = -60.0, 0
    while top < H:
        height = (330, 190)[turn % 2]
        middle = top + height / 2
        if turn % 2 == 0:
            if turn % 4 == 2:
                earth = mix(palette.deep, palette.dark, 0.25)
                ImageDraw.Draw(image).rectangle((0, top + 14, W, top + height - 14), fill=earth)
            sign, other = signs[turn // 2 % len(signs)], signs[(turn // 2 + 3) % len(signs)]
            for place in range(int(W / 300) + 2):
                ink = palette.bright if place % 2 else palette.light
                (other if place % 2 else sign)(brush, (place * 300.0 + 20, middle), 270, 24, ink)
        else:
            _zigzag(brush, middle, height * 0.72, 22, palette.light)
            for place in range(int(W / 118) + 2):
                y = middle + (34 if place % 2 else -34) * (1 if turn % 4 == 1 else -1)
                brush.dot((place * 118.0, y), 11, palette.bright)
        _rule(brush, top + height - 14, 13, palette.light)
        _rule(brush, top + height + 14, 13, palette.light)
        top += height
        turn += 1


def _panels(image: Image.Image, palette: Palette, chance: random.Random) -> None:
    """A quilt of panels, each filled with one sign; some on another earth."""
    brush = Brush(image, chance)
    paint = ImageDraw.Draw(image)
    across, down = 5, 3
    size_x, size_y = W / across, H / down
    earths = [None, mix(palette.second, palette.dark, 0.25), None, mix(palette.deep, palette.dark, 0.1)]
    for column in range(across):
        for row in range(down):
            left, top = column * size_x, row * size_y
            earth = earths[(column + row * 3) % 4]
            if earth:
                paint.rectangle((left, top, left + size_x, top + size_y), fill=earth)
            sign = SIGNS[(column * 2 + row * 3 + chance.randrange(2)) % len(SIGNS)]
            ink = palette.light if (column + row) % 3 else palette.bright
            if (column + row) % 2:
                sign(brush, (left + size_x / 2, top + size_y / 2), 520, 40, ink)
            else:
                for dx in (0.27, 0.73):
                    for dy in (0.27, 0.73):
                        sign(brush, (left + size_x * dx, top + size_y * dy), 250, 23, ink)
    for column in range(1, across):
        brush.line([(column * size_x, -20), (column * size_x, H + 20)], 22, palette.light)
    for row in range(1, down):
        _rule(brush, row * size_y, 22, palette.light)


def _net(image: Image.Image, palette: Palette, chance: random.Random) -> None:
    """Double zigzags that meet in lozenges, with a sign in each."""
    brush = Brush(image, chance)
    paint = ImageDraw.Draw(image)
    half_x, half_y = 320.0, 300.0
    signs = chance.sample(SIGNS, 3)
    for column in range(-1, int(W / half_x) + 2):
        for row in range(-1, int(H / half_y) + 2):
            if (column + row) % 2:
                continue
            x, y = column * half_x, row * half_y
            if row % 3 == 1:
                fill = mix(palette.second if column % 4 else palette.deep, palette.dark, 0.2)
                corners = [(x, y - half_y), (x + half_x, y), (x, y + half_y), (x - half_x, y)]
                paint.polygon(corners, fill=fill)
    for column in range(-1, int(W / half_x) + 2):
        for row in range(-1, int(H / half_y) + 2):
            if (column + row) % 2:
                continue
            x, y = column * half_x, row * half_y
            for inset, width, ink in ((1.0, 20, palette.light), (0.84, 12, palette.light)):
                r_x, r_y = half_x * inset, half_y * inset
                brush.closed([(x, y - r_y), (x + r_x, y), (x, y + r_y), (x - r_x, y)], width, ink)
            signs[row % 3](brush, (x, y), 280, 24, palette.bright if row % 3 == 1 else palette.light)


COMPOSITIONS = {1: _rows, 2: _panels, 3: _net}


def draw(palette: Palette, variant: int, seed: str) -> Image.Image:
    """A mud cloth; `variant` is 1, 2 or 3."""
    chance = random.Random(seed)
    image = _ground(palette.dark, chance)
    COMPOSITIONS[variant](image, palette, chance)
    # Mud bleeds a little into the cotton.
    return finish(image.filter(ImageFilter.GaussianBlur(1.2)), seed)
