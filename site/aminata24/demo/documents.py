"""The three files that articles play or offer: a film, a sound and a report of one page."""

import io
from pathlib import Path

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Collection

from aminata24.demo.drawing.report import RESOLUTION, draw_report

MEDIA_DIR = Path(__file__).parent / "media"


def _film() -> bytes:
    return (MEDIA_DIR / "tissage.mp4").read_bytes()


def _sound() -> bytes:
    return (MEDIA_DIR / "balafon.mp3").read_bytes()


def _report() -> bytes:
    pdf = io.BytesIO()
    draw_report().save(pdf, "PDF", resolution=RESOLUTION, title="Aminata24, note de démonstration")
    return pdf.getvalue()


# {key in the articles: (title, file name, what makes its content)}
DOCUMENTS = {
    "film": ("Film de démonstration : un motif se tisse", "tissage.mp4", _film),
    "sound": ("Son de démonstration : gamme de balafon", "balafon.mp3", _sound),
    "report": ("Note de démonstration", "note-de-demonstration.pdf", _report),
}


def load_documents(collection: Collection) -> dict[str, int]:
    """Make the documents that are missing; returns {key: primary key}."""
    model = get_document_model()
    keys = {}
    for key, (title, name, make) in DOCUMENTS.items():
        document = model.objects.filter(title=title, collection=collection).first()
        if document is None:
            document = model(title=title, collection=collection)
            document.file.save(name, ContentFile(make()), save=True)
        keys[key] = document.pk
    return keys
