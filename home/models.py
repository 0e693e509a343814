"""The front page and the plain information pages."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from aminata24.delivery.memory import remember_briefly
from home.blocks import InformationBody, Rails
from home.rails import fill_rails
from news.models.public_page import PublicPage


class HomePage(PublicPage):
    """The front page, composed of rails that fill themselves and let an editor pin stories on top."""

    rails = StreamField(
        Rails(),
        blank=True,
        verbose_name=_("rails"),
        help_text=_("From top to bottom. Each fills itself with the newest stories; pin some to keep them on top."),
    )

    content_panels = [*Page.content_panels, FieldPanel("rails")]
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    class Meta:
        verbose_name = _("front page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        is_preview = getattr(request, "is_preview", False)
        front = _render_rails(self) if is_preview else _front(self)
        return {**super().get_context(request, *args, **kwargs), "front": front}


def _render_rails(page: HomePage) -> Markup:
    return Markup(render_to_string("home/rails.html", {"rails": fill_rails(page.rails)}))


# It is the same for everyone, and most of what readers ask for.
_front = remember_briefly(_render_rails)


class InformationPage(PublicPage):
    """A page that is no news: who we are, legal notice, privacy, terms, contact."""

    introduction = models.TextField(_("introduction"), max_length=400, blank=True)
    body = StreamField(InformationBody(), blank=True, verbose_name=_("body"))

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("body")]
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("information page")
        verbose_name_plural = _("information pages")
