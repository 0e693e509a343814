"""The search app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Connects the search index to publication, and what every search needs to what is read for every page."""

    name = "search"

    def ready(self) -> None:
        from search import listing, promotions, signals  # noqa: F401

        listing.register()
        promotions.register()
