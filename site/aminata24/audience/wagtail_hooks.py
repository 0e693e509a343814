"""The newsroom's side: the report of what was read most."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import policy_registry

from aminata24.audience.reports import MostReadView
from news.models import ArticlePage


class MostReadMenuItem(MenuItem):
    """Shown to those who may see the report."""

    def is_shown(self, request: HttpRequest) -> bool:
        policy = policy_registry.get_by_type(ArticlePage)
        return policy.user_has_permission(request.user, MostReadView.permission_required)


@hooks.register("register_admin_urls")
def register_report() -> list[URLPattern]:
    """The report's addresses."""
    return [
        path("reports/most-read/", MostReadView.as_view(), name="most_read_report"),
        path("reports/most-read/results/", MostReadView.as_view(results_only=True), name="most_read_report_results"),
    ]


@hooks.register("register_reports_menu_item")
def register_menu_item() -> MenuItem:
    """One entry « Most read » among the reports."""
    return MostReadMenuItem(
        _("Most read"), reverse("most_read_report"), name="most-read", icon_name="list-ol", order=1200
    )
