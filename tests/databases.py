"""
The tests' database, copied for each process that tests.

Migrating takes long and comes out the same until a migration changes, so what it comes out as is kept in
`.pytest_cache/databases/`, under a name made from all migrations. `python -m tests.databases` makes it beforehand.
"""

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests.postgres import PROGRAMS

KEPT = Path(__file__).resolve().parents[1] / ".pytest_cache" / "databases"


def create() -> str:
    """Create this process's test database and use it from now on; gives the name of the one used before."""
    before = connection.settings_dict["NAME"]
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = _template()
    _use(connection.creation._create_test_db(verbosity=0, autoclobber=True))
    if connection.vendor == "sqlite":
        _fill_sqlite()
    return before


def _fill_sqlite() -> None:
    connection.ensure_connection()
    with _kept("sqlite3") as (file, new), closing(sqlite3.connect(new or file)) as copy:
        if new:
            call_command("migrate", verbosity=0, interactive=False)
            connection.connection.backup(copy)
        else:
            copy.backup(connection.connection)


def _fill_postgres(name: str) -> None:
    """Bring an empty database of the current server to where every migration has been run."""
    with _kept("dump") as (file, new):
        if new:
            _migrate(name)
            _postgres("pg_dump", "--format=custom", "--compress=0", f"--file={new}", name)
        else:
            _postgres("pg_restore", "--exit-on-error", f"--dbname={name}", str(file))


def _template() -> str:
    """The migrated database of the current server that others are made from."""
    name = f"template_{_digest()}"
    with _locked("server"), connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone():
            cursor.execute(f'CREATE DATABASE "{name}_new"')
            _fill_postgres(f"{name}_new")
            cursor.execute(f'ALTER DATABASE "{name}_new" RENAME TO "{name}"')
    return name


def _migrate(name: str) -> None:
    before = connection.settings_dict["NAME"]
    _use(name)
    call_command("migrate", verbosity=0, interactive=False)
    _use(before)


def _use(name: str) -> None:
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name


def _postgres(program: str, *arguments: str) -> None:
    at = connection.settings_dict
    server = {"PGHOST": at["HOST"], "PGPORT": str(at["PORT"]), "PGUSER": at["USER"], "PGPASSWORD": at["PASSWORD"]}
    environment = {**os.environ, **{name: value for name, value in server.items() if value}}
    subprocess.run([Path(PROGRAMS, program), *arguments], env=environment, check=True)


@contextmanager
def _kept(suffix: str) -> Iterator[tuple[Path, Path | None]]:
    """The file that is kept for the current migrations and, where it doesn't exist yet, another to write first."""
    file = KEPT / f"{_digest()}.{suffix}"
    with _locked(suffix):
        if file.exists():
            yield file, None
            return
        for outdated in KEPT.glob(f"*.{suffix}"):
            outdated.unlink()
        new = file.with_suffix(".new")
        new.unlink(missing_ok=True)
        yield file, new
        new.rename(file)


@contextmanager
def _locked(name: str) -> Iterator[None]:
    """One process at a time."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@cache
def _digest() -> str:
    """What all migrations together are known by."""
    folders = [Path(config.path, "migrations") for config in apps.get_app_configs()]
    digest = hashlib.sha256(sys.version.encode())
    for file in sorted(file for folder in folders for file in folder.glob("*.py")):
        digest.update(f"{file.parent.parent.name}/{file.name}".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def main() -> None:
    """Make what is kept for the kind of database that DATABASE_URL names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aminata24.settings.testing")
    django.setup()
    create()


if __name__ == "__main__":
    main()
