"""Blocks that show or play something: pictures, film, sound, documents, posts of other sites."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from news.blocks import examples
from news.embeds import find_player

MEDIA_GROUP = _("Pictures and media")

VIDEO_EXTENSIONS = {"mp4", "webm"}
AUDIO_EXTENSIONS = {"mp3", "m4a", "ogg", "wav"}

NO_ALTERNATIVE_TEXT = _("This image has no alternative text yet: say in the image what it shows.")


class DescribedImageBlock(blocks.StructBlock):
    """A picture that says what it shows before it is published; a draft may still lack that."""

    image = ImageChooserBlock(label=_("Image"))

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not self.is_deferred_validation and value["image"] and not value["image"].description:
            raise StructBlockValidationError(block_errors={"image": ValidationError(NO_ALTERNATIVE_TEXT)})
        return value


class ImageBlock(DescribedImageBlock):
    """A picture in the text; caption and credit of the picture itself serve where none is written here."""

    caption = blocks.CharBlock(label=_("Caption"), max_length=400, required=False)
    credit = blocks.CharBlock(label=_("Credit"), max_length=160, required=False)
    layout = blocks.ChoiceBlock(
        label=_("Width"),
        choices=[("normal", _("Text width")), ("wide", _("Wide")), ("inset", _("Inset"))],
        default="normal",
        search_index=False,
    )

    class Meta:
        icon = "image"
        label = _("Image")
        group = MEDIA_GROUP
        template = "news/blocks/image.html"
        description = _("A picture with caption and credit.")

    def get_preview_value(self) -> Any:
        image = next(iter(examples.images(1)), None)
        return self.normalize({"image": image, "caption": "", "credit": "", "layout": "normal"})


class GalleryImageBlock(DescribedImageBlock):
    """One picture of a gallery."""

    caption = blocks.CharBlock(label=_("Caption"), max_length=400, required=False)

    class Meta:
        icon = "image"
        label = _("Image")


class GalleryBlock(blocks.StructBlock):
    """Several pictures, leafed through sideways."""

    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)
    images = blocks.ListBlock(GalleryImageBlock(), label=_("Images"), min_num=2)

    class Meta:
        icon = "image"
        label = _("Gallery")
        group = MEDIA_GROUP
        template = "news/blocks/gallery.html"
        description = _("A series of pictures.")

    def get_preview_value(self) -> Any:
        images = [{"image": image, "caption": ""} for image in examples.images(3)]
        return self.normalize({"title": "", "images": images})


class EmbedBlock(blocks.StructBlock):
    """
    A film or post of another site, loaded after a click.

    No third party sees a reader who doesn't ask, and none is asked from our server either.
    """

    url = blocks.URLBlock(label=_("Address"), max_length=400, help_text=_("YouTube, Dailymotion, Facebook or X."))
    title = blocks.CharBlock(label=_("Title"), max_length=160, help_text=_("What will be seen, for those who decide."))
    caption = blocks.CharBlock(label=_("Caption"), max_length=400, required=False)

    class Meta:
        icon = "media"
        label = _("Embed")
        group = MEDIA_GROUP
        template = "news/blocks/embed.html"
        description = _("A film or post of another site, loaded after a click.")
        preview_value = {
            "url": "https://www.youtube.com/watch?v=aaaaaaaaaaa",
            "title": "La traversée de la lagune",
            "caption": "",
        }

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        # A draft may still lack the address.
        if value["url"] and find_player(value["url"]) is None:
            raise StructBlockValidationError(
                block_errors={
                    "url": ValidationError(
                        _("This address is of no video or post we can show: YouTube, Dailymotion, Facebook or X.")
                    )
                }
            )
        return value

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return {**super().get_context(value, parent_context=parent_context), "player": find_player(value["url"])}


class MediaFileBlock(blocks.StructBlock):
    """What film and sound share: a file of an expected type, and its text for those who can't hear it."""

    extensions: frozenset[str] | set[str] = frozenset()

    file = DocumentChooserBlock(label=_("File"))
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    caption = blocks.CharBlock(label=_("Caption"), max_length=400, required=False)
    transcript = blocks.TextBlock(
        label=_("Transcript"), required=False, help_text=_("What is said and heard, for those who read instead.")
    )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        # A draft may still lack the file.
        if value["file"] and value["file"].file_extension.lower() not in self.extensions:
            message = _("This file can't be played here. Use one of: %(extensions)s.")
            error = ValidationError(message, params={"extensions": ", ".join(sorted(self.extensions))})
            raise StructBlockValidationError(block_errors={"file": error})
        return value

    def get_preview_value(self) -> Any:
        file = examples.document(self.extensions)
        return self.normalize({**dict.fromkeys(self.child_blocks), "file": file, "title": str(self.label)})


class VideoBlock(MediaFileBlock):
    """A film of our own."""

    extensions = VIDEO_EXTENSIONS

    poster = ImageChooserBlock(label=_("Poster"), required=False, help_text=_("The picture shown before it plays."))

    class Meta:
        icon = "media"
        label = _("Video")
        group = MEDIA_GROUP
        template = "news/blocks/video.html"
        description = _("A film of our own.")


class AudioBlock(MediaFileBlock):
    """A recording of our own."""

    extensions = AUDIO_EXTENSIONS

    class Meta:
        icon = "media"
        label = _("Audio")
        group = MEDIA_GROUP
        template = "news/blocks/audio.html"
        description = _("A recording of our own.")


class DocumentBlock(blocks.StructBlock):
    """A file to download, with its size said beforehand."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(label=_("Title"), max_length=160, required=False)

    class Meta:
        icon = "doc-full"
        label = _("Document")
        group = MEDIA_GROUP
        template = "news/blocks/document.html"
        description = _("A file to download.")

    def get_preview_value(self) -> Any:
        return self.normalize({"document": examples.document(), "title": ""})
