"""Asking for pages: as fast as they come, with wrk or h2load, which take little of the machine, or at a steady pace."""

import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

CONNECTIONS = 8
SCRIPT = Path(__file__).with_name("load.lua")


@dataclass(frozen=True)
class Load:
    """What the server did under load: how many pages in how many seconds, and milliseconds until one was there."""

    pages: int
    seconds: float
    median: float
    p99: float

    @property
    def per_second(self) -> float:
        """Pages a second."""
        return self.pages / self.seconds


def put_load_on(port: int, paths: Sequence[str], seconds: int, connections: int = CONNECTIONS) -> Load:
    """Ask for these paths, one after the other, over kept connections, as browsers do; a failure ends the run."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(paths) + "\n")
        file.flush()
        done = subprocess.run(
            [
                shutil.which("wrk") or "/usr/bin/wrk",
                *("--threads", "1", "--connections", str(connections), "--duration", f"{seconds}s"),
                *("--timeout", "30s", "--header", "Accept-Encoding: gzip", "--script", str(SCRIPT)),
                *(f"http://127.0.0.1:{port}", "--", file.name),
            ],
            capture_output=True,
            text=True,
        )
    result = next((line.split()[1:] for line in done.stdout.splitlines() if line.startswith("RESULT ")), None)
    if result is None:
        raise SystemExit(f"wrk failed: {done.stdout}{done.stderr}")
    pages, microseconds, failed, median, p99 = map(int, result)
    if failed:
        raise SystemExit(f"{failed} of {pages} requests failed, the first address was {paths[0]}")
    return Load(pages, microseconds / 1e6, median / 1000, p99 / 1000)


def put_http2_load_on(port: int, name: str, paths: Sequence[str], seconds: int, connections: int) -> Load:
    """The same over HTTP/2 and TLS, as readers' phones do, from the site of this name on this machine."""
    with tempfile.TemporaryDirectory() as directory:
        asked, told = Path(directory, "asked"), Path(directory, "told")
        asked.write_text("".join(f"https://{name}:{port}{path}\n" for path in paths))
        done = subprocess.run(
            [
                shutil.which("h2load") or "/usr/bin/h2load",
                *("--clients", str(connections), "--max-concurrent-streams", "1", "--duration", str(seconds)),
                *("--header", "Accept-Encoding: gzip", "--input-file", asked, "--log-file", told),
            ],
            capture_output=True,
            text=True,
        )
        # Of a sample: when each request began, its status and its microseconds.
        answers = [line.split("\t") for line in told.read_text().splitlines()] if told.exists() else []
    speed = re.search(r"finished in \S+, ([\d.]+) req/s", done.stdout)
    failed = re.search(r"[1-9]\d* (?:failed|errored|timeout|[345]xx)", done.stdout)
    if not speed or failed or {status for _, status, _ in answers} != {"200"}:
        raise SystemExit(f"h2load failed, the first address was {paths[0]}: {done.stdout}{done.stderr}")
    waits = sorted(int(microseconds) / 1000 for _, _, microseconds in answers)
    return Load(int(float(speed[1]) * seconds), seconds, waits[len(waits) // 2], waits[len(waits) * 99 // 100])


def read_steadily(port: int, paths: Sequence[str], seconds: float, per_second: float) -> list[float]:
    """One reader who asks for so many pages a second as long as they come that fast: the seconds each page took."""
    waits = []
    started = time.perf_counter()
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for path in cycle(paths):
            asked = time.perf_counter()
            if asked >= started + seconds:
                break
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            _take_answer(connection, path)
            waits.append(time.perf_counter() - asked)
            time.sleep(max(0, asked + 1 / per_second - time.perf_counter()))
    return waits


def _take_answer(connection: socket.socket, path: str) -> None:
    answer = connection.recv(65_536)
    while (end := answer.find(b"\r\n\r\n")) < 0:
        more = connection.recv(65_536)
        if not more:
            raise SystemExit(f"{path}: the server closed the connection")
        answer += more
    head = answer[:end].lower()
    if not head.startswith(b"http/1.1 200"):
        raise SystemExit(f"{path}: {head.splitlines()[0].decode()}")
    length = int(head.split(b"\r\ncontent-length:")[1].split(b"\r\n")[0])
    missing = length - (len(answer) - end - 4)
    while missing > 0:
        missing -= len(connection.recv(65_536))
