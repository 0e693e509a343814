"""The delivery app."""

from django.apps import AppConfig
from django.core.signals import request_started
from django.db.backends.signals import connection_created


class DeliveryConfig(AppConfig):
    """Keeps connections to the database from being checked, and statements from being planned, for every page."""

    name = "aminata24.delivery"

    def ready(self) -> None:
        from aminata24.delivery.connections import note_answers, trust_what_just_answered
        from aminata24.delivery.statements import forget_prepared

        connection_created.connect(note_answers)
        connection_created.connect(forget_prepared)
        request_started.connect(trust_what_just_answered)
