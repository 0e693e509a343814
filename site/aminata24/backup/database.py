"""The database as one file: by pg_dump and pg_restore, or by SQLite's own online backup."""

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection


class DatabaseError(Exception):
    """The database can't be dumped, or not be restored into."""


def dump(target: Path) -> None:
    """Write the database as it is at one moment, while others go on writing; raises DatabaseError."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
    else:
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file", str(target))


def load(source: Path) -> None:
    """Fill the empty database from a dump; raises DatabaseError."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(source)) as copy:
            copy.backup(connection.connection)
    else:
        connection.close()
        _run(
            "pg_restore",
            *("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"),
            *("--dbname", str(connection.settings_dict["NAME"]), str(source)),
        )


def is_empty() -> bool:
    """Whether nothing can be overwritten: there is no table yet."""
    return not connection.introspection.table_names()


def _run(program: str, *arguments: str) -> None:
    database = connection.settings_dict
    # In the environment nobody sees the password among the processes.
    environment = {
        "PGHOST": database["HOST"],
        "PGPORT": str(database["PORT"]),
        "PGUSER": database["USER"],
        "PGPASSWORD": database["PASSWORD"],
        "PGDATABASE": str(database["NAME"]),
    }
    command = [str(Path(settings.POSTGRES_PROGRAMS, program)), *arguments]
    try:
        done = subprocess.run(
            command,
            env={**os.environ, **{name: value for name, value in environment.items() if value}},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
    except FileNotFoundError as error:
        raise DatabaseError(f"{program} is not installed; POSTGRES_PROGRAMS says where to look for it.") from error
    if done.returncode:
        raise DatabaseError(f"{program} failed: {done.stderr.strip()}")
