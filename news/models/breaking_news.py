"""The ticker « Dernière minute »."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin
from wagtail.search import index

from aminata24.theme.surroundings import path_of


class BreakingNewsQuerySet(models.QuerySet["BreakingNews"]):
    """Ticker lines in the newsroom's words."""

    def running(self) -> "BreakingNewsQuerySet":
        """The lines on the ticker now, in its order."""
        now = timezone.now()
        return self.filter(
            Q(shown_from__isnull=True) | Q(shown_from__lte=now),
            Q(shown_until__isnull=True) | Q(shown_until__gt=now),
            Q(page__isnull=True) | Q(page__live=True),
            live=True,
        ).order_by("sort_order", "-pk")


class BreakingNews(DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, index.Indexed, models.Model):
    """One line of the ticker, with a page of ours or an address behind it, or nothing."""

    text = models.CharField(_("text"), max_length=140, help_text=_("One line. A phone shows about 60 characters."))
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Where the line leads."),
    )
    url = models.URLField(_("address"), max_length=400, blank=True, help_text=_("Instead of a page of ours."))
    shown_from = models.DateTimeField(_("from"), null=True, blank=True, help_text=_("Empty: at once."))
    shown_until = models.DateTimeField(_("until"), null=True, blank=True, help_text=_("Empty: until taken off."))
    sort_order = models.PositiveSmallIntegerField(_("order"), default=10, help_text=_("The smallest comes first."))

    objects = BreakingNewsQuerySet.as_manager()

    panels = [
        FieldPanel("text"),
        MultiFieldPanel([FieldPanel("page"), FieldPanel("url")], heading=_("Where it leads")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("shown_from"), FieldPanel("shown_until")]), FieldPanel("sort_order")],
            heading=_("When and where in the ticker"),
        ),
        PublishingPanel(),
    ]
    # The filter fields are what the admin's list filters and sorts by while one searches.
    search_fields = [
        index.SearchField("text"),
        index.AutocompleteField("text"),
        *(index.FilterField(name) for name in ("text", "live", "shown_from", "shown_until", "sort_order")),
    ]

    class Meta:
        ordering = ["sort_order", "-pk"]
        verbose_name = _("breaking news line")
        verbose_name_plural = _("breaking news")

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        super().clean()
        if self.page_id and self.url:
            raise ValidationError({"url": _("A line leads to a page or to an address, not to both.")})
        if self.shown_from and self.shown_until and self.shown_until <= self.shown_from:
            raise ValidationError({"shown_until": _("The end must lie after the start.")})

    @property
    def link(self) -> str:
        """Where the line leads; empty for a line that leads nowhere."""
        return path_of(self.page) if self.page else self.url

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "news/breaking_news.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        return {"request": request, "lines": [self]}
