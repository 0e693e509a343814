"""The delivery app."""

from django.apps import AppConfig
from django.core.signals import request_started


class DeliveryConfig(AppConfig):
    """Keeps connections to the database from being checked for every page."""

    name = "aminata24.delivery"

    def ready(self) -> None:
        from aminata24.delivery.connections import trust_what_was_just_checked

        request_started.connect(trust_what_was_just_checked)
