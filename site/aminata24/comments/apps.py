"""The comments app."""

from django.apps import AppConfig


class CommentsConfig(AppConfig):
    """Readers' comments."""

    name = "aminata24.comments"
