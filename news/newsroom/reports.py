"""The desk's reports: what was published, what is missing, what waits, what was corrected, what broke."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import django_filters  # type: ignore[import-untyped]
from django import forms
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import Button
from wagtail.models import Page, TaskState, get_default_page_content_type
from wagtail.permissions import policy_registry

from news.models import (
    ArticleAuthor,
    ArticlePage,
    ArticleTopic,
    AuthorListing,
    Correction,
    Format,
    PageListing,
    SectionPage,
)
from news.newsroom.broken_links import Row, rows

PERIODS = ((7, _("Last 7 days")), (30, _("Last 30 days")))


class RowPaginator(WagtailPaginator):
    """Counts rows as rows, whatever table they were counted from."""

    model = None


class DeskReport(ReportView):
    """A report for those who publish; `slug` names its address, `columns` and `list_export` say what it shows."""

    slug: str
    any_permission_required = ["publish"]
    paginator_class = RowPaginator
    permission_policy = policy_registry.get_by_type(Page)

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """The report's addresses: the page, and its results alone while somebody filters."""
        start = f"reports/{cls.slug}/"
        return [
            path(start, cls.as_view(), name=f"desk_{cls.slug}"),
            path(f"{start}results/", cls.as_view(results_only=True), name=f"desk_{cls.slug}_results"),
        ]

    def get_index_url(self) -> str:
        return reverse(f"desk_{self.slug}")

    def get_index_results_url(self) -> str:
        return reverse(f"desk_{self.slug}_results")

    def get_filename(self) -> str:
        return f"{self.slug}-{timezone.localdate().isoformat()}"


def edit_url(article: Page) -> str:
    """Where to edit a page."""
    return reverse("wagtailadmin_pages:edit", args=[article.pk])


def period(label: Any, **options: Any) -> django_filters.DateFromToRangeFilter:
    """A filter from a day to a day."""
    return django_filters.DateFromToRangeFilter(label=label, widget=DateRangePickerWidget, **options)


# --- What was published -------------------------------------------------------------


