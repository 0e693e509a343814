"""How hard the AVIF encoder tries."""

from typing import IO

from PIL import AvifImagePlugin, Image

# From 0 (slowest) to 10. Pillow's own 6 takes more than twice the time for files of the same size.
SPEED = 8


def save_avif(image: Image.Image, file: IO[bytes], filename: str | bytes) -> None:
    """Pillow's own AVIF encoder, at our speed unless another is asked for."""
    image.encoderinfo.setdefault("speed", SPEED)
    AvifImagePlugin._save(image, file, filename)


def register() -> None:
    """Make Pillow, and so Wagtail, save AVIF this way."""
    Image.register_save("AVIF", save_avif)
