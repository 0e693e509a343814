"""What all processes remember together: the shared cache, that workers live, when each periodic job last ran."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# A worker writes every few seconds; after this long without a word something is wrong with it.
SILENCE = timedelta(minutes=1)


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


class Heartbeat(models.Model):
    """A worker's last word, written each time it has looked at everything that may be due."""

    worker = models.CharField(max_length=40, primary_key=True)
    process = models.CharField(max_length=120)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")

    def __str__(self) -> str:
        return self.worker

    @classmethod
    def age(cls) -> timedelta | None:
        """How long ago any worker was last heard of; None if none ever was."""
        now = timezone.now()
        # A word from the future was written before the clock was set back, and its worker will soon say another.
        return min((abs(now - beat_at) for beat_at in cls.objects.values_list("beat_at", flat=True)), default=None)

    @classmethod
    def is_silent(cls) -> bool:
        """Whether no worker runs, as far as anyone can tell: what is scheduled won't be published."""
        age = cls.age()
        return age is None or age > SILENCE


class JobRun(models.Model):
    """When a periodic job last ran to its end."""

    job = models.CharField(max_length=200, primary_key=True)
    ran_at = models.DateTimeField()

    class Meta:
        verbose_name = _("periodic job")
        verbose_name_plural = _("periodic jobs")

    def __str__(self) -> str:
        return self.job
