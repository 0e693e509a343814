"""The search app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Connects the search index to publication."""

    name = "search"

    def ready(self) -> None:
        from search import signals  # noqa: F401
