"""The upload form: a file that only looks like a picture gets a message, not an error page."""

from typing import Any

from django.core.exceptions import ValidationError
from PIL import Image, ImageSequence
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class ReadableImageField(WagtailImageField):
    """
    Wagtail's field, which checks type, bytes and pixels, plus two checks more: that every pixel can be read, and that
    all frames together don't unfold to more than one picture may.

    Wagtail looks at the first bytes only; a file that breaks off after them would be accepted here and fail in
    each list that shows it.
    """

    def to_python(self, data: Any) -> Any:
        try:
            file = super().to_python(data)
            if file:
                # The size of one frame is known to be bearable by now.
                with Image.open(file) as picture:
                    self._check_frames(picture)
                    for frame in ImageSequence.Iterator(picture):
                        frame.load()
                file.seek(0)
        except ValidationError:
            raise
        except Exception as error:
            # Decoders raise whatever the broken bytes lead them to.
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error
        return file

    def _check_frames(self, picture: Image.Image) -> None:
        pixels = picture.width * picture.height * getattr(picture, "n_frames", 1)
        if pixels > self.max_image_pixels:
            message = self.error_messages["file_too_many_pixels"]
            params = {"num_pixels": pixels, "max_pixels_count": self.max_image_pixels}
            raise ValidationError(message % params, code="file_too_many_pixels")


class NewsImageForm(BaseImageForm):
    """Wagtail's form of an image with our check of the file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Not declared on the class, for Wagtail also derives forms without a file from it.
        if field := self.fields.get("file"):
            self.fields["file"] = ReadableImageField(label=field.label, required=field.required, widget=field.widget)
