"""Work on pictures that must not keep an editor or a reader waiting."""

import logging

from django_tasks import task

from aminata24.images.models import NewsImage

logger = logging.getLogger(__name__)


@task()
def make_renditions(shapes_by_image: dict[str, list[str]]) -> None:
    """Cut what is still missing; keys are image ids as text, since tasks travel as JSON."""
    for image in NewsImage.objects.filter(pk__in=shapes_by_image):
        for shape in sorted(image.missing_shapes(set(shapes_by_image[str(image.pk)]))):
            try:
                image.make_shape(shape)
            except Exception:
                # One unreadable file must not keep the other pictures of an article from being cut.
                logger.exception("renditions_failed image=%s shape=%s", image.pk, shape)
