"""Settings of what is logged and counted, and who is told of errors."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from aminata24.settings.environment import env


def log_format(default: str) -> str:
    """How a line of the log looks; raises ImproperlyConfigured for what nobody knows."""
    chosen = env.str("LOG_FORMAT", default=default)
    if chosen not in ("text", "json"):
        raise ImproperlyConfigured('LOG_FORMAT is "text" or "json".')
    return chosen


# A query that takes this long or longer, in seconds, is logged; 0: none is.
SLOW_QUERY_SECONDS = env.float("SLOW_QUERY_SECONDS", default=0.5)
# Where processes count requests for `manage.py figures`, best in memory; empty: they don't. prometheus-client reads
# the variable itself.
PROMETHEUS_MULTIPROC_DIR = env.str("PROMETHEUS_MULTIPROC_DIR", default="")
# Who gets a mail when something fails.
ADMINS = [("", address.strip()) for address in env.list("ADMINS", default=[])]
EMAIL_SUBJECT_PREFIX = "[Aminata24] "
# A mail server that doesn't answer holds nobody up for longer, in seconds.
EMAIL_TIMEOUT = 10
SENTRY_DSN = env.str("SENTRY_DSN", default="")

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {
            "()": "aminata24.health.logs.TextFormatter",
            "format": "{levelname} {asctime} {name} {message}",
            "style": "{",
        },
        "json": {"()": "aminata24.health.logs.JSONFormatter"},
    },
    "filters": {"client": {"()": "aminata24.health.logs.MistakeOfTheClient"}},
    "handlers": {
        # First in line: what it makes of a record the others see.
        "console": {"class": "logging.StreamHandler", "formatter": log_format("text"), "filters": ["client"]},
        "mail": {"class": "aminata24.health.error_mail.ErrorMailHandler", "level": "ERROR"},
    },
    "root": {"handlers": ["console", "mail"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        # Django's own handlers would print a line again, and mail what forms sent.
        "django": {"handlers": []},
        # Two lines for each task that did what it should would bury the others; failures are told.
        "django_tasks": {"level": "WARNING"},
    },
}
