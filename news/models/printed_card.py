"""The HTML of an article in lists, made once like its story."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PrintedCard(models.Model):
    """
    A card with marks where it depends on its place; see `news.cards`.

    Nobody writes it and nothing is lost with it. Only what is listed has one, and loses it when anything on it changes.
    """

    article = models.OneToOneField(
        "news.ArticlePage", on_delete=models.CASCADE, primary_key=True, related_name="printed_card"
    )
    html = models.TextField()
    # Which templates and translations made it; others since then make it void.
    press = models.CharField(max_length=16)

    class Meta:
        verbose_name = _("printed card")
        verbose_name_plural = _("printed cards")
