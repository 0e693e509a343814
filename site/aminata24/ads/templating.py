"""Names the ads add to the readers' templates."""

from collections.abc import Callable
from typing import Any

from aminata24.ads.rotation import Ad, current_ads
from aminata24.theme.surroundings import surroundings


def ad(slot: str) -> Ad | None:
    """What stands in a slot now; None where the publisher shows no placement."""
    return current_ads().get(slot)


def path_for_advertisers() -> str:
    """Where a free placement leads; empty without a page that readers may open."""
    page = surroundings().brand.advertising_page
    return surroundings().path(page) if page and page.live else ""


GLOBALS: dict[str, Callable[..., Any]] = {"ad": ad, "path_for_advertisers": path_for_advertisers}
FILTERS: dict[str, Callable[..., Any]] = {}
