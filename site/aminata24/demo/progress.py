"""Telling whoever waits how far it is."""

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

T = TypeVar("T")


class Out(Protocol):
    """Where progress is written: a file, or what a management command has in its place."""

    def write(self, text: str) -> object:
        """Write a text."""

    def flush(self) -> None:
        """Show what was written."""

    def isatty(self) -> bool:
        """Whether somebody watches."""


class Progress:
    """Counts on one line of a terminal (« Pictures 12/36 … »); elsewhere writes a line when all is done."""

    def __init__(self, out: Out) -> None:
        self.out = out

    def each(self, label: str, things: Iterable[T], total: int) -> Iterator[T]:
        """Hand on the things one by one, saying how many have been dealt with."""
        for number, thing in enumerate(things, 1):
            yield thing
            if self.out.isatty():
                self.out.write(f"\r{label} {number}/{total} …")
                self.out.flush()
        if total:
            start = "\r" if self.out.isatty() else ""
            self.out.write(f"{start}{label} {total}/{total}  \n")
            self.out.flush()
