"""What all cloths have in common: their size, soft folds, and a brush led by hand."""

import math
import random
from itertools import pairwise

from PIL import Image, ImageChops, ImageDraw, ImageEnhance

from aminata24.demo.drawing.palettes import Colour

WIDTH, HEIGHT = 1600, 900
# Curves are drawn this much larger and then reduced, which smooths their edges.
SCALE = 2

Point = tuple[float, float]


def finish(image: Image.Image, seed: str, folds: float = 0.16) -> Image.Image:
    """Bring a picture to its size and lay soft light and shade over it, as on cloth that isn't ironed."""
    if image.size != (WIDTH, HEIGHT):
        image = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    chance = random.Random(f"folds {seed}")
    relief = Image.new("L", (7, 4))
    relief.putdata([chance.randrange(256) for _ in range(28)])
    relief = relief.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    relief = ImageEnhance.Contrast(relief).enhance(folds)
    # Contrast pulls towards the mean; soft light leaves a picture as it is at mid-grey.
    relief = ImageChops.add(relief, Image.new("L", relief.size, 128), offset=-_mean(relief))
    return ImageChops.soft_light(image, Image.merge("RGB", [relief] * 3))


def _mean(image: Image.Image) -> int:
    return round(sum(value * count for value, count in enumerate(image.histogram())) / (image.width * image.height))


class Brush:
    """Draws lines and shapes as a hand does: never quite straight, never quite of one width."""

    def __init__(self, image: Image.Image, chance: random.Random, unsteadiness: float = 1.0) -> None:
        self.draw = ImageDraw.Draw(image)
        self.chance = chance
        self.unsteadiness = unsteadiness

    def line(self, points: list[Point], width: float, ink: Colour) -> None:
        """A stroke through these points."""
        for start, end in pairwise(points):
            self._stroke(start, end, width, ink)

    def _stroke(self, start: Point, end: Point, width: float, ink: Colour) -> None:
        length = math.dist(start, end)
        steps = max(2, int(length / max(2.0, width * 0.22)))
        drift_x = drift_y = 0.0
        swell = 0.0
        for step in range(steps + 1):
            share = step / steps
            drift_x = drift_x * 0.94 + self.chance.gauss(0, 0.028) * width * self.unsteadiness
            drift_y = drift_y * 0.94 + self.chance.gauss(0, 0.028) * width * self.unsteadiness
            swell = swell * 0.9 + self.chance.gauss(0, 0.02) * self.unsteadiness
            x = start[0] + (end[0] - start[0]) * share + drift_x
            y = start[1] + (end[1] - start[1]) * share + drift_y
            self.dot((x, y), width * (0.5 + swell), ink)

    def dot(self, centre: Point, radius: float, ink: Colour) -> None:
        """A blot of this radius."""
        x, y = centre
        self.draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=ink)

    def closed(self, points: list[Point], width: float, ink: Colour) -> None:
        """An outline."""
        self.line([*points, points[0]], width, ink)
