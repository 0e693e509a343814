"""What was counted, for the people who work with it: lists to filter by days, to export and to print."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters import DateFromToRangeFilter, ModelChoiceFilter
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from news.models import ArticleAuthor, ArticlePage, Author, SectionPage


class DayColumn(Column):
    """A day as such: how long ago it was is no figure."""

    def get_value(self, instance: Any) -> str:
        return date_format(super().get_value(instance), "SHORT_DATE_FORMAT")


class DaysFilterSet(WagtailFilterSet):
    """From a day to a day; the report itself knows which of its columns that is about."""

    day = DateFromToRangeFilter(
        label=_("Period"), widget=DateRangePickerWidget, method=lambda queryset, name, value: queryset
    )


class DaysReportView(ReportView):
    """A report of what was counted from a day to a day."""

    template_name = "audience/report.html"
    results_template_name = "audience/report_results.html"
    # A year of one campaign goes on one print.
    paginate_by = 400
    # What is shown until somebody asks for other days; None for everything.
    days_shown: ClassVar[int | None] = None

    @cached_property
    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day that count; None where there is no end."""
        filters = self.filters
        asked = filters.form.cleaned_data.get("day") if filters and filters.is_valid() else None
        if asked:
            return asked.start and asked.start.date(), asked.stop and asked.stop.date()
        if self.days_shown is None:
            return None, None
        today = timezone.localdate()
        return today - timedelta(days=self.days_shown - 1), today

    def within_days(self, path: str) -> dict[str, date]:
        """A filter for the field of this path, which holds a day."""
        first, last = self.days
        return {**({f"{path}__gte": first} if first else {}), **({f"{path}__lte": last} if last else {})}

    @property
    def days_in_words(self) -> str:
        """The period as a line over the table."""
        first, last = (day and date_format(day, "DATE_FORMAT") for day in self.days)
        if first and last:
            return gettext("From %(first)s to %(last)s") % {"first": first, "last": last}
        if first:
            return gettext("From %(first)s on") % {"first": first}
        return gettext("Until %(last)s") % {"last": last} if last else gettext("Since counting began")


class MostReadFilterSet(DaysFilterSet):
    """Narrowed to a section or an author."""

    section = ModelChoiceFilter(
        label=_("Section"),
        queryset=SectionPage.objects.order_by("path"),
        method=lambda queryset, name, section: queryset.in_section(section),
    )
    author = ModelChoiceFilter(
        label=_("Author"),
        queryset=Author.objects.all(),
        method=lambda queryset, name, author: queryset.by_author(author),
    )

    class Meta:
        model = ArticlePage
        fields: ClassVar[list[str]] = []


class MostReadView(DaysReportView):
    """The articles that readers may see, by how often they were read; for everyone who publishes."""

    model = ArticlePage
    permission_required = "publish"
    page_title = _("Most read")
    header_icon = "list-ol"
    index_url_name = "most_read_report"
    index_results_url_name = "most_read_report_results"
    filterset_class = MostReadFilterSet
    days_shown = 7
    default_ordering = "-reads"
    columns: ClassVar[list[Column]] = [
        TitleColumn("title", label=_("Headline"), url_name="wagtailadmin_pages:edit"),
        Column("main_section", label=_("Section")),
        Column("signed", label=_("Authors")),
        DayColumn("published_at", label=_("Published"), sort_key="published_at"),
        NumberColumn("reads", label=_("Reads"), sort_key="reads"),
    ]
    list_export: ClassVar[list[str]] = ["title", "path_on_site", "main_section", "signed", "published_at", "reads"]
    export_headings: ClassVar[dict[str, Any]] = {
        "title": _("Headline"),
        "path_on_site": _("Address"),
        "main_section": _("Section"),
        "signed": _("Authors"),
        "published_at": _("Published"),
        "reads": _("Reads"),
    }
    export_filename = "les-plus-lus"

    def get_base_queryset(self) -> QuerySet:
        within: dict[str, Any] = self.within_days("daily_reads__day") or {"daily_reads__isnull": False}
        articles = ArticlePage.objects.listed().filter(**within)
        return articles.only("title", "url_path", "section", "published_at").annotate(reads=Sum("daily_reads__count"))

    def decorate_paginated_queryset(self, object_list: QuerySet) -> list[ArticlePage]:
        """With the names of the authors, read at once."""
        articles = list(object_list)
        names: dict[int, list[str]] = {article.pk: [] for article in articles}
        for byline in ArticleAuthor.objects.filter(article__in=articles).select_related("author"):
            names[byline.article_id].append(byline.author.name)
        for article in articles:
            article.signed = ", ".join(names[article.pk])
        return articles
