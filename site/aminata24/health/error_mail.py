"""Errors by mail to ADMINS: what failed and where, without what anybody sent; a few, however many there are."""

import logging
import os
import socket
import threading
import time
from collections import deque
from collections.abc import Hashable

from django.conf import settings
from django.core.mail import mail_admins

from aminata24.health.logs import exception_text
from aminata24.health.masking import masked
from aminata24.health.trace import current

logger = logging.getLogger(__name__)

# The same error again is no news for so long, in seconds …
PAUSE = 900
# … and in an hour a process sends no more than so many mails.
MOST_AN_HOUR = 10


class Throttle:
    """Lets the first of its kind through, and a few in all; counts the rest."""

    def __init__(self) -> None:
        self._told: dict[Hashable, float] = {}
        self._sent: deque[float] = deque(maxlen=MOST_AN_HOUR)
        self._held_back = 0
        self._lock = threading.Lock()

    def admit(self, kind: Hashable) -> int | None:
        """None for an error that is held back, else how many were since the last that wasn't."""
        now = time.monotonic()
        with self._lock:
            self._told = {kind: at for kind, at in self._told.items() if now - at < PAUSE}
            is_full = len(self._sent) == MOST_AN_HOUR and now - self._sent[0] < 3600
            if kind in self._told or is_full:
                self._held_back += 1
                return None
            self._told[kind] = now
            self._sent.append(now)
            held_back, self._held_back = self._held_back, 0
            return held_back


class ErrorMailHandler(logging.Handler):
    """
    Mails a record to ADMINS, on a thread of its own: whoever waits for an answer doesn't wait for a mail server too.

    Django's own report would hold what a form sent, cookies and settings; this one has the message, the traceback
    and the request's id, by which the rest is found in the logs.
    """

    def __init__(self, level: int | str = logging.NOTSET) -> None:
        super().__init__(level)
        self._throttle = Throttle()

    def emit(self, record: logging.LogRecord) -> None:
        if not settings.ADMINS:
            return
        held_back = self._throttle.admit(_kind(record))
        if held_back is not None:
            mail = (_subject(record), _text(record, held_back))
            threading.Thread(target=_send, args=mail, name="error-mail").start()


def _kind(record: logging.LogRecord) -> Hashable:
    """Two errors of one kind were raised at the same place, or logged with the same words."""
    exception, traceback = (record.exc_info or (None, None, None))[1:]
    while traceback and traceback.tb_next:
        traceback = traceback.tb_next
    place = (traceback.tb_frame.f_code.co_filename, traceback.tb_lineno) if traceback else None
    return type(exception), place, record.name, record.msg if place is None else ""


def _subject(record: logging.LogRecord) -> str:
    exception = f" ({record.exc_info[0].__name__})" if record.exc_info and record.exc_info[0] else ""
    message = " ".join(masked(record.getMessage()).split())
    return f"{record.levelname} {message[:100]}{exception}"


def _text(record: logging.LogRecord, held_back: int) -> str:
    trace = current.get()
    lines = [masked(record.getMessage()), f"Logger: {record.name}", f"Process: {socket.gethostname()}:{os.getpid()}"]
    if trace:
        lines += [f"Path: {masked(trace.path)}", f"Request: {trace.id}"]
    if held_back:
        lines.append(f"Since the last mail of this process, {held_back} more errors were only logged.")
    return "\n".join([*lines, "", exception_text(record)])


def _send(subject: str, text: str) -> None:
    try:
        mail_admins(subject, text)
    except Exception:
        logger.warning("error_mail_not_sent", exc_info=True)
