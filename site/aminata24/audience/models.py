"""How often articles are read, by the hour for two days and by the day for good, and what is read most."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Period(models.TextChoices):
    """The stretches of time that « Les plus lus » looks back on."""

    DAY = "day", _("Last 24 hours")
    WEEK = "week", _("Last 7 days")


class HourlyReads(models.Model):
    """How often an article was read within an hour."""

    article = models.ForeignKey("news.ArticlePage", on_delete=models.CASCADE, related_name="+")
    hour = models.DateTimeField()
    count = models.PositiveIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hour", "article"], name="reads_once_an_hour")]


class DailyReads(models.Model):
    """How often an article was read on a day."""

    article = models.ForeignKey("news.ArticlePage", on_delete=models.CASCADE, related_name="daily_reads")
    day = models.DateField()
    count = models.PositiveIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "article"], name="reads_once_a_day")]


class MostRead(models.Model):
    """A place in « Les plus lus » of a section or, on the front page, of the whole site; see `ranking.py`."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+", db_index=False)
    period = models.CharField(max_length=4, choices=Period.choices)
    place = models.PositiveSmallIntegerField()
    article = models.ForeignKey("news.ArticlePage", on_delete=models.CASCADE, related_name="most_read")
    made_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "period", "place"], name="most_read_one_a_place")]
