"""A disk that is full to the last byte, under all but what a server keeps in memory: nginx's pages, the figures."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from tests.deploy.conftest import WRITE_A_PAPER
from tests.deploy.load import crowd, explores, reads, visit, wait_until
from tests.stack import Stack, production_stack

SEEN = ("/", "/afrique/", "/afrique/la-lagune/", "/en-continu/")


@contextmanager
def small_disk(size: str) -> Iterator[Path]:
    """A disk of so many bytes, which only root may mount."""
    # Not in pytest's own folder: nginx and PostgreSQL run as others and must find the way.
    with tempfile.TemporaryDirectory(prefix="aminata24-disk-", dir="/tmp") as directory:
        folder = Path(directory)
        folder.chmod(0o755)
        command = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "aminata24-test", folder]
        if os.geteuid() or subprocess.run(command, capture_output=True).returncode:
            pytest.skip("Only root may mount a disk.")
        try:
            yield folder
        finally:
            subprocess.run(["umount", folder], check=True)


@pytest.fixture(scope="module")
def disk() -> Iterator[Path]:
    """The disk of everything but the pages that nginx keeps."""
    with small_disk("800m") as disk:
        yield disk


@pytest.fixture(scope="module")
def stack(disk: Path) -> Iterator[Stack]:
    """A stack of its own: nobody else's tests should meet what is left of it."""
    with small_disk("100m") as memory, pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(disk))
        (memory / "pages").mkdir()
        figures = {"PROMETHEUS_MULTIPROC_DIR": str(memory / "figures")}
        with production_stack(sending_rate="1000r/s", cache=memory / "pages", **figures) as running:
            running.manage("shell", "--no-imports", "-c", WRITE_A_PAPER)
            yield running


def test_a_full_disk_takes_no_page_away_and_what_it_stops_goes_on_afterwards(stack: Stack, disk: Path) -> None:
    for path in SEEN:
        wait_until(lambda path=path: visit(stack, path).status == 200)  # type: ignore[misc]
    addresses = (f"reader-{number}@example.org" for number in count())
    sent = []
    with crowd(stack, reads(*SEEN), reads(*reversed(SEEN)), explores("/en-continu/")) as readers:
        filler = disk / "filler"
        _fill(filler)
        until = len(readers.seen) + 300
        while len(readers.seen) < until:
            address = next(addresses)
            sent.append((address, visit(stack, "/lettre/", {"email": address})))
        filler.unlink()
        wait_until(lambda: visit(stack, "/lettre/", {"email": next(addresses)}).status == 302)
    assert readers.failed == set()
    # A form is stored, or says that it is not and keeps what was typed.
    assert {answer.status for _, answer in sent} <= {302, 503}
    assert all(address in answer.body for address, answer in sent if answer.status == 503)
    stored = "SELECT count(*) FROM newsletter_subscriber WHERE email = '{}'"
    for address, answer in sent[-20:]:
        assert stack.ask_database(stored.format(address)) == (answer.status == 302)


def _fill(file: Path) -> None:
    """Write until nothing goes any more."""
    with file.open("wb", buffering=0) as output:
        for size in (2**20, 2**12):
            try:
                while output.write(bytes(size)):
                    pass
            except OSError:
                continue
