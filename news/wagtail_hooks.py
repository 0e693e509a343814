"""The newsroom's part of the page editor: the ticker, authors and topics, the desk of live coverage."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, LiveStatusTagColumn
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from news.alerts import views as alerts
from news.alerts.panels import AlertMenuItem, AlertPanel
from news.desk.permissions import may_open
from news.desk.urls import urlpatterns as desk_urls
from news.models import Author, BreakingNews, Topic
from news.newsroom import hooks as newsroom_hooks  # noqa: F401
from news.planning.panel import ToPublishPanel
from news.planning.views import PlanningView, may_see_planning
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


class PlanningMenuItem(MenuItem):
    """Shown to those who have to do with pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_planning(request.user)


@hooks.register("register_admin_urls")
def planning_url() -> list[Any]:
    """The calendar's address."""
    return [path("planning/", PlanningView.as_view(), name="planning")]


@hooks.register("register_admin_menu_item")
def planning_in_menu() -> MenuItem:
    """The calendar, below the pages."""
    return PlanningMenuItem(_("Planning"), reverse("planning"), name="planning", icon_name="calendar", order=150)


@hooks.register("construct_homepage_panels")
def to_publish_on_home(request: HttpRequest, panels: list[Any]) -> None:
    """Show what goes live next."""
    panels.append(ToPublishPanel())


# After Wagtail's own, which it replaces.
@hooks.register("register_rich_text_features", order=1)
def link_to_public_pages_only(features: FeatureRegistry) -> None:
    """Print the links that readers can follow."""
    features.register_link_type(PublicPageLinkHandler)


class DeskMenuItem(MenuItem):
    """The way to the desk, for those who write."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_open(request.user)


@hooks.register("register_admin_menu_item")
def add_desk_to_menu() -> MenuItem:
    """« Direct » in the main menu."""
    return DeskMenuItem(_("Live desk"), reverse("live_desks"), name="live-desk", icon_name="media", order=205)


@hooks.register("register_admin_urls")
def add_desk_urls() -> list[URLPattern]:
    """The desk at /admin/direct/."""
    return desk_urls


@hooks.register("register_log_actions")
def note_what_the_desk_does(actions: LogActionRegistry) -> None:
    """Lines of the coverage's history."""
    actions.register_action("news.live.close", _("Close live coverage"), _("Live coverage closed"))
    actions.register_action("news.live.reopen", _("Open live coverage again"), _("Live coverage opened again"))
    for name, label, message in [
        ("create", _("Write entry"), _("Entry written: “%(title)s”")),
        ("edit", _("Change entry"), _("Entry changed: “%(title)s”")),
        ("publish", _("Publish entry"), _("Entry published: “%(title)s”")),
        ("withdraw", _("Withdraw entry"), _("Entry withdrawn: “%(title)s”")),
        ("restore", _("Restore entry"), _("Entry restored: “%(title)s”")),
        ("pin", _("Pin entry"), _("Entry pinned: “%(title)s”")),
        ("unpin", _("Unpin entry"), _("Entry no longer pinned: “%(title)s”")),
        ("essential", _("Mark entry as essential"), _("Entry marked as essential: “%(title)s”")),
        ("ordinary", _("Unmark essential entry"), _("Entry no longer essential: “%(title)s”")),
        ("discard", _("Discard draft entry"), _("Draft entry thrown away: “%(title)s”")),
    ]:
        actions.register_action(f"news.live.entry.{name}")(_entry_formatter(label, message))


def _entry_formatter(label: Any, message: Any) -> type[LogFormatter]:
    def format_message(self: LogFormatter, log_entry: Any) -> str:
        return message % {"title": log_entry.data.get("title", "")}

    return type("EntryFormatter", (LogFormatter,), {"label": label, "format_message": format_message})
