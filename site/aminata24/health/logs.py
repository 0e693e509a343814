"""How a line of the log looks: JSON on a server, plain in development; with its request, and without secrets."""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

from aminata24.health.masking import masked
from aminata24.health.trace import current

# `logger.info("job_done job=%s seconds=%.1f", …)` names its fields.
_FIELD = re.compile(r"(\w+)=%")


class MistakeOfTheClient(logging.Filter):
    """
    What Django calls suspicious (a forged host, ten thousand fields) is a warning in one line: no error of ours, and
    nobody is sent a mail for it.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security."):
            record.levelno, record.levelname = logging.WARNING, "WARNING"
            record.exc_info = record.exc_text = None
        return True


class TextFormatter(logging.Formatter):
    """A line for people, with the request's id at the end of its first."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        line, trace = super().formatMessage(record), current.get()
        return f"{line} request={trace.id}" if trace else line

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))


class JSONFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, request and path, the message's fields, the exception."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        if trace := current.get():
            line |= {"request": trace.id, "path": masked(trace.path)}
        for name, value in _fields(record).items():
            line.setdefault(name, value if isinstance(value, int | float) else masked(str(value)))
        if exception := exception_text(record):
            line["exception"] = exception
        return json.dumps(line, ensure_ascii=False)


def exception_text(record: logging.LogRecord) -> str:
    """The traceback of a record, masked; empty where there is none."""
    return masked(logging.Formatter().formatException(record.exc_info)) if record.exc_info else ""


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    names = _FIELD.findall(str(record.msg))
    return dict(zip(names, record.args, strict=False)) if names and isinstance(record.args, tuple) else {}
