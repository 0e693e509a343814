"""The image model: what an editor says about a picture, and the files readers are served."""

from hashlib import blake2s
from pathlib import PurePath
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition

from aminata24.images.shapes import FORMATS, SHAPES, Sources


class NewsImage(AbstractImage):
    """
    A picture with its alternative text, caption, credit, rights and focal point.

    `sources` remembers where the renditions of each shape lie, so that a list of thirty cards
    reads no rendition table at all.
    """

    description = models.CharField(
        _("alternative text"),
        max_length=255,
        blank=True,
        default="",
        help_text=_("What the picture shows, for those who can't see it. One plain sentence."),
    )
    caption = models.CharField(
        _("caption"), max_length=400, blank=True, help_text=_("Used wherever an article gives no caption of its own.")
    )
    credit = models.CharField(_("credit"), max_length=160, blank=True, help_text=_("Photographer / agency."))
    rights = models.CharField(
        _("rights"),
        max_length=255,
        blank=True,
        help_text=_("Where and until when we may use it. Not shown to readers."),
    )
    sources = models.JSONField(default=dict, editable=False)

    admin_form_fields = (
        "title",
        "file",
        "description",
        "caption",
        "credit",
        "rights",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def save(self, *args: Any, **kwargs: Any) -> None:
        from aminata24.images.tasks import make_renditions

        shapes = list(self.sources) if self.pk and self._crop_changed() else []
        if shapes:
            self.sources = {}
            if update_fields := kwargs.get("update_fields"):
                kwargs["update_fields"] = {*update_fields, "sources"}
        super().save(*args, **kwargs)
        if shapes:
            make_renditions.enqueue({str(self.pk): shapes})

    def _crop_changed(self) -> bool:
        """Whether file or focal point differ from what the stored renditions were cut from."""
        fields = ("file", "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")
        before = type(self).objects.filter(pk=self.pk).values_list(*fields).first()
        return before is not None and before != tuple(
            self.file.name if name == "file" else getattr(self, name) for name in fields
        )

    def missing_shapes(self, shapes: set[str]) -> set[str]:
        """Of these shapes, those whose renditions have not been made yet."""
        return shapes - set(self.sources)

    def make_shape(self, shape: str) -> Sources:
        """
        Cut every rendition of one shape and remember where they lie.

        Returns {format: [[width, height, storage path], …]} with widths ascending; raises
        what Wagtail raises when the original can't be read.
        """
        specs = SHAPES[shape].specs(self.width, self.height)
        renditions = self.get_renditions(*(f"{spec}|format-{name}" for spec in specs for name in FORMATS))
        made: Sources = {name: [] for name in FORMATS}
        for filter_spec, rendition in renditions.items():
            entry = [rendition.width, rendition.height, rendition.file.name]
            made[filter_spec.rsplit("format-", 1)[1]].append(entry)
        for entries in made.values():
            entries.sort()
        self.sources = {**self.sources, shape: made}
        type(self).objects.filter(pk=self.pk).update(sources=self.sources)
        return made


class Rendition(AbstractRendition):
    """One cut of an image in one format and width."""

    image = models.ForeignKey(NewsImage, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")

    def get_upload_to(self, filename: str) -> str:
        """A short path: a front page names hundreds of renditions, and readers pay for each byte."""
        # Wagtail's own name says how it was cut, focal point included.
        digest = blake2s(f"{self.image.file.name} {filename}".encode(), digest_size=6).hexdigest()
        return f"r/{digest}{PurePath(filename).suffix}"
