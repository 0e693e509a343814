"""The delivery app."""

from django.apps import AppConfig
from django.core.signals import request_started
from django.db.backends.signals import connection_created


class DeliveryConfig(AppConfig):
    """Keeps connections to the database from being checked for every page."""

    name = "aminata24.delivery"

    def ready(self) -> None:
        from aminata24.delivery.connections import note_answers, trust_what_just_answered

        connection_created.connect(note_answers)
        request_started.connect(trust_what_just_answered)
