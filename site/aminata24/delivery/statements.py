"""
Queries that most pages ask, written in SQL: Django takes longer to write one than the database to answer it.

PostgreSQL takes longer to plan them, too, so it plans each once for a connection (PREPARE).
"""

import re
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

_PARAMETER = re.compile(r"%\((\w+)\)s")
_AMONG = re.compile(r"\bIN %\((\w+)\)s")

# By psycopg's connection, which may outlive Django's: what it knows.
_prepared: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


class Statement:
    """
    A query about a model, with parameters written `%(name)s`; after IN one stands for a list that isn't empty.

    PostgreSQL knows it by its name, which no other statement may have. Where a migration changes the type of a column
    that it gives, it fails until the process is replaced: a deploy does that next.
    """

    def __init__(self, name: str, sql: str) -> None:
        self.name = name
        self.sql = sql
        self.parameters = list(dict.fromkeys(_PARAMETER.findall(sql)))
        self._execute = f"EXECUTE {name} ({', '.join(['%s'] * len(self.parameters))})"

    def rows(self, model: type[Model], parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """What the query gives, read from where Django would read the model."""
        connection = connections[router.db_for_read(model)]
        call = self.call(connection, parameters)
        with connection.cursor() as cursor:
            cursor.execute(*call)
            return cursor.fetchall()

    def call(self, connection: BaseDatabaseWrapper, parameters: Mapping[str, Any]) -> tuple[str, Any]:
        """The SQL to ask a connection with, and its parameters."""
        if connection.vendor != "postgresql":
            return self._spelled_out(parameters)
        # As Django does for a cursor: what is asked must be prepared on the connection that it is asked on.
        connection.close_if_health_check_failed()
        connection.ensure_connection()
        self._prepare(connection)
        return self._execute, [parameters[name] for name in self.parameters]

    def _prepare(self, connection: BaseDatabaseWrapper) -> None:
        prepared = _prepared.setdefault(connection.connection, set())
        if self.name in prepared:
            return
        place = {name: f"${number}" for number, name in enumerate(self.parameters, 1)}
        sql = _AMONG.sub(lambda match: f"= ANY({place[match[1]]})", self.sql)
        sql = _PARAMETER.sub(lambda match: place[match[1]], sql)
        # Beside Django's cursor, which would count it among the page's queries.
        with connection.wrap_database_errors:
            connection.connection.execute(f"PREPARE {self.name} AS {sql}")
        prepared.add(self.name)

    def _spelled_out(self, parameters: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        """For databases without arrays: each value of a list is a parameter of its own."""
        sql, values = self.sql, dict(parameters)
        for name in dict.fromkeys(_AMONG.findall(sql)):
            listed = {f"{name}{number}": value for number, value in enumerate(values.pop(name))}
            sql = sql.replace(f"IN %({name})s", f"IN ({', '.join(f'%({each})s' for each in listed)})")
            values |= listed
        return sql, values
