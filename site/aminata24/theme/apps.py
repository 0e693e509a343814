"""The theme's app."""

from django.apps import AppConfig


class ThemeConfig(AppConfig):
    """Takes the inline scripts out of the admin."""

    name = "aminata24.theme"

    def ready(self) -> None:
        from aminata24.theme import starting

        starting.register()
