"""The site as a server runs it: production settings and granian."""

import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

WORKERS = 2
THREADS = 2


def production_environment(port: int, database: str, data: str) -> dict[str, str]:
    """Give what production settings insist on."""
    return {
        "DJANGO_SETTINGS_MODULE": "aminata24.settings.production",
        "ENV_FILE": os.devnull,
        "SECRET_KEY": "only-for-the-length-of-a-measurement-on-this-machine",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": database,
        "EMAIL_URL": "dummymail://",
        "DATA_DIR": data,
        "LOG_LEVEL": "ERROR",
    }


@contextmanager
def granian(port: int, workers: int = WORKERS, environment: dict[str, str] | None = None) -> Iterator[int]:
    """Serve the site for as long as it is needed; gives the session its processes are in."""
    program = shutil.which("granian", path=str(Path(sys.executable).parent))
    command = [program, "--interface", "wsgi", "--port", str(port), "--workers", str(workers), "--no-ws"]
    command += ["--blocking-threads", str(THREADS), "--log-level", "warning", "aminata24.wsgi:application"]
    server = subprocess.Popen(
        command,  # type: ignore[arg-type]
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, **(environment or {})},
    )
    try:
        for _attempt in range(100):
            try:
                urlopen(f"http://127.0.0.1:{port}/").close()
                break
            except HTTPError:
                break  # It answers.
            except OSError:
                time.sleep(0.2)
        yield server.pid
    finally:
        server.terminate()
        server.wait()


def cpu_seconds(session: int) -> float:
    """Add up what the processes of a session have used; a busy neighbour changes it less than pages per second."""
    total = 0
    for process in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = process.read_text().rpartition(")")[2].split()
        except OSError:  # It ended meanwhile.
            continue
        if int(fields[3]) == session:
            total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def machine() -> str:
    """Name the processor and how many cores there are."""
    cpu = Path("/proc/cpuinfo")
    models = (
        [line.split(": ")[1] for line in cpu.read_text().splitlines() if "model name" in line] if cpu.exists() else []
    )
    return f"{os.cpu_count()} cores, {models[0] if models else platform.machine()}, Python {platform.python_version()}"
