"""The ads app."""

from django.apps import AppConfig


class AdsConfig(AppConfig):
    """Connects the signal of publication, and takes the marks of what was seen and clicked."""

    name = "aminata24.ads"

    def ready(self) -> None:
        from aminata24.ads import figures, signals  # noqa: F401
