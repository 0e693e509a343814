"""A copy of the tests' database for tests with processes of their own: what is written there is committed."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connections


@contextmanager
def own_database(directory: Path) -> Iterator[str]:
    """Let all threads of this process use a fresh copy of its database, and give the DATABASE_URL for others."""
    original = connections[DEFAULT_DB_ALIAS]
    name = str(directory / "own.sqlite3") if original.vendor == "sqlite" else f"{original.settings_dict['NAME']}_own"
    copy = connections.create_connection(DEFAULT_DB_ALIAS)
    copy.settings_dict = {**copy.settings_dict, "NAME": name}
    if original.vendor == "sqlite":
        original.ensure_connection()
        with sqlite3.connect(name) as target:
            original.connection.backup(target)
        target.close()
        url = f"sqlite:///{name}"
    else:
        # A template must be in nobody's use; the transaction around a test ends with the connection.
        original.close()
        with original._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{original.settings_dict["NAME"]}"')
        url = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"
    connections[DEFAULT_DB_ALIAS] = copy
    connections.settings[DEFAULT_DB_ALIAS] = copy.settings_dict
    try:
        yield url
    finally:
        copy.close()
        connections[DEFAULT_DB_ALIAS] = original
        connections.settings[DEFAULT_DB_ALIAS] = original.settings_dict
        if original.vendor != "sqlite":
            with original._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
