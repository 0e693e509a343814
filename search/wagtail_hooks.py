"""The newsroom's side: the report of search terms, for everyone who may promote results."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import permission_denied
from wagtail.admin.menu import MenuItem
from wagtail.contrib.search_promotions.views.reports import SearchTermsReportView

MAY_PROMOTE = "wagtailsearchpromotions.change_searchpromotion"


class SearchTermsView(SearchTermsReportView):
    """Wagtail's report, which it shows to superusers only, for editors too."""

    index_url_name = "search_terms"
    index_results_url_name = "search_terms_results"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(MAY_PROMOTE):
            return permission_denied(request)
        return super(SearchTermsReportView, self).dispatch(request, *args, **kwargs)


class SearchTermsMenuItem(MenuItem):
    """Shown to those who may see the report."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MAY_PROMOTE)


@hooks.register("register_admin_urls")
def register_search_terms_urls() -> list[URLPattern]:
    """The report's addresses."""
    return [
        path("reports/search-terms/", SearchTermsView.as_view(), name="search_terms"),
        path("reports/search-terms/results/", SearchTermsView.as_view(results_only=True), name="search_terms_results"),
    ]


@hooks.register("construct_reports_menu")
def replace_search_terms_item(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """One entry « Search terms », ours."""
    menu_items[:] = [item for item in menu_items if item.name != "search-terms"]
    item = SearchTermsMenuItem(
        _("Search terms"), reverse("search_terms"), name="search-terms", icon_name="search", order=1300
    )
    if item.is_shown(request):
        menu_items.append(item)
