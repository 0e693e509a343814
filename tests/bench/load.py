"""A load generator of its own: so little work per answer that the server has the machine to itself."""

import socket
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle

CONNECTIONS = 8


@dataclass(frozen=True)
class Load:
    """What the server did under load: how many pages, and milliseconds until one was there."""

    pages: int
    median: float
    p99: float


def put_load_on(port: int, paths: Sequence[str], seconds: float) -> Load:
    """Ask for these paths, one after the other, over kept connections; anything but a 200 ends the run."""
    until = time.perf_counter() + seconds
    with ThreadPoolExecutor(CONNECTIONS) as readers:
        starts = [
            paths[number * len(paths) // CONNECTIONS :] + paths[: number * len(paths) // CONNECTIONS]
            for number in range(CONNECTIONS)
        ]
        runs = list(readers.map(lambda mine: _read(port, mine, until), starts))
    waits = sorted(wait for run in runs for wait in run)
    return Load(len(waits), 1000 * waits[len(waits) // 2], 1000 * waits[len(waits) * 99 // 100])


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


def _read(port: int, paths: Sequence[str], until: float) -> list[float]:
    """One reader: the seconds each page took."""
    waits = []
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for path in cycle(paths):
            started = time.perf_counter()
            if started >= until:
                return waits
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            _take_answer(connection, path)
            waits.append(time.perf_counter() - started)
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