class OutputFilterSet(WagtailFilterSet):
    """A period, and what to count by."""

    GROUPS = (("author", _("Author")), ("section", _("Section")), ("day", _("Day")))

    published_at = period(_("Published"))
    by = django_filters.ChoiceFilter(
        label=_("Count by"), choices=GROUPS, widget=forms.RadioSelect, empty_label=None, method="as_it_is"
    )

    class Meta:
        model = PageListing
        fields: list[str] = []

    def as_it_is(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """The report itself groups by it, before the period is looked at."""
        return queryset


class OutputReport(DeskReport):
    """How many articles were published, by author, section or day."""

    slug = "output"
    page_title = _("Published articles")
    header_icon = "doc-full"
    filterset_class = OutputFilterSet
    columns = [
        Column("name", label=_("Author, section or day")),
        NumberColumn("articles", label=_("Articles")),
        DateColumn("newest", label=_("Latest")),
    ]
    list_export = ["name", "articles", "newest"]
    export_headings = {"name": _("Author, section or day"), "articles": _("Articles"), "newest": _("Latest")}

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        today = timezone.localdate()
        query = self.request.GET.copy()
        buttons = list(super().header_more_buttons)
        for days, label in PERIODS:
            query["published_at_from"] = (today - timedelta(days=days - 1)).isoformat()
            query["published_at_to"] = today.isoformat()
            url = f"{self.index_url}?{query.urlencode()}"
            buttons.append(Button(label, url, icon_name="calendar", priority=days))
        return buttons

    def get_filtered_queryset(self) -> QuerySet:
        order = ["-articles", "name"]
        listed: QuerySet
        name: Any
        match self.request.GET.get("by"):
            case "day":
                listed, name, order = PageListing.everything(), TruncDate("published_at"), ["-name"]
            case "section":
                sections = SectionPage.objects.values("pk")
                listed, name = PageListing.objects.filter(page__in=sections), F("page__title")
            case _:
                listed, name = AuthorListing.objects.all(), F("author__name")
        counted = self.filter_queryset(listed).order_by().annotate(name=name).values("name")
        return counted.annotate(articles=Count("pk"), newest=Max("published_at")).order_by(*order)

    def get_queryset(self) -> QuerySet:
        return PageListing.objects.none()


# --- What is missing ------------------------------------------------------------------

NO_PICTURE = Q(lead_image__isnull=True) & ~Q(format=Format.OPINION)
# The editor asks for one; what was imported, or emptied since, may lack it.
NO_ALTERNATIVE_TEXT = Q(lead_image__description="")
NO_TOPIC = ~Exists(ArticleTopic.objects.filter(content_object=OuterRef("pk")))
NO_AUTHOR = ~Exists(ArticleAuthor.objects.filter(article=OuterRef("pk")))


class IncompleteFilterSet(WagtailFilterSet):
    """What is missing, where, and since when."""

    MISSING = {
        "picture": NO_PICTURE,
        "alternative": NO_ALTERNATIVE_TEXT,
        "topic": NO_TOPIC,
        "author": NO_AUTHOR,
    }

    missing = django_filters.ChoiceFilter(
        label=_("Missing"),
        choices=(
            ("picture", _("Picture")),
            ("alternative", _("Alternative text")),
            ("topic", _("Topic")),
            ("author", _("Author")),
        ),
        widget=forms.RadioSelect,
        empty_label=_("All"),
        method="without",
    )
    published_at = period(_("Published"))
    section = django_filters.ModelChoiceFilter(
        label=_("Section"), queryset=SectionPage.objects.live().order_by("title"), method="in_section"
    )

    class Meta:
        model = ArticlePage
        fields: list[str] = []

    def without(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Those that miss one thing."""
        return queryset.filter(self.MISSING[value])

    def in_section(self, queryset: Any, name: str, value: SectionPage) -> QuerySet:
        """Those listed on a section."""
        return queryset.in_section(value)


class IncompleteReport(DeskReport):
    """Published articles without picture, alternative text, topic or author."""

    slug = "incomplete"
    page_title = _("Without picture or topic")
    header_icon = "warning"
    filterset_class = IncompleteFilterSet
    columns = [
        TitleColumn("title", label=_("Article"), get_url=edit_url),
        Column("missing", label=_("What is missing")),
        Column("section", label=_("Section")),
        DateColumn("published_at", label=_("Published")),
    ]
    list_export = ["title", "missing", "section", "published_at"]
    export_headings = {
        "title": _("Article"),
        "missing": _("What is missing"),
        "section": _("Section"),
        "published_at": _("Published"),
    }

    def get_queryset(self) -> QuerySet:
        articles = ArticlePage.objects.live().select_related("section", "lead_image").defer("body")
        articles = articles.annotate(no_topic=NO_TOPIC, no_author=NO_AUTHOR)
        incomplete = NO_PICTURE | NO_ALTERNATIVE_TEXT | Q(no_topic=True) | Q(no_author=True)
        return articles.filter(incomplete).newest()

    def decorate_paginated_queryset(self, object_list: Iterable[Any]) -> list[Any]:
        articles = list(object_list)
        for article in articles:
            missing = [_("Picture")] if article.lead_image_id is None and article.format != Format.OPINION else []
            missing += [_("Alternative text")] * bool(article.lead_image and not article.lead_image.description)
            missing += [_("Topic")] * article.no_topic + [_("Author")] * article.no_author
            article.missing = ", ".join(map(str, missing))
        return articles


# --- What waits -------------------------------------------------------------------------


def title_in_review(state: TaskState) -> str:
    """The headline of what waits, as its author wrote it last."""
    page = state.workflow_state.content_object
    return page.get_admin_display_title() if page else ""


class ReviewReport(DeskReport):
    """What waits for an editor, the longest first."""

    slug = "in-review"
    page_title = _("Waiting in review")
    header_icon = "history"
    columns = [
        TitleColumn(
            "title",
            label=_("Page"),
            accessor=title_in_review,
            get_url=lambda s: edit_url(s.workflow_state.content_object),
        ),
        Column("waiting", label=_("Waiting for")),
        DateColumn("started_at", label=_("Since")),
        Column("by", label=_("Submitted by"), accessor="workflow_state.requested_by"),
        Column("task", label=_("Step"), accessor="task.name"),
    ]
    list_export = ["title", "waiting", "started_at", "workflow_state.requested_by", "task.name"]
    export_headings = {
        "title": _("Page"),
        "waiting": _("Waiting for"),
        "started_at": _("Since"),
        "workflow_state.requested_by": _("Submitted by"),
        "task.name": _("Step"),
    }

    def get_queryset(self) -> QuerySet:
        return (
            TaskState.objects.filter(
                status=TaskState.STATUS_IN_PROGRESS,
                workflow_state__base_content_type=get_default_page_content_type(),
                workflow_state__current_task_state=F("pk"),
            )
            .select_related("workflow_state__requested_by", "task")
            .prefetch_related("workflow_state__content_object")
            .order_by("started_at")
        )

    def decorate_paginated_queryset(self, object_list: Iterable[Any]) -> list[Any]:
        states = [state for state in object_list if state.workflow_state.content_object]
        for state in states:
            state.title = title_in_review(state)
            state.waiting = timesince(state.started_at, depth=1)
        return states


# --- What was corrected -------------------------------------------------------------------


class CorrectionFilterSet(WagtailFilterSet):
    """When, and in which section."""

    made_on = period(_("Date"))
    section = django_filters.ModelChoiceFilter(
        label=_("Section"), field_name="article__section", queryset=SectionPage.objects.live().order_by("title")
    )

    class Meta:
        model = Correction
        fields: list[str] = []


class CorrectionsReport(DeskReport):
    """The corrections that readers were told of."""

    slug = "corrections"
    page_title = _("Corrections")
    header_icon = "edit"
    filterset_class = CorrectionFilterSet
    columns = [
        TitleColumn("article", label=_("Article"), accessor="article.title", get_url=lambda c: edit_url(c.article)),
        Column("text", label=_("What was corrected")),
        DateColumn("made_on", label=_("Date")),
        Column("section", label=_("Section"), accessor="article.section"),
    ]
    list_export = ["article.title", "text", "made_on", "article.section"]
    export_headings = {
        "made_on": _("Date"),
        "text": _("What was corrected"),
        "article.title": _("Article"),
        "article.section": _("Section"),
    }

    def get_queryset(self) -> QuerySet:
        corrections = Correction.objects.filter(article__live=True).order_by("-made_on", "-pk")
        return corrections.select_related("article__section").defer("article__body")


# --- What broke ---------------------------------------------------------------------------


class BrokenLinksReport(DeskReport):
    """Links of ours that lead nowhere."""

    slug = "broken-links"
    page_title = _("Broken internal links")
    header_icon = "link"
    columns = [
        TitleColumn("source", label=_("Where it stands"), get_url=lambda row: row.edit_url),
        Column("place", label=_("Field")),
        Column("target", label=_("Where it leads")),
        Column("problem", label=_("Problem")),
    ]
    list_export = ["source", "place", "target", "problem"]
    export_headings = {
        "source": _("Where it stands"),
        "place": _("Field"),
        "target": _("Where it leads"),
        "problem": _("Problem"),
    }

    def get_queryset(self) -> list[Row]:
        return rows(self.request.user)

    def get_filtered_queryset(self) -> list[Row]:
        return self.get_queryset()


REPORTS: tuple[type[DeskReport], ...] = (
    OutputReport,
    IncompleteReport,
    ReviewReport,
    CorrectionsReport,
    BrokenLinksReport,
)


class DeskMenuItem(MenuItem):
    """Shown to those who may see the report."""

    def is_shown(self, request: Any) -> bool:
        return DeskReport.permission_policy.user_has_permission(request.user, "publish")


def menu_item(report: type[DeskReport], order: int) -> DeskMenuItem:
    """The report's entry in the menu."""
    return DeskMenuItem(
        report.page_title, reverse(f"desk_{report.slug}"), name=report.slug, icon_name=report.header_icon, order=order
    )
