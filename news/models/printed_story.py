"""The HTML of a published story, made once at publication as a paper is printed once."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PrintedStory(models.Model):
    """
    A live article's own part of its page: from the section labels to the author box.

    Nobody writes it and nothing is lost with it: `news.printing` makes it at publication, drops it
    when anything it shows changes, and renders the story live while there is none.
    """

    article = models.OneToOneField(
        "news.ArticlePage", on_delete=models.CASCADE, primary_key=True, related_name="printed"
    )
    html = models.TextField()
    # The page's title, and what search engines and networks read in its head.
    title = models.TextField(default="")
    head = models.TextField()
    # What stays in view while it is read.
    bar = models.TextField(default="")
    # Keys of stories to offer below it, best first.
    related = models.JSONField(default=list)
    # The article's `last_published_at` then; a later publication makes it void.
    edition = models.DateTimeField(null=True)
    # Which templates and translations made it; others since then make it void.
    press = models.CharField(max_length=16)

    class Meta:
        verbose_name = _("printed story")
        verbose_name_plural = _("printed stories")
