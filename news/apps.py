"""The news app."""

from django.apps import AppConfig


class NewsConfig(AppConfig):
    """Connects the signals of publication, and has the channel read along with the site."""

    name = "news"
    verbose_name = "News"

    def ready(self) -> None:
        from news import channel, live, signals  # noqa: F401

        channel.register()
        live.register()
