"""The machine that is measured on: its name, and what processes use of it."""

import os
import platform
from pathlib import Path


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
