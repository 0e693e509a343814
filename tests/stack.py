"""
The production stack on one's own machine: nginx, granian, worker, figures, PostgreSQL, configured by site/deploy/.

`make production` runs it with the demo newsroom for trying; tests and `make bench` run it for as long as they need it.
Everything lives in one temporary directory and listens on 127.0.0.1.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import psycopg

from tests.databases import fill_if_kept
from tests.postgres import Server, server

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "site" / "deploy"
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
WORKERS = 2
THREADS = 2
# Generous, for machines that are busy with other tests.
PATIENCE_SECONDS = 90

# Gone when the process ends.
STATIC_FILES = tempfile.TemporaryDirectory(prefix="aminata24-static-")

NGINX = """
daemon off;
pid ${RUN_DIR}/nginx.pid;
error_log ${LOG_DIR}/error.log warn;
worker_processes 2;
${USER}
${MODULE}
events { worker_connections 4096; }
http {
    include /etc/nginx/mime.types;
    types { image/avif avif; application/manifest+json webmanifest; text/javascript js; }
    default_type application/octet-stream;
    sendfile on;
    tcp_nopush on;
    client_body_temp_path ${RUN_DIR}/body;
    proxy_temp_path ${RUN_DIR}/proxy;
    fastcgi_temp_path ${RUN_DIR}/fastcgi;
    uwsgi_temp_path ${RUN_DIR}/uwsgi;
    scgi_temp_path ${RUN_DIR}/scgi;
    include ${CONFIG_DIR}/http.conf;
    ${SERVER}
}
"""
# With what a benchmark puts beside it.
PLAIN_SERVER = """
    server {
        listen 127.0.0.1:${PORT} backlog=1024;
        include ${CONFIG_DIR}/server.conf;
        include ${CONFIG_DIR}/beside/*.conf;
    }
"""


@dataclass
class Stack:
    """The running stack: where it is, and the processes one may do things to."""

    home: Path
    port: int
    application_port: int
    figures_port: int
    environment: dict[str, str]
    database: Server
    replica: Server | None
    # Processes of each application server.
    workers: int
    # Further application servers, behind the same nginx.
    further_ports: tuple[int, ...] = ()
    # Where it answers without TLS, if it does both.
    http_port: int = 0
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where readers find it."""
        return f"http://127.0.0.1:{self.port}"

    def manage(self, *arguments: str) -> None:
        """Run manage.py with the stack's settings; raises CalledProcessError where it fails."""
        subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            check=True,
        )

    def ask_database(self, query: str) -> Any:
        """The one value that a query gives."""
        with psycopg.connect(host=str(self.database.home), user="postgres", dbname="postgres") as connection:
            return connection.execute(query).fetchone()[0]  # type: ignore[arg-type,index]

    def start(self, name: str, *command: str | Path, **environment: str) -> None:
        """Start a process of the stack in a session of its own."""
        log = (self.home / "log" / f"{name}.log").open("ab")
        self.processes[name] = subprocess.Popen(
            list(map(str, command)),
            cwd=ROOT,
            env={**self.environment, **environment},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )

    def start_application(
        self, name: str = "application", port: int = 0, socket: Path | None = None, **environment: str
    ) -> None:
        """Start granian; on a server it listens on a socket, here on a port that benchmarks reach without nginx."""
        where = ("--uds", str(socket)) if socket else ("--port", str(port or self.application_port))
        self.start(
            name,
            Path(sys.executable).with_name("granian"),
            *("--interface", "wsgi", *where, "--no-ws", "--workers-kill-timeout", "30s"),
            *("--workers", str(self.workers), "--blocking-threads", str(THREADS), "--respawn-failed-workers"),
            *("--log-level", "warning", "aminata24.wsgi:application"),
            **environment,
        )

    def start_worker(self) -> None:
        """Start what publishes on time and does what is queued."""
        self.start("worker", sys.executable, "manage.py", "worker")

    def start_figures(self) -> None:
        """Start what Prometheus asks."""
        self.start("figures", sys.executable, "manage.py", "figures", "--port", str(self.figures_port))

    def start_nginx(self) -> None:
        """Start nginx with the configuration of site/deploy/."""
        self.start("nginx", shutil.which("nginx") or "/usr/sbin/nginx", "-c", self.home / "conf" / "nginx.conf")

    def reload_nginx(self) -> None:
        """Have nginx read its configuration again, and wait until its old processes are gone."""
        before = self._nginx_workers()
        self.processes["nginx"].send_signal(signal.SIGHUP)
        until = time.monotonic() + PATIENCE_SECONDS
        while before & self._nginx_workers() or not self._nginx_workers():
            if time.monotonic() > until:
                raise TimeoutError((self.home / "log" / "error.log").read_text()[-2000:])
            time.sleep(0.1)

    def _nginx_workers(self) -> set[str]:
        main = self.processes["nginx"].pid
        return set(Path(f"/proc/{main}/task/{main}/children").read_text().split())

    def stop(self, name: str, how: int = signal.SIGTERM) -> None:
        """End a process and all that it started."""
        process = self.processes.pop(name)
        os.killpg(process.pid, how)
        try:
            process.wait(timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def wait_until_it_answers(self, path: str = "/") -> None:
        """Wait for a page; raises TimeoutError with the logs where none comes."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            try:
                urlopen(self.address + path).close()
                return
            except HTTPError as error:
                if error.code < 500:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        raise self._too_late()

    def wait_until_the_application_answers(self) -> None:
        """Wait for granian alone, whatever stands in front of it."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.application_port)) == 0:
                    return
            time.sleep(0.1)
        raise self._too_late()

    def _too_late(self) -> TimeoutError:
        return TimeoutError("\n".join(log.read_text()[-2000:] for log in (self.home / "log").glob("*.log")))


@contextmanager
def production_stack(
    sending_rate: str = "5r/s",
    applications: int = 1,
    workers: int = WORKERS,
    with_replica: bool = False,
    cache: Path | None = None,
    **environment: str,
) -> Iterator[Stack]:
    """
    Run the stack on an empty database that is migrated.

    `cache`: where nginx keeps pages, unless beside all else; `environment` adds to what the settings read.
    """
    with (
        server(durable=True) as database,
        database.replica() if with_replica else nullcontext() as replica,
        tempfile.TemporaryDirectory(prefix="aminata24-stack-") as directory,
    ):
        home = Path(directory)
        for name in ("run", "conf", "conf/beside", "log", "cache", "data"):
            (home / name).mkdir()
        # nginx reads as another user where it was started as root.
        home.chmod(0o755)
        port = free_port()
        settings = {**os.environ, **_environment(home, port, database.url), **environment}
        further = tuple(free_port() for _ in range(applications - 1))
        if replica:
            settings["DATABASE_REPLICA_URL"] = replica.url
        stack = Stack(home, port, free_port(), free_port(), settings, database, replica, workers, further)
        _configure(stack, sending_rate, cache or home / "cache")
        try:
            fill_if_kept(database.url)
            stack.manage("migrate", "--verbosity", "0")
            _collect_static_files(stack)
            stack.start_application()
            for number, further_port in enumerate(further, start=2):
                stack.start_application(f"application-{number}", further_port)
            stack.start_worker()
            stack.start_figures()
            stack.start_nginx()
            stack.wait_until_it_answers()
            yield stack
        finally:
            for name in list(stack.processes):
                stack.stop(name)


def _collect_static_files(stack: Stack) -> None:
    """Once for all stacks of a process: they depend on the code alone, and compressing them takes long."""
    collected, kept = Path(stack.environment["DATA_DIR"], "static"), Path(STATIC_FILES.name, "static")
    if kept.exists():
        shutil.copytree(kept, collected)
    else:
        stack.manage("collectstatic", "--noinput", "--verbosity", "0")
        shutil.copytree(collected, kept)


@contextmanager
def https_stack(behind: Stack, domain: str) -> Iterator[Stack]:
    """
    Serve the content of a running stack once more, as site.conf does on a server: HTTPS under a name of its own.

    Its plain port is `http_port`; the certificate, which nobody else trusts, lies in `home/certificate.pem`.
    """
    home = behind.home / "https"
    for name in ("run", "conf/beside", "log", "cache"):
        (home / name).mkdir(parents=True)
    settings = behind.environment | {"SITE_URL": f"https://{domain}", "ALLOWED_HOSTS": domain}
    stack = Stack(home, free_port(), free_port(), free_port(), settings, behind.database, None, workers=1)
    certificate, key = home / "certificate.pem", home / "certificate.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={domain}"]
        + ["-addext", f"subjectAltName=DNS:{domain}", "-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )
    stack.http_port = free_port()
    # The ports of a server are not ours to take.
    site = (DEPLOY / "nginx" / "site.conf").read_text()
    site = re.sub(r"^ *listen \[::\].*\n", "", site, flags=re.MULTILINE)
    site = site.replace("listen 80 ", f"listen 127.0.0.1:{stack.http_port} ")
    site = site.replace("listen 443 ", f"listen 127.0.0.1:{stack.port} ")
    site = site.replace("/server.conf;", "/server.conf;\n    include ${CONFIG_DIR}/beside/*.conf;")
    _configure(
        stack,
        "1000r/s",
        home / "cache",
        SERVER=site,
        DATA_DIR=str(behind.home / "data"),
        CERTIFICATE=str(certificate),
        CERTIFICATE_KEY=str(key),
        DOMAIN=domain,
        HOST=domain,
        SCHEME="$scheme",
    )
    try:
        stack.start_application()
        stack.start_nginx()
        stack.wait_until_the_application_answers()
        yield stack
    finally:
        for name in list(stack.processes):
            stack.stop(name)


def _environment(home: Path, port: int, database: str) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "aminata24.settings.production",
        "ENV_FILE": os.devnull,
        "SECRET_KEY": "only-for-a-trial-of-the-stack-on-this-very-machine-alone",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": database,
        "EMAIL_URL": "dummymail://",
        "DATA_DIR": str(home / "data"),
        "LOG_LEVEL": "WARNING",
        "PROMETHEUS_MULTIPROC_DIR": str(home / "run" / "figures"),
    }


def _configure(stack: Stack, sending_rate: str, cache: Path, **more: str) -> None:
    """
    Fill in the configuration of site/deploy/nginx as `site/deploy/install` does on a server.

    `more` may name another SERVER block than that of a trial on plain HTTP, and its values.
    """
    brotli = BROTLI.exists()
    values = {
        "APPLICATION": f"127.0.0.1:{stack.application_port}",
        "BROTLI": "brotli_static on;" if brotli else "",
        "CACHE_DIR": str(cache),
        "CONFIG_DIR": str(stack.home / "conf"),
        "DATA_DIR": str(stack.home / "data"),
        "HOST": f"127.0.0.1:{stack.port}",
        "LOG_DIR": str(stack.home / "log"),
        "FURTHER_SERVERS": further_servers(*(f"127.0.0.1:{port}" for port in stack.further_ports)),
        "MODULE": f"load_module {BROTLI};" if brotli else "",
        "PORT": str(stack.port),
        "RUN_DIR": str(stack.home / "run"),
        "SCHEME": "http",
        "SENDING_RATE": sending_rate,
        "SERVER": PLAIN_SERVER,
        "USER": "user root;" if os.geteuid() == 0 else "",
        **more,
    }
    main = NGINX.replace("${SERVER}", values["SERVER"])
    # nginx's own variables are in small letters and without braces, so they stay.
    for file in (DEPLOY / "nginx").glob("*.conf"):
        (stack.home / "conf" / file.name).write_text(_fill(file.read_text(), values))
    shutil.copytree(DEPLOY / "nginx" / "pages", stack.home / "conf" / "pages")
    (stack.home / "conf" / "nginx.conf").write_text(_fill(main, values))


def further_servers(*addresses: str) -> str:
    """More lines of nginx's `upstream`, as site/deploy/install makes them of APPLICATION_SERVERS."""
    return "\n    ".join(f"server {address} max_fails=3 fail_timeout=5s;" for address in addresses)


def _fill(text: str, values: dict[str, str]) -> str:
    return Template(text).safe_substitute(values)


def free_port() -> int:
    """Find a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main() -> None:
    """`make production`: the stack with the demo newsroom, until Ctrl-C."""
    with production_stack() as stack:
        stack.manage("load_demo", "--password", "Lagune-Ebrie-24")
        print(f"\nThe production stack serves {stack.address}/ (Ctrl-C ends it).", flush=True)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            signal.pause()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
