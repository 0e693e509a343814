"""Errors to a Sentry, where SENTRY_DSN names one: what was logged as an error, scrubbed; nothing of who asked."""

import logging
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from aminata24.health.masking import masked
from aminata24.health.trace import current


def start(dsn: str, **options: Any) -> None:
    """Report what is logged as an error from now on."""
    try:
        import sentry_sdk
        from sentry_sdk.integrations.atexit import AtexitIntegration
        from sentry_sdk.integrations.logging import LoggingIntegration
    except ImportError as error:
        raise ImproperlyConfigured("SENTRY_DSN needs the package sentry-sdk: uv sync --extra sentry") from error
    sentry_sdk.init(
        dsn,
        # The others watch requests, with their bodies, cookies and users, and take time of each.
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[LoggingIntegration(level=None, event_level=logging.ERROR), AtexitIntegration(lambda *_: None)],
        # Once called send_default_pii=False, in full.
        data_collection={
            "user_info": False,
            "cookies": {"mode": "off"},
            "http_bodies": [],
            "url_query_params": {"mode": "off"},
            "database_query_data": False,
            "queues": False,
            "stack_frame_variables": False,
        },
        max_breadcrumbs=0,
        auto_session_tracking=False,
        before_send=scrubbed,
        **options,
    )


def scrubbed(event: Any, hint: dict[str, Any]) -> Any:
    """An event without secrets and without what Sentry would like to know of a reader; with the request's id."""
    for name in ("request", "user", "extra", "breadcrumbs"):
        event.pop(name, None)
    if trace := current.get():
        event["tags"] = {**event.get("tags", {}), "request": trace.id, "path": trace.path}
    return _masked_throughout(event)


def _masked_throughout(value: Any) -> Any:
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, dict):
        return {key: _masked_throughout(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_masked_throughout(one) for one in value]
    return value
