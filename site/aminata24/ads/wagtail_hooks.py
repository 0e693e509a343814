"""Advertising's part of the page editor: campaigns, the placements they are shown in, and what came of them."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, LiveStatusTagColumn
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from aminata24.ads.models import Campaign, Placement
from aminata24.ads.reports import AdFiguresView


class CampaignViewSet(SnippetViewSet):
    """What advertisers bought, the newest first."""

    model = Campaign
    icon = "calendar"
    menu_label = _("Campaigns")
    list_display = [
        "advertiser",
        "name",
        DateColumn("starts_at", label=_("Starts"), sort_key="starts_at"),
        DateColumn("ends_at", label=_("Ends"), sort_key="ends_at"),
        Column("weight", label=_("Weight"), sort_key="weight"),
        LiveStatusTagColumn(),
    ]
    list_filter = ["live"]
    inspect_view_enabled = True


class PlacementViewSet(SnippetViewSet):
    """The places that can be sold."""

    model = Placement
    icon = "placeholder"
    menu_label = _("Placements")
    list_display = [
        Column("get_slot_display", label=_("Slot"), sort_key="slot"),
        "width",
        "height",
        BooleanColumn("is_open", label=_("Shown"), sort_key="is_open"),
    ]
    # A slot has one placement, so there is nothing to copy it to.
    copy_view_enabled = False


class AdvertisingGroup(SnippetViewSetGroup):
    """One entry of the main menu for the sales team."""

    menu_label = _("Advertising")
    menu_name = "advertising"
    menu_icon = "tag"
    menu_order = 220
    items = (CampaignViewSet, PlacementViewSet)


register_snippet(AdvertisingGroup)


class AdFiguresMenuItem(MenuItem):
    """Shown to those who may see the report."""

    def is_shown(self, request: HttpRequest) -> bool:
        return AdFiguresView.permission_policy.user_has_permission(request.user, AdFiguresView.permission_required)


@hooks.register("register_admin_urls")
def register_report() -> list[URLPattern]:
    """The report's addresses."""
    return [
        path("reports/ads/", AdFiguresView.as_view(), name="ad_figures"),
        path("reports/ads/results/", AdFiguresView.as_view(results_only=True), name="ad_figures_results"),
    ]


@hooks.register("register_reports_menu_item")
def register_menu_item() -> MenuItem:
    """One entry « Ad figures » among the reports."""
    return AdFiguresMenuItem(_("Ad figures"), reverse("ad_figures"), name="ad-figures", icon_name="tag", order=1210)


@hooks.register("register_snippet_listing_buttons")
def add_figures_button(snippet: Any, user: AbstractBaseUser, next_url: str | None = None) -> Iterator[Button]:
    """From a campaign to its figures."""
    if isinstance(snippet, Campaign):
        yield Button(_("Figures"), f"{reverse('ad_figures')}?campaign={snippet.pk}", icon_name="table", priority=15)
