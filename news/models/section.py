"""Sections: the categories of the paper, which may have sub-sections."""

from copy import copy
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel, TitleFieldPanel
from wagtail.models import Orderable, Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from aminata24.delivery.memory import remember_briefly
from news.models.public_page import PublicPage


class Accent(models.TextChoices):
    """The accents a section may have; `tokens.css` knows a light and a dark shade of each."""

    ORANGE = "orange", _("Orange")
    GREEN = "green", _("Green")
    INDIGO = "indigo", _("Indigo")
    OCHRE = "ochre", _("Ochre")
    RED = "red", _("Red")
    TEAL = "teal", _("Teal")
    PLUM = "plum", _("Plum")
    SLATE = "slate", _("Slate")


class SectionPage(PublicPage):
    """A section's front: pinned stories, then everything in it and below it, newest first."""

    introduction = models.TextField(_("introduction"), max_length=400, blank=True)
    accent = models.CharField(_("accent colour"), max_length=10, choices=Accent.choices, default=Accent.ORANGE)

    content_panels = [
        TitleFieldPanel("title", heading=_("Name"), placeholder=_("Name")),
        FieldPanel("introduction"),
        FieldPanel("accent"),
        InlinePanel(
            "pinned_stories",
            heading=_("Pinned stories"),
            label=_("Story"),
            max_num=3,
            help_text=_("Shown on top of the first page, in this order. Drag to reorder."),
        ),
    ]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]

    parent_page_types = ["home.HomePage", "news.SectionPage"]
    subpage_types = ["news.SectionPage", "news.ArticlePage"]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    @property
    def running_coverages(self) -> list[Any]:
        """The live coverages that run now in this section or below it."""
        from news.live import running_coverages

        sections = live_sections()
        return [
            coverage
            for coverage in running_coverages()
            if (section := sections.get(coverage.section_id or 0)) and section.path.startswith(self.path)
        ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from news.listings import page_of, requested_page
        from news.models import PageListing

        number = requested_page(request)
        pinned = pinned_keys(self.pk) if number == 1 else []
        listing = page_of(PageListing, self.pk, number, on_top=pinned)
        return {**super().get_context(request, *args, **kwargs), "listing": listing}

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        if path_components == ["flux"] and self.live:
            return RouteResult(self, args=("flux",))
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if args == ("flux",):
            from news.feeds import SectionFeed

            return SectionFeed()(request, section=self)
        return super().serve(request, *args, **kwargs)


@remember_briefly
def live_sections() -> dict[int, SectionPage]:
    """Every live section by its key, parents first: few, and named on every page in some way."""
    return {section.pk: section for section in SectionPage.objects.live().order_by("path")}


@remember_briefly
def pinned_keys(section: int) -> list[int]:
    """The keys of what an editor pinned to a section, in the editor's order, as far as readers may see it."""
    from news.models import ArticlePage

    return list(ArticlePage.objects.pinned_to(section).values_list("pk", flat=True))


def section_at(url_path: str) -> SectionPage | None:
    """The live section with this `url_path`; a copy, which a request may write on."""
    return next((copy(section) for section in live_sections().values() if section.url_path == url_path), None)


def sections_above(page: Page) -> list[SectionPage]:
    """The sections a page lies in, from the outermost inwards."""
    sections = live_sections().values()
    return [section for section in sections if page.path.startswith(section.path) and section.path != page.path]


class PinnedStory(Orderable):
    """A story an editor keeps on top of a section."""

    section = ParentalKey(SectionPage, on_delete=models.CASCADE, related_name="pinned_stories")
    story = models.ForeignKey(
        "news.ArticlePage", verbose_name=_("story"), on_delete=models.CASCADE, related_name="pinned_on"
    )

    panels = [PageChooserPanel("story", "news.ArticlePage")]

    class Meta(Orderable.Meta):
        verbose_name = _("pinned story")
        verbose_name_plural = _("pinned stories")
