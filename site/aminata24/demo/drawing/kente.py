"""
Kente: narrow woven strips sewn side by side, in which plain warp stripes and woven figures alternate.

The loom makes steps, not curves, so a cloth is drawn thread by thread on a coarse grid and enlarged.
A figure is a function from a thread's place in its block to the number of a colour.
"""

import random
from collections.abc import Callable

from PIL import Image, ImageChops

from aminata24.demo.drawing.cloth import HEIGHT, WIDTH, finish
from aminata24.demo.drawing.palettes import PALETTES, Colour, Palette, mix

THREAD = 5
COLUMNS, ROWS = WIDTH // THREAD, HEIGHT // THREAD

DESCRIPTIONS = {
    1: "Motif inspiré du kente : bandes tissées côte à côte, carreaux et losanges à degrés, {colours}.",
    2: "Motif inspiré du kente : grands losanges à degrés entre des bandes rayées, {colours}.",
    3: "Motif inspiré du kente : bandes horizontales de chevrons et de sabliers, {colours}.",
}
FILM_DESCRIPTION = "Un losange tissé, à degrés, orange, jaune et turquoise : la dernière image du film."

# (column, row, width, height) → number of a colour
Figure = Callable[[int, int, int, int], int]


def _off(place: int, size: int) -> int:
    """How far a thread lies from the middle, in steps of two threads."""
    return abs(2 * place - size + 1) // 4


def diamond(x: int, y: int, width: int, height: int) -> int:
    """Nested diamonds with stepped sides."""
    return (_off(x, width) + _off(y, height)) // 2


