"""Advertising's part of the page editor: campaigns and the placements they are shown in."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, LiveStatusTagColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from aminata24.ads.models import Campaign, Placement


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
