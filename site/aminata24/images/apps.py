"""The pictures' app."""

from django.apps import AppConfig


class ImagesConfig(AppConfig):
    """Sets how pictures are encoded."""

    name = "aminata24.images"

    def ready(self) -> None:
        from aminata24.images import encoding

        encoding.register()
