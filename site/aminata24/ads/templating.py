"""Names the ads add to the readers' templates."""

from collections.abc import Callable
from typing import Any

from aminata24.ads.rotation import Ad, current_ads


def ad(slot: str) -> Ad | None:
    """What stands in a slot now; None where the publisher shows no placement."""
    return current_ads().get(slot)


GLOBALS: dict[str, Callable[..., Any]] = {"ad": ad}
FILTERS: dict[str, Callable[..., Any]] = {}
