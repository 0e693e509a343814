"""The ads app."""

from django.apps import AppConfig


class AdsConfig(AppConfig):
    """Connects the signal of publication."""

    name = "aminata24.ads"

    def ready(self) -> None:
        from aminata24.ads import signals  # noqa: F401
