"""The machine that is measured on: its name, and what processes use of it."""

import os
import platform
from collections import defaultdict
from pathlib import Path


def cpu_seconds(process: int) -> float:
    """Add up what a process and those below it have used; a busy neighbour changes it less than pages per second."""
    used: dict[int, int] = {}
    children = defaultdict(list)
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # It ended meanwhile.
            continue
        number = int(stat.parent.name)
        children[int(fields[1])].append(number)
        used[number] = int(fields[11]) + int(fields[12])
    total, waiting = 0, [process]
    while waiting:
        number = waiting.pop()
        total += used.get(number, 0)
        waiting += children[number]
    return total / os.sysconf("SC_CLK_TCK")


def database_process(directory: str) -> int:
    """The first process of the PostgreSQL whose socket lies in this directory; see tests/postgres.py."""
    return int((Path(directory) / "data" / "postmaster.pid").read_text().split("\n", 1)[0])


def machine() -> str:
    """Name the processor and how many cores there are."""
    cpu = Path("/proc/cpuinfo")
    models = (
        [line.split(": ")[1] for line in cpu.read_text().splitlines() if "model name" in line] if cpu.exists() else []
    )
    return f"{os.cpu_count()} cores, {models[0] if models else platform.machine()}, Python {platform.python_version()}"
