"""The drill: a site is lost, and every row and every file comes back on an empty server."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.postgres import PROGRAMS

ROOT = Path(__file__).resolve().parents[2]
WRITE_A_PAPER = """
from tests.conftest import make_home_page
from tests.newsroom import make_newsroom
make_newsroom(make_home_page(), articles=3)
"""
READ_EVERY_ROW = """
import hashlib, json
from django.db import connection
rows = {}
with connection.cursor() as cursor:
    for table in sorted(connection.introspection.table_names(cursor)):
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        rows[table] = sorted(hashlib.sha256(repr(row).encode()).hexdigest() for row in cursor.fetchall())
print(json.dumps(rows))
"""


@pytest.fixture
def databases(db: None, tmp_path: Path) -> Iterator[list[str]]:
    """The addresses of two empty databases of the kind that these tests run on."""
    if connection.vendor == "sqlite":
        yield [f"sqlite:///{tmp_path}/{name}.sqlite3" for name in ("first", "second")]
        return
    import psycopg

    server = settings.DATABASES["default"]
    names = [f"drill_{os.getpid()}_{number}" for number in range(2)]
    with psycopg.connect(host=server["HOST"], user=server["USER"], dbname="postgres", autocommit=True) as admin:
        for name in names:
            admin.execute(f"CREATE DATABASE {name}")
        yield [f"postgres://{server['USER']}@/{server['HOST']}/{name}" for name in names]
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


def all_rows(database: str, data: Path) -> dict[str, list[str]]:
    """A fingerprint of every row of every table."""
    return json.loads(manage(database, data, "shell", "--no-imports", "-c", READ_EVERY_ROW))


def files_in(folder: Path) -> dict[str, bytes]:
    """What lies in a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_lost_server_is_back_with_nothing_missing(databases: list[str], tmp_path: Path) -> None:
    first, second = databases
    lost, new = tmp_path / "lost", tmp_path / "new"
    manage(first, lost, "migrate", "--verbosity", "0")
    manage(first, lost, "shell", "--no-imports", "-c", WRITE_A_PAPER)
    manage(first, lost, "backup")
    rows, files = all_rows(first, lost), files_in(lost / "media")
    assert len(rows["news_articlepage"]) == 3
    assert len(files) > 5

    manage(second, new, "restore")
    assert all_rows(second, new) == rows
    assert files_in(new / "media") == files
    manage(second, new, "migrate", "--check")
    # It goes on where it was: new keys don't collide with old ones.
    manage(second, new, "shell", "-c", "from news.models import Topic; Topic.objects.create(name='Neuf')")
