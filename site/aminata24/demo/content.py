"""Reading the copy of the demo newsroom, which lies in TOML files under `content/`."""

import tomllib
from pathlib import Path
from typing import Any

CONTENT_DIR = Path(__file__).parent / "content"

Entry = dict[str, Any]


def _read(path: Path) -> Entry:
    with path.open("rb") as file:
        return tomllib.load(file)


def sections() -> list[Entry]:
    """The sections, parents first."""
    return _read(CONTENT_DIR / "sections.toml")["section"]


def authors() -> list[Entry]:
    """The journalists."""
    return _read(CONTENT_DIR / "authors.toml")["author"]


def topics() -> list[Entry]:
    """What articles are about."""
    return _read(CONTENT_DIR / "topics.toml")["topic"]


def information_pages() -> list[Entry]:
    """The pages that are no news."""
    return _read(CONTENT_DIR / "pages.toml")["page"]


def ticker_lines() -> list[Entry]:
    """The lines of the ticker, in their order."""
    return _read(CONTENT_DIR / "ticker.toml")["line"]


def campaigns() -> list[Entry]:
    """What the two advertisers booked."""
    return _read(CONTENT_DIR / "ads.toml")["campaign"]


def live() -> Entry:
    """The channel, and the live coverages with their entries, newest first."""
    return _read(CONTENT_DIR / "live.toml")


def comments() -> list[Entry]:
    """What readers answer, with the replies below each."""
    return _read(CONTENT_DIR / "comments.toml")["comment"]


def articles() -> list[Entry]:
    """Every article, by file name; the name of its file is its slug."""
    files = sorted((CONTENT_DIR / "articles").rglob("*.toml"), key=lambda path: path.stem)
    return [{"slug": path.stem, **_read(path)} for path in files]
