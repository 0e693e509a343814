"""The drill: a site is lost, and every row and every file comes back on an empty server."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, ConnectionHandler, connection
from environ import Env

from tests.databases import migrated_copy
from tests.postgres import PROGRAMS

ROOT = Path(__file__).resolve().parents[2]
WRITE_A_PAPER = """
from tests.conftest import make_home_page
from tests.newsroom import make_newsroom
make_newsroom(make_home_page(), articles=3)
"""
# New keys must not collide with old ones.
GO_ON = """
from django.core.management import call_command
from news.models import Topic
call_command("migrate", check_unapplied=True)
Topic.objects.create(name="Neuf")
"""


@pytest.fixture
def databases(db: None, tmp_path: Path) -> Iterator[list[str]]:
    """The addresses of two databases of the kind that these tests run on: one is migrated, the other is empty."""
    if connection.vendor == "sqlite":
        addresses = [f"sqlite:///{tmp_path}/{name}.sqlite3" for name in ("first", "second")]
        migrated_copy(addresses[0])
        yield addresses
        return
    import psycopg

    server = settings.DATABASES["default"]
    names = [f"drill_{os.getpid()}_{number}" for number in range(2)]
    with psycopg.connect(host=server["HOST"], user=server["USER"], dbname="postgres", autocommit=True) as admin:
        addresses = [f"postgres://{server['USER']}@/{server['HOST']}/{name}" for name in names]
        migrated_copy(addresses[0])
        admin.execute(f"CREATE DATABASE {names[1]}")
        yield addresses
        for name in names:
            admin.execute(f"DROP DATABASE {name}")


def manage(database: str, data: Path, *arguments: str) -> str:
    """Run manage.py for one of the two servers; both have the same folder of backups."""
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "aminata24.settings.development",
        "ENV_FILE": os.devnull,
        "DATABASE_URL": database,
        "DATA_DIR": str(data),
        "BACKUP_DIR": str(data.parent / "backup"),
        "POSTGRES_PROGRAMS": PROGRAMS,
        "LOG_LEVEL": "ERROR",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def all_rows(database: str) -> dict[str, list[str]]:
    """Every row of every table."""
    its = ConnectionHandler({DEFAULT_DB_ALIAS: Env.db_url_config(database)})[DEFAULT_DB_ALIAS]
    rows = {}
    with closing(its), its.cursor() as cursor:
        for table in its.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {its.ops.quote_name(table)}")
            rows[table] = sorted(repr(row) for row in cursor.fetchall())
    return rows


def files_in(folder: Path) -> dict[str, bytes]:
    """What lies in a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.long
def test_a_lost_server_is_back_with_nothing_missing(databases: list[str], tmp_path: Path) -> None:
    first, second = databases
    lost, new = tmp_path / "lost", tmp_path / "new"
    manage(first, lost, "shell", "--no-imports", "-c", WRITE_A_PAPER)
    manage(first, lost, "backup")
    rows, files = all_rows(first), files_in(lost / "media")
    assert len(rows["news_articlepage"]) == 3
    assert len(files) > 5

    manage(second, new, "restore")
    assert all_rows(second) == rows
    assert files_in(new / "media") == files
    # It goes on where it was.
    manage(second, new, "shell", "-c", GO_ON)
