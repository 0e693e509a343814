"""The health app."""

from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created


class HealthConfig(AppConfig):
    """Watches the queries of every connection, and tells Sentry of errors where there is one."""

    name = "aminata24.health"

    def ready(self) -> None:
        from aminata24.health import queries, sentry

        connection_created.connect(queries.watch)
        if settings.SENTRY_DSN:
            sentry.start(settings.SENTRY_DSN)
