"""The newsroom's part of the page editor: the ticker, authors and topics."""

from typing import Any

from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.ui.tables import Column, DateColumn, LiveStatusTagColumn
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from news.alerts import views as alerts
from news.alerts.panels import AlertMenuItem, AlertPanel
from news.desk import hooks as desk_hooks  # noqa: F401
from news.models import Author, BreakingNews, Topic
from news.rich_text import PublicPageLinkHandler


class BreakingNewsViewSet(SnippetViewSet):
    """The lines of the ticker, in the ticker's order."""

    model = BreakingNews
    menu_label = _("Ticker")
    icon = "warning"
    ordering = ["sort_order", "-pk"]
    list_display = [
        "text",
        Column("link", label=_("Leads to")),
        DateColumn("shown_from", label=_("Starts"), sort_key="shown_from"),
        DateColumn("shown_until", label=_("Ends"), sort_key="shown_until"),
        Column("sort_order", label=_("Order"), sort_key="sort_order"),
        LiveStatusTagColumn(),
    ]
    list_filter = ["live"]
    copy_view_enabled = True


class AuthorViewSet(SnippetViewSet):
    """Everyone who signs articles."""

    model = Author
    icon = "user"
    list_display = ["name", "role", Column("user", label=_("Account"))]
    list_per_page = 50
    inspect_view_enabled = True


class TopicViewSet(SnippetViewSet):
    """What articles are about."""

    model = Topic
    icon = "tag"
    list_display = ["name", Column("get_absolute_url", label=_("Address"))]
    list_per_page = 50
    # A copy would be a second topic of the same name.
    copy_view_enabled = False


class NewsroomGroup(SnippetViewSetGroup):
    """One entry of the main menu for what the newsroom keeps beside its pages."""

    menu_label = _("Newsroom")
    menu_name = "newsroom"
    menu_icon = "edit"
    menu_order = 210
    items = (BreakingNewsViewSet, AuthorViewSet, TopicViewSet)


register_snippet(NewsroomGroup)


@hooks.register("register_admin_urls")
def alert_urls() -> list[Any]:
    """Where alerts are raised and taken off."""
    return [
        path("alerte/", alerts.alert, name="news_alert"),
        path("alerte/<int:key>/retirer/", alerts.take_off, name="news_alert_take_off"),
    ]


@hooks.register("construct_homepage_panels")
def alert_on_home(request: HttpRequest, panels: list[Any]) -> None:
    """Let editors raise an alert from the home page."""
    panels.append(AlertPanel())


@hooks.register("register_page_action_menu_item")
def alert_in_editor() -> ActionMenuItem:
    """Let editors raise an alert from an article."""
    return AlertMenuItem(order=200)


# After Wagtail's own, which it replaces.
@hooks.register("register_rich_text_features", order=1)
def link_to_public_pages_only(features: FeatureRegistry) -> None:
    """Print the links that readers can follow."""
    features.register_link_type(PublicPageLinkHandler)
