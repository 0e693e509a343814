"""Names the newsroom adds to the readers' templates."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from aminata24.delivery.memory import remember_briefly
from news.listings import latest_articles
from news.metadata import metadata
from news.models import BreakingNews
from news.printing import AD_MARK
from news.structured_data import as_json_ld, structured_data


@remember_briefly
def ticker_lines() -> list[BreakingNews]:
    """The lines of « Dernière minute » now."""
    return list(BreakingNews.objects.running().select_related("page"))


GLOBALS: dict[str, Any] = {
    "latest_articles": latest_articles,
    "ticker_lines": ticker_lines,
    "AD_MARK": Markup(AD_MARK),
    "metadata": metadata,
    "structured_data": structured_data,
}
FILTERS: dict[str, Callable[..., Any]] = {"json_ld": as_json_ld}
