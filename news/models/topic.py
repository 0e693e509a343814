"""Topics: what an article is about, across sections."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import FieldPanel
from wagtail.admin.widgets.slug import SlugInput
from wagtail.search import index

from news.panels import NamePanel


class Topic(index.Indexed, TagBase):
    """A tag with a page of its own at /sujets/<slug>/."""

    free_tagging = True

    panels = [
        NamePanel("name", placeholder=False, help_text=_("As readers see it, for example: Cocoa.")),
        FieldPanel("slug", widget=SlugInput, help_text=_("Ends the address of the topic's page.")),
    ]
    # The filter field is what the admin's list sorts by while one searches.
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("name")]

    class Meta:
        ordering = ["name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def clean(self) -> None:
        super().clean()
        if not self.slug.isascii():
            raise ValidationError({"slug": _("Use letters without accents, digits and hyphens.")})

    def get_absolute_url(self) -> str:
        """Where readers find it."""
        return f"/sujets/{self.slug}/"


class ArticleTopic(ItemBase):
    """That an article is about a topic."""

    tag = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="article_topics")
    content_object = ParentalKey("news.ArticlePage", on_delete=models.CASCADE, related_name="article_topics")

    class Meta:
        verbose_name = _("topic of an article")
        verbose_name_plural = _("topics of an article")
