"""Which pictures an article shows, and in which shapes."""

from collections import defaultdict
from collections.abc import Iterator

from aminata24.images.models import NewsImage
from news.models import ArticlePage


def pictures_of(article: ArticlePage) -> Iterator[tuple[NewsImage, str]]:
    """Each picture of an article with the shape it is shown in."""
    if article.lead_image:
        yield article.lead_image, "wide"
    for author in article.authors:
        if author.portrait:
            yield author.portrait, "square"
    for block in article.body:
        if block.block_type == "image":
            yield block.value["image"], "natural"
        elif block.block_type == "gallery":
            for picture in block.value["images"]:
                yield picture["image"], "natural"
        elif block.block_type == "video" and block.value["poster"]:
            yield block.value["poster"], "wide"


def shapes_needed(article: ArticlePage) -> dict[str, list[str]]:
    """{image id as text: shapes whose renditions are still missing}, as `make_renditions` takes it."""
    needed: dict[str, set[str]] = defaultdict(set)
    for image, shape in pictures_of(article):
        # An image that was deleted leaves an empty place in the body.
        if image is not None and image.missing_shapes({shape}):
            needed[str(image.pk)].add(shape)
    return {key: sorted(shapes) for key, shapes in needed.items()}
