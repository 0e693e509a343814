"""The shapes a picture is cut to, and the widths each is served in."""

from dataclasses import dataclass

# Best first: a browser takes the first it can show.
FORMATS = ("avif", "webp", "jpeg")

# {format: [[width, height, storage path], …]}
Sources = dict[str, list[list]]


@dataclass(frozen=True)
class Shape:
    """A crop (`ratio` = width : height, or None for the picture's own) in several widths (CSS px × density)."""

    widths: tuple[int, ...]
    ratio: tuple[int, int] | None = None

    def specs(self, original_width: int, original_height: int) -> list[str]:
        """Wagtail filter specs, one a width; never wider than the original, but at least one."""
        widths = [width for width in self.widths if width <= original_width] or [self.widths[0]]
        across, down = self.ratio or (original_width, original_height)
        if original_width * down == original_height * across:
            # Nothing to cut off: shapes that come to the same share their files.
            return [f"width-{width}" for width in widths]
        return [f"fill-{width}x{width * down // across}" for width in widths]


SHAPES = {
    # Cards and lead pictures.
    "wide": Shape(widths=(320, 480, 720, 1200), ratio=(16, 9)),
    # Pictures in a body keep their own proportions.
    "natural": Shape(widths=(480, 720, 1200)),
    # Portraits.
    "square": Shape(widths=(96, 192), ratio=(1, 1)),
}
