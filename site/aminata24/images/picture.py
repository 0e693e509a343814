"""The one place that turns an image into what a template needs for `<picture>`."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.core.files.storage import default_storage

from aminata24.delivery.replica import from_primary
from aminata24.images.models import NewsImage
from aminata24.images.shapes import FORMATS, SHAPES, Sources

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Picture:
    """What `components/picture.html` prints: one `srcset` a format, and the `<img>` they fall back to."""

    sources: list[tuple[str, str]]
    src: str
    srcset: str
    width: int
    height: int


@lru_cache(maxsize=50_000)
def file_url(path: str) -> str:
    """The address of a stored file; a front page names hundreds, and joining each anew costs more than its query."""
    return default_storage.url(path)


def _srcset(entries: list[list]) -> str:
    return ", ".join(f"{file_url(path)} {width}w" for width, _height, path in entries)


def _typed_sources(made: Sources) -> Iterator[tuple[str, str]]:
    for name in FORMATS[:-1]:
        if made.get(name):
            yield f"image/{name}", _srcset(made[name])


def picture(image: NewsImage | None, shape: str = "wide") -> Picture | None:
    """
    The files of an image in one shape (a key of `SHAPES`), or None where there is nothing to show.

    Renditions are made when a page is published. A picture that comes first all the same (its task
    still waits) gets one small JPEG now; a file that can't be read leaves a gap, never an error.
    """
    if image is None:
        return None
    made = image.sources.get(shape) or _one_small_jpeg(image, shape)
    if not made:
        return None
    fallback = made["jpeg"]
    width, height, path = fallback[min(1, len(fallback) - 1)]
    return Picture(
        sources=list(_typed_sources(made)),
        src=file_url(path),
        srcset=_srcset(fallback) if len(fallback) > 1 else "",
        width=width,
        height=height,
    )


def _one_small_jpeg(image: NewsImage, shape: str) -> Sources | None:
    spec = SHAPES[shape].specs(image.width, image.height)[0]
    try:
        # What is cut now is kept, so it is cut from the picture as it is now.
        with from_primary():
            rendition = NewsImage.objects.get(pk=image.pk).get_rendition(f"{spec}|format-jpeg")
    except Exception:
        logger.exception("rendition_failed image=%s shape=%s", image.pk, shape)
        return None
    return {"jpeg": [[rendition.width, rendition.height, rendition.file.name]]}
