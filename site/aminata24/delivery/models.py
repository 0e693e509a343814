"""What all processes remember together."""

from django.db import models


class CacheEntry(models.Model):
    """
    A row of Django's database cache, which counts log-in attempts for all workers where no quicker cache is set up.

    Only that cache reads and writes it. The columns are those of `createcachetable`; a model comes with `migrate`.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "delivery_cache"

    def __str__(self) -> str:
        return self.cache_key
