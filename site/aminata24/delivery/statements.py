"""Queries that most pages ask, written in SQL: Django takes longer to write one than the database to answer it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connections, router
from django.db.models import Model


def rows(model: type[Model], sql: str, parameters: Sequence[Any] | Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """What a query about a model gives, read from where Django would read it."""
    with connections[router.db_for_read(model)].cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def places(values: Sequence[Any]) -> str:
    """As many placeholders as there are values, for an IN."""
    return ", ".join(["%s"] * len(values))
