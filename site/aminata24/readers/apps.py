"""The readers' app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ReadersConfig(AppConfig):
    """Asks every app what it keeps on readers."""

    name = "aminata24.readers"

    def ready(self) -> None:
        autodiscover_modules("personal_data")
