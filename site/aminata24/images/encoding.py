"""How pictures are read and saved: how much they may unfold to, how hard encoders try, what readers aren't told."""

from collections.abc import Callable
from typing import IO

from django.conf import settings
from PIL import AvifImagePlugin, Image

# From 0 (slowest) to 10. Pillow's own 6 takes more than twice the time for files of the same size.
SPEED = 8

Save = Callable[[Image.Image, IO[bytes], str | bytes], None]


def save_avif(image: Image.Image, file: IO[bytes], filename: str | bytes) -> None:
    """Pillow's own AVIF encoder, at our speed unless another is asked for."""
    image.encoderinfo.setdefault("speed", SPEED)
    AvifImagePlugin._save(image, file, filename)


def without_origin(save: Save) -> Save:
    """Leave out what a camera wrote beside the pixels: the place, the device, remarks. It may give a source away."""

    def save_pixels(image: Image.Image, file: IO[bytes], filename: str | bytes) -> None:
        # Willow hands EXIF on to every cut, Pillow the comment of a JPEG.
        image.encoderinfo.pop("exif", None)
        image.info.pop("comment", None)
        save(image, file, filename)

    return save_pixels


def register() -> None:
    """Make Pillow, and so Wagtail, work this way."""
    Image.init()
    # Pillow refuses what is more than twice this.
    Image.MAX_IMAGE_PIXELS = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
    Image.register_save("AVIF", save_avif)
    for name in ("AVIF", "JPEG", "PNG", "WEBP"):
        Image.register_save(name, without_origin(Image.SAVE[name]))
