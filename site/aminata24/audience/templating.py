"""Names the audience adds to the readers' templates."""

from collections.abc import Callable
from typing import Any

from aminata24.audience.ranking import most_read

GLOBALS: dict[str, Callable[..., Any]] = {"most_read": most_read}
FILTERS: dict[str, Callable[..., Any]] = {}
