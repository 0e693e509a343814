"""The journal as a report, for those who look after the newsroom's accounts."""

from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Collection, Site

from aminata24.journal import actions
from aminata24.readers.models import User


def may_read(request: HttpRequest) -> bool:
    """Whoever manages users."""
    return request.user.has_perm("readers.change_user")


class JournalView(LogEntriesView):
    """Wagtail's site history, less what is only writing."""

    page_title = _("Journal")
    header_icon = "lock"
    index_url_name = "journal"
    index_results_url_name = "journal_results"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_read(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        models = ContentType.objects.get_for_models(User, Group, Site, Collection, *settings_registry)
        governing = [content_type.pk for content_type in models.values()]
        return super().filter_queryset(queryset.filter(actions.is_of_interest(governing)))


class JournalMenuItem(MenuItem):
    """The report's place in the menu."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_read(request)


@hooks.register("register_log_actions")
def register_log_actions(registry: LogActionRegistry) -> None:
    """What our entries are called."""
    actions.register(registry)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """The report, and its table alone."""
    return [
        path("reports/journal/", JournalView.as_view(), name="journal"),
        path("reports/journal/results/", JournalView.as_view(results_only=True), name="journal_results"),
    ]


@hooks.register("register_reports_menu_item")
def register_menu_item() -> MenuItem:
    """Reports → Journal."""
    return JournalMenuItem(_("Journal"), reverse("journal"), name="journal", icon_name="lock", order=900)
