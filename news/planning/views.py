"""The calendar in the admin."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail.permissions import policy_registry

from news.planning.calendar import Calendar, CalendarForm, View
from news.planning.entries import Status


def may_see_planning(user: Any) -> bool:
    """
    Whether a user has anything to do with pages.

    All of these see everything that is planned, as they do in the page explorer; they get to the editor
    of what they may edit, a reporter to that of their own stories.
    """
    return policy_registry.get_by_type(Page).user_has_any_permission(user, {"add", "change", "publish"})


class PlanningView(WagtailAdminTemplateMixin, TemplateView):
    """`/admin/planning/?view=week&date=2026-10-05&section=7`."""

    template_name = "news/admin/planning.html"
    page_title = _("Planning")
    header_icon = "calendar"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_see_planning(request.user):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": reverse("planning"), "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = CalendarForm(self.request.GET)
        form.is_valid()
        asked_for = form.cleaned_data
        calendar = Calendar(
            view=View(asked_for.get("view") or View.MONTH),
            day=asked_for.get("date") or timezone.localdate(),
            section=asked_for.get("section"),
        )
        return {
            **super().get_context_data(**kwargs),
            "form": form,
            "calendar": calendar,
            "days": calendar.days(self.request.user),
            "today": timezone.localdate(),
            "views": View,
            "statuses": Status,
        }
