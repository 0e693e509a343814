"""What the tests of health share: every check looks anew, and a log that can be read."""

import io
import json
import logging
import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from aminata24.health import checks, figures, masking
from aminata24.health.error_mail import ErrorMailHandler, Throttle
from aminata24.health.logs import JSONFormatter


def wait_for_mails() -> None:
    """Come back once the threads that mail errors are done."""
    for thread in threading.enumerate():
        if thread.name == "error-mail":
            thread.join()


@pytest.fixture(autouse=True)
def _nothing_was_mailed_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    for handler in logging.getLogger().handlers:
        if isinstance(handler, ErrorMailHandler):
            monkeypatch.setattr(handler, "_throttle", Throttle())


@pytest.fixture(autouse=True)
def _checks_look_anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(checks, "KEPT_SECONDS", 0.0)
    masking._secrets.cache_clear()
    yield
    masking._secrets.cache_clear()


@pytest.fixture
def on_this_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checks look on the test's own thread, which alone sees what the test wrote."""

    class SameThread(threading.Thread):
        def start(self) -> None:
            self.run()

    monkeypatch.setattr(checks, "threading", SimpleNamespace(Thread=SameThread, Lock=threading.Lock))
    for module in (checks, figures):
        monkeypatch.setattr(module, "connections", SimpleNamespace(close_all=lambda: None))


@pytest.fixture
def log() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """All that is logged, at every level, as a server writes it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JSONFormatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(level)
