"""
Pictures of the demo: drawing them, storing them, and cutting the sizes that readers get.

Drawing and cutting are what takes time, so the cores share both. A process that cuts writes its rows
itself, which only a database that others can open allows: with a test's own, `processes` is 1.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any

from django.core.files.base import ContentFile
from django.db import connections
from wagtail.models import Collection

from aminata24.demo.drawing import Drawing, encode
from aminata24.demo.progress import Progress
from aminata24.images.models import NewsImage

CREDIT = "Illustration Aminata24"

Map = Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]


def load_pictures(
    drawings: list[Drawing], collection: Collection, progress: Progress, processes: int
) -> dict[str, int]:
    """Draw, store and cut what is missing of these; returns {key: primary key}."""
    images = {image.title: image for image in NewsImage.objects.filter(collection=collection)}
    missing = [drawing for drawing in drawings if drawing.title not in images]
    with _shared_among(processes) as run:
        files = run(encode, [drawing.key for drawing in missing])
        for drawing, file in progress.each("Pictures", zip(missing, files, strict=True), len(missing)):
            images[drawing.title] = _store(drawing, file, collection)
        uncut = [
            (images[drawing.title].pk, shapes)
            for drawing in drawings
            if (shapes := sorted(images[drawing.title].missing_shapes(set(drawing.shapes))))
        ]
        for _done in progress.each("Picture sizes", run(_cut, uncut), len(uncut)):
            pass
    return {drawing.key: images[drawing.title].pk for drawing in drawings}


@contextmanager
def _shared_among(processes: int) -> Iterator[Map]:
    """A `map` that uses this many processes, or this one when there is but one."""
    if processes == 1:
        yield map
        return
    # A connection must not be shared with a copy of this process; each opens its own when it needs it.
    connections.close_all()
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        yield pool.map


def _store(drawing: Drawing, file: bytes, collection: Collection) -> NewsImage:
    image = NewsImage(
        title=drawing.title,
        file=ContentFile(file, drawing.file_name),
        description=drawing.description,
        credit=CREDIT,
        collection=collection,
    )
    image.file_size = len(file)
    image.save()
    return image


def _cut(work: tuple[int, list[str]]) -> None:
    key, shapes = work
    image = NewsImage.objects.get(pk=key)
    for shape in shapes:
        image.make_shape(shape)
