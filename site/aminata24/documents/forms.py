"""The upload form: a file that is not what its name says, or that does something when it is opened, gets a message."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm

from aminata24.documents.content import check


class NewsDocumentForm(BaseDocumentForm):
    """Wagtail's form of a document with our check of the file."""

    def clean_file(self) -> Any:
        """Look into a file that was just sent."""
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            check(file.name or "", file)  # type: ignore[arg-type]
        return file
