"""Wagtail's search in the database, with autocompletion that knows no accents on PostgreSQL either."""

from typing import Any

from django.db import connection
from modelsearch.backends import database

AUTOCOMPLETE_CONFIGURATION = "aminata24_autocomplete"


def SearchBackend(params: dict[str, Any]) -> Any:
    """Wagtail looks for this name. PostgreSQL's configurations are made by this app's migration."""
    backend = database.SearchBackend(params)
    if connection.vendor == "postgresql":
        backend.autocomplete_config = AUTOCOMPLETE_CONFIGURATION
    return backend
