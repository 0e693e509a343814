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
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from environ import Env

from tests.postgres import PROGRAMS

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".pytest_cache" / "databases"


def create() -> str:
    """Create this process's test database and use it from now on; gives the name of the one used before."""
    before = connection.settings_dict["NAME"]
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = template()
    _use(connection.creation._create_test_db(verbosity=0, autoclobber=True))
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        _fill_sqlite(connection.connection)
    return before


def migrated_copy(database_url: str) -> None:
    """Make a database of this address in which every migration has been run, beside the tests' own."""
    name = Env.db_url_config(database_url)["NAME"]
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(name)) as database:
            _fill_sqlite(database)
    else:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template()}"')


def fill_if_kept(database_url: str) -> None:
    """Fill an empty database on any PostgreSQL with what is kept, if anything is: little is left to migrate."""
    file = KEPT / f"{_digest()}.dump"
    if file.exists():
        _restore(file, Env.db_url_config(database_url))


def template() -> str:
    """The name of a migrated database on the tests' PostgreSQL, which others are made from."""
    name = f"template_{_digest()}"
    with _locked("server"), connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone():
            cursor.execute(f'CREATE DATABASE "{name}_new"')
            _fill_postgres(f"{name}_new")
            cursor.execute(f'ALTER DATABASE "{name}_new" RENAME TO "{name}"')
    return name


def _fill_sqlite(database: sqlite3.Connection) -> None:
    with _kept("sqlite3") as (file, new), closing(sqlite3.connect(new or file)) as copy:
        if new:
            call_command("migrate", verbosity=0, interactive=False)
            connection.connection.backup(copy)
        if database is not connection.connection or not new:
            copy.backup(database)


def _fill_postgres(name: str) -> None:
    at = {**connection.settings_dict, "NAME": name}
    with _kept("dump") as (file, new):
        if not new:
            _restore(file, at)
            return
        before = connection.settings_dict["NAME"]
        _use(name)
        call_command("migrate", verbosity=0, interactive=False)
        _use(before)
        _run("pg_dump", at, "--format=custom", "--compress=0", f"--file={new}")


def _restore(file: Path, at: dict[str, Any]) -> None:
    _run("pg_restore", at, "--exit-on-error", "--no-owner", f"--dbname={at['NAME']}", str(file))


def _run(program: str, at: dict[str, Any], *arguments: str) -> None:
    """Run one of PostgreSQL's own programs on the database of these settings."""
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    environment = {variable: str(at[name]) for variable, name in names.items() if at.get(name)}
    subprocess.run([Path(PROGRAMS, program), *arguments], env={**os.environ, **environment}, check=True)


def _use(name: str) -> None:
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name


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
    """What all migrations together are known by: our own, the packages', and which of them are used."""
    own = (path for folder in ("home", "news", "search", "site") for path in ROOT.glob(f"{folder}/**/migrations/*.py"))
    digest = hashlib.sha256(sys.version.encode())
    for path in [ROOT / "uv.lock", ROOT / "site/aminata24/settings/base.py", *sorted(own)]:
        digest.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def main() -> None:
    """Make what is kept for the kind of database that DATABASE_URL names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aminata24.settings.testing")
    django.setup()
    create()


if __name__ == "__main__":
    main()
