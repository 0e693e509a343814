"""The audience app."""

from django.apps import AppConfig


class AudienceConfig(AppConfig):
    """Takes the marks of what was read."""

    name = "aminata24.audience"

    def ready(self) -> None:
        from aminata24.audience import reads  # noqa: F401
