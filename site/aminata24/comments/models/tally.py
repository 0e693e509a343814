"""How often something was tried within a span of time; in the database, so that all processes count together."""

import time
from datetime import datetime

from django.db import connection, models

_COUNT = """
    INSERT INTO comments_tally (key, tries, ends_at) VALUES (%s, 1, %s)
    ON CONFLICT (key) DO UPDATE SET
        tries = CASE WHEN comments_tally.ends_at <= %s THEN 1 ELSE comments_tally.tries + 1 END,
        ends_at = CASE WHEN comments_tally.ends_at <= %s THEN excluded.ends_at ELSE comments_tally.ends_at END
    RETURNING tries
"""


class Tally(models.Model):
    """A count that starts anew when its time is over."""

    key = models.CharField(max_length=120, primary_key=True)
    tries = models.PositiveIntegerField()
    # In seconds since 1970.
    ends_at = models.BigIntegerField(db_index=True)

    @classmethod
    def count(cls, key: str, seconds: int) -> int:
        """Note one more try and say which it is, in one statement, so that no two tries are the same."""
        now = int(time.time())
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [key, now + seconds, now, now])
            return cursor.fetchone()[0]

    @classmethod
    def forget(cls, now: datetime) -> int:
        """Delete the counts whose time is over; how many there were."""
        return cls.objects.filter(ends_at__lte=int(now.timestamp())).delete()[0]
