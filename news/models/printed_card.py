"""The HTML of an article in lists, made once like its story."""

from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from aminata24.delivery.statements import Statement


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

    READ = Statement(
        "printed_cards",
        """
        SELECT card.article_id, card.html, article.comment_count
        FROM news_printedcard card
        JOIN news_articlepage article ON article.page_ptr_id = card.article_id
        JOIN wagtailcore_page page ON page.id = card.article_id
        WHERE page.live AND card.press = %(press)s AND card.article_id IN %(keys)s
        """,
    )

    class Meta:
        verbose_name = _("printed card")
        verbose_name_plural = _("printed cards")

    @classmethod
    def read(cls, keys: Sequence[int], press: str) -> list[tuple[int, str, int]]:
        """Key, print and number of comments of these articles, as far as they are live and printed by this press."""
        return cls.READ.rows(cls, {"press": press, "keys": list(keys)}) if keys else []
