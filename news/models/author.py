"""Authors: who signs an article, with or without an account."""

from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.widgets.slug import SlugInput
from wagtail.fields import RichTextField, StreamField
from wagtail.models import PreviewableMixin
from wagtail.search import index

from news.panels import NamePanel


class AuthorLinkBlock(blocks.StructBlock):
    """Where else to find an author."""

    label = blocks.CharBlock(label=_("Label"), max_length=60)
    url = blocks.URLBlock(label=_("Address"), max_length=300)

    class Meta:
        icon = "link"
        label = _("Link")


class Author(PreviewableMixin, index.Indexed, models.Model):
    """A journalist's by-line, with a page at /auteurs/<slug>/."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(
        _("slug"), max_length=120, unique=True, help_text=_("Ends the address of the author's page.")
    )
    role = models.CharField(_("role"), max_length=120, blank=True, help_text=_("For example: Senior reporter, economy"))
    biography = RichTextField(_("biography"), features=["bold", "italic", "link"], blank=True)
    portrait = models.ForeignKey(
        "images.NewsImage",
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    links = StreamField([("link", AuthorLinkBlock())], blank=True, verbose_name=_("links"))
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="author",
        help_text=_("New articles of this account are signed with this name."),
    )

    panels = [
        MultiFieldPanel(
            [
                NamePanel("name", classname="", placeholder=False),
                FieldPanel("slug", widget=SlugInput),
                FieldPanel("role"),
            ],
            heading=_("Name"),
        ),
        FieldPanel("portrait"),
        FieldPanel("biography"),
        FieldPanel("links"),
        FieldPanel("user"),
    ]
    # The filter fields are what the admin's list sorts by while one searches.
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("role"),
        *(index.FilterField(name) for name in ("name", "role")),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where readers find this author's articles."""
        return f"/auteurs/{self.slug}/"

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "news/author.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        from news.listings import page_of
        from news.models import AuthorListing

        return {"request": request, "author": self, "listing": page_of(AuthorListing, self.pk, 1)}
