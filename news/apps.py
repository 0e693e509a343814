"""The news app."""

from django.apps import AppConfig


class NewsConfig(AppConfig):
    """Connects the signals of publication."""

    name = "news"
    verbose_name = "News"

    def ready(self) -> None:
        from news import signals  # noqa: F401
