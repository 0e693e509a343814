"""What advertisers get for what they bought: impressions and clicks per campaign, creative and day."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import QuerySet, Sum
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter
from wagtail.admin.ui.tables import Column, NumberColumn, Table
from wagtail.permissions import ModelPermissionPolicy

from aminata24.ads.models import AdFigures, Campaign, Slot, click_rate
from aminata24.audience.reports import DayColumn, DaysFilterSet, DaysReportView


class AdFiguresFilterSet(DaysFilterSet):
    """Narrowed to a campaign or a placement."""

    campaign = ModelChoiceFilter(label=_("Campaign"), queryset=Campaign.objects.all())
    slot = ChoiceFilter(label=_("Placement"), choices=Slot.choices)

    class Meta:
        model = AdFigures
        fields: ClassVar[list[str]] = []


class RateColumn(Column):
    """A percentage; a dash where nothing was seen."""

    def get_value(self, instance: Any) -> str:
        rate = super().get_value(instance)
        return "–" if rate is None else f"{number_format(rate, 2)} %"


def _figures(sortable: bool) -> list[Column]:
    return [
        NumberColumn("impressions", label=_("Impressions"), sort_key="impressions" if sortable else None),
        NumberColumn("clicks", label=_("Clicks"), sort_key="clicks" if sortable else None),
        RateColumn("click_rate", label=_("Click rate")),
    ]


@dataclass(frozen=True)
class Total:
    """The sums of a campaign, or of one of its creatives."""

    what: str
    impressions: int
    clicks: int

    @property
    def click_rate(self) -> float | None:
        """Clicks per hundred impressions."""
        return click_rate(self.impressions, self.clicks)


class AdFiguresView(DaysReportView):
    """Every day of every creative, the newest first, under the totals of what is shown; for sales."""

    model = AdFigures
    permission_policy = ModelPermissionPolicy(Campaign)
    permission_required = "change"
    page_title = _("Ad figures")
    header_icon = "tag"
    index_url_name = "ad_figures"
    index_results_url_name = "ad_figures_results"
    filterset_class = AdFiguresFilterSet
    default_ordering = ("-day", "campaign__advertiser", "campaign__name", "slot", "pk")
    columns: ClassVar[list[Column]] = [
        DayColumn("day", label=_("Day"), sort_key="day"),
        Column("campaign", label=_("Campaign"), sort_key="campaign__advertiser"),
        Column("get_slot_display", label=_("Placement"), sort_key="slot"),
        Column("label", label=_("Creative"), sort_key="label"),
        *_figures(sortable=True),
    ]
    list_export: ClassVar[list[str]] = [
        "day",
        "campaign.advertiser",
        "campaign.name",
        "get_slot_display",
        "label",
        "impressions",
        "clicks",
        "click_rate",
    ]
    export_headings: ClassVar[dict[str, Any]] = {
        "campaign.advertiser": _("Advertiser"),
        "campaign.name": _("Campaign"),
        "get_slot_display": _("Placement"),
        "click_rate": _("Click rate (%)"),
    }
    export_filename = "publicite"

    def get_base_queryset(self) -> QuerySet:
        return AdFigures.objects.filter(**self.within_days("day")).select_related("campaign")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "totals": self._totals()}

    def _totals(self) -> Table | None:
        """One row a campaign, or of one campaign one a creative, and the sum of them all."""
        figures = self.get_filtered_queryset().order_by()
        if self.filters.is_valid() and self.filters.form.cleaned_data["campaign"]:
            slots = dict(Slot.choices)
            named = [(f"{slots[row['slot']]} – {row['label']}", row) for row in _sums(figures, "slot", "label")]
        else:
            names = ("campaign__advertiser", "campaign__name")
            named = [(" – ".join(row[name] for name in names), row) for row in _sums(figures, *names)]
        rows = [Total(name, row["seen"], row["clicked"]) for name, row in named]
        if not rows:
            return None
        total = Total(gettext("Total"), sum(row.impressions for row in rows), sum(row.clicks for row in rows))
        return Table([Column("what", label=_("Total")), *_figures(sortable=False)], [*rows, total])


def _sums(figures: QuerySet, *names: str) -> QuerySet:
    return figures.values(*names).annotate(seen=Sum("impressions"), clicked=Sum("clicks")).order_by(*names)
