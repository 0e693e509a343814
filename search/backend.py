"""Wagtail's search in the database, with autocompletion that knows no accents on PostgreSQL either."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from modelsearch.backends import database
from modelsearch.backends.database.postgres.postgres import PostgresIndex

from news.models import ArticlePage
from search import listing

AUTOCOMPLETE_CONFIGURATION = "aminata24_autocomplete"


class Index(PostgresIndex):
    """Wagtail's index, which the search's own table is derived from."""

    def add_items(self, model: type, objs: Sequence[Any]) -> None:
        super().add_items(model, objs)
        if model is ArticlePage:
            listing.refresh([article.pk for article in objs])


def SearchBackend(params: dict[str, Any]) -> Any:
    """Wagtail looks for this name. PostgreSQL's configurations are made by this app's migration."""
    backend = database.SearchBackend(params)
    if connection.vendor == "postgresql":
        backend.autocomplete_config = AUTOCOMPLETE_CONFIGURATION
        backend.index_class = Index
    return backend
