"""The journal's app."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Listens to what is changed, whoever changes it and wherever."""

    name = "aminata24.journal"

    def ready(self) -> None:
        from aminata24.journal import signals

        signals.connect()