def cross(x: int, y: int, width: int, height: int) -> int:
    """A stepped cross in a frame."""
    across, down = _off(x, width), _off(y, height)
    return 2 if min(across, down) < 2 else (0 if max(across, down) >= width // 4 - 1 else 1 + (across + down) // 2 % 2)


def checks(x: int, y: int, width: int, height: int) -> int:
    """A chequerboard."""
    return (x // 4 + y // 4) % 2


def hourglass(x: int, y: int, width: int, height: int) -> int:
    """Two triangles, point to point."""
    across, down = _off(x, width), _off(y, height)
    return 0 if across * height > down * width else 1 + down // 3


def chevrons(x: int, y: int, width: int, height: int) -> int:
    """Arrows that run along the strip."""
    return (_off(x, width) + y // 2) // 3


def ladder(x: int, y: int, width: int, height: int) -> int:
    """Bars across, as the weaver packs the weft."""
    return (0, 0, 1, 1, 2, 2, 2, 2, 1, 1)[y % 10]


FIGURES: list[Figure] = [diamond, cross, checks, hourglass, diamond, chevrons]


class Loom:
    """A cloth in the making: strips of blocks, thread by thread."""

    def __init__(self, columns: int = COLUMNS, rows: int = ROWS) -> None:
        self.threads = Image.new("RGB", (columns, rows))
        self._set = self.threads.putpixel

    def block(self, left: int, top: int, size: tuple[int, int], figure: Figure, colours: list[Colour]) -> None:
        """Weave a figure; what lies outside the cloth is left out."""
        width, height = size
        for y in range(max(0, -top), min(height, self.threads.height - top)):
            for x in range(max(0, -left), min(width, self.threads.width - left)):
                self._set((left + x, top + y), colours[figure(x, y, width, height) % len(colours)])

    def stripes(self, left: int, top: int, size: tuple[int, int], colours: list[Colour]) -> None:
        """Leave the warp bare: lengthwise stripes, the same on both sides of the middle."""
        ground, line, middle = colours
        width = size[0]

        def stripe(x: int, y: int, _width: int, _height: int) -> int:
            off = min(x, width - 1 - x)
            if off in (3, 4, 5):
                return 1
            return 2 if off in (8, 9) or off >= width // 2 - 2 else 0

        self.block(left, top, size, stripe, [ground, line, middle])


def _enlarge(threads: Image.Image, strip: int) -> Image.Image:
    """Threads become visible: each has a light and a shaded edge, and strips meet in a seam."""
    size = (threads.width * THREAD, threads.height * THREAD)
    image = threads.resize(size, Image.Resampling.NEAREST)
    weave = Image.new("L", (THREAD, THREAD))
    weave.putdata(
        [(255, 250, 248, 246, 232)[y] - (6 if x == THREAD - 1 else 0) for y in range(THREAD) for x in range(THREAD)]
    )
    surface = Image.new("L", size)
    row = Image.new("L", (size[0], THREAD))
    for x in range(0, size[0], THREAD):
        row.paste(weave, (x, 0))
    for y in range(0, size[1], THREAD):
        surface.paste(row, (0, y))
    for x in range(0, size[0], strip * THREAD):
        for offset, shade in ((-3, 226), (-2, 200), (-1, 150), (0, 130), (1, 190), (2, 226)):
            if 0 <= x + offset < size[0] and x:
                surface.paste(shade, (x + offset, 0, x + offset + 1, size[1]))
    return ImageChops.multiply(image, Image.merge("RGB", [surface] * 3))


def _ladders_and_figures(loom: Loom, palette: Palette, chance: random.Random) -> int:
    """The classic: figure, ladder, bare warp; each strip half a step further than the one before."""
    strip, figure_height, ladder_height, bare = 32, 32, 10, 28
    period = figure_height + 2 * ladder_height + bare
    pairs = [
        [palette.bright, palette.dark, palette.second],
        [palette.light, palette.deep, palette.bright],
        [palette.second, palette.bright, palette.dark],
        [palette.dark, palette.light, palette.main],
    ]
    for number in range(loom.threads.width // strip):
        warp = (
            [palette.main, palette.bright, palette.dark]
            if number % 2
            else [palette.deep, palette.bright, palette.second]
        )
        top = -period + (period // 2 if number % 2 else 0)
        turn = 0
        while top < loom.threads.height:
            left = number * strip
            loom.stripes(left, top, (strip, bare), warp)
            top += bare
            bars = [palette.bright, palette.dark, palette.second if number % 2 else palette.light]
            loom.block(left, top, (strip, ladder_height), ladder, bars)
            colours = pairs[(number * 3 + turn * 2 + chance.randrange(2)) % len(pairs)]
            figure = FIGURES[(number + turn * 5) % len(FIGURES)]
            loom.block(left, top + ladder_height, (strip, figure_height), figure, colours)
            loom.block(left, top + ladder_height + figure_height, (strip, ladder_height), ladder, bars)
            top += 2 * ladder_height + figure_height
            turn += 1
    return strip


def _great_diamonds(loom: Loom, palette: Palette, chance: random.Random) -> int:
    """Wide strips of nested diamonds, narrow striped ones between them."""
    strip, height = 40, 60
    colours = [palette.bright, palette.dark, palette.second, palette.light, palette.deep, palette.main]
    for number in range(loom.threads.width // strip):
        left = number * strip
        if number % 2:
            loom.stripes(left, 0, (strip, loom.threads.height), [palette.deep, palette.bright, palette.dark])
            for top in range(-5, loom.threads.height, height):
                loom.block(left, top, (strip, 10), ladder, [palette.bright, palette.dark, palette.second])
                loom.block(left, top + height // 2 - 6, (strip, 22), checks, [palette.dark, palette.light])
        else:
            shift = chance.randrange(3)
            for top in range(0, loom.threads.height, height):
                loom.block(left, top, (strip, height), diamond, colours[shift:] + colours[:shift])
    return strip


def _chevrons_and_hourglasses(loom: Loom, palette: Palette, chance: random.Random) -> int:
    """Broad strips of arrows beside strips of hourglasses; woven upright, shown lying."""
    strip = 36
    for number in range(-(-loom.threads.width // strip)):
        left = number * strip
        if number % 2 == 0:
            arrows = [palette.dark, palette.bright, palette.main, palette.light, palette.second]
            loom.block(left, 0, (strip, loom.threads.height), chevrons, arrows)
            continue
        top = -20 * (number // 2 % 2)
        while top < loom.threads.height:
            ink = chance.choice([palette.bright, palette.light])
            loom.block(left, top, (strip, 40), hourglass, [palette.deep, ink, palette.second])
            loom.block(left, top + 40, (strip, 10), ladder, [palette.dark, palette.bright, palette.light])
            top += 50
    return strip


def draw(palette: Palette, variant: int, seed: str) -> Image.Image:
    """A kente cloth; `variant` is 1, 2 or 3."""
    chance = random.Random(seed)
    if variant == 3:
        loom = Loom(ROWS, COLUMNS)
        strip = _chevrons_and_hourglasses(loom, palette, chance)
        cloth = _enlarge(loom.threads, strip).transpose(Image.Transpose.ROTATE_90)
    else:
        loom = Loom()
        strip = (_ladders_and_figures if variant == 1 else _great_diamonds)(loom, palette, chance)
        cloth = _enlarge(loom.threads, strip)
    return finish(cloth, seed)


def film_threads() -> Image.Image:
    """The figure that the demo film weaves row by row, one pixel a thread."""
    palette = PALETTES["actualites"]
    loom = Loom(128, 72)
    ground = mix(palette.deep, palette.dark, 0.35)
    loom.block(0, 0, (128, 72), lambda x, y, w, h: 0, [ground])
    for left in (0, 96):
        loom.stripes(left, 0, (32, 72), [palette.second, palette.bright, palette.dark])
        loom.block(left, 26, (32, 20), checks, [palette.dark, palette.light])
    colours = [palette.bright, palette.dark, palette.main, palette.light, palette.second]
    loom.block(32, 0, (64, 72), diamond, colours)
    return loom.threads


def draw_film_poster() -> Image.Image:
    """The last picture of the film, in full size."""
    threads = film_threads().resize((1280, 720), Image.Resampling.NEAREST)
    return finish(threads, "film", folds=0.08)
