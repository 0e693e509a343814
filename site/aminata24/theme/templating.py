"""Names the theme adds to the readers' templates."""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.translation import gettext

from aminata24.theme.fragments import fragment
from aminata24.theme.surroundings import absolute, path_of


@lru_cache(maxsize=4096)
def moment(value: datetime) -> str:
    """A time as the newsroom writes it: « 24 novembre 2026 à 14 h 05 »."""
    # In the letters of Django's `date` filter.
    return format_date(timezone.localtime(value), gettext("F j, Y, H:i"))


def day(value: date | datetime) -> str:
    """A day in words: « mardi 24 novembre 2026 »."""
    return format_date(timezone.localtime(value) if isinstance(value, datetime) else value, "l j F Y")


GLOBALS: dict[str, Callable[..., Any]] = {
    "path_of": path_of,
    "absolute": absolute,
    "fragment": fragment,
    "today": timezone.localdate,
}
FILTERS: dict[str, Callable[..., Any]] = {
    "moment": moment,
    "day": day,
    "iso": lambda value: value.isoformat(timespec="seconds"),
    "query": lambda value: quote(str(value), safe=""),
}
