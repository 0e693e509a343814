"""How often somebody may send something. The numbers are in the settings, the counts in the database."""

from django.conf import settings

from aminata24.comments.models import Tally


def may_send(limit: str, key: str) -> bool:
    """Note one more try at what a limit counts, by whom (empty: all together); whether it is within the limit."""
    times, seconds = settings.COMMENT_LIMITS.get(limit, (0, 0))
    if not times:
        return True
    return Tally.count(f"{limit} {key}", seconds) <= times
