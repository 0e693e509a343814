"""The documents' app; their model is Wagtail's."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Checks and serves Wagtail's documents."""

    name = "aminata24.documents"
    label = "aminata24_documents"
