"""Where an alert starts: the admin's home page, and the editor of an article that readers can open."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.ui.components import Component

from news.alerts.forms import AlertForm
from news.alerts.views import PERMISSION
from news.models import ArticlePage, BreakingNews


class AlertPanel(Component):
    """The alert form on the home page, with what is on the ticker now."""

    name = "alert"
    template_name = "news/admin/alert_panel.html"
    order = 90

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        request = parent_context["request"]
        if not request.user.has_perm(PERMISSION):
            return {}
        return {
            "request": request,
            "csrf_token": parent_context["csrf_token"],
            "form": AlertForm(),
            "lines": BreakingNews.objects.running(),
        }


class AlertMenuItem(ActionMenuItem):
    """« Alerte » among the actions below a live article."""

    name = "action-alert"
    label = _("Alert")
    icon_name = "warning"
    template_name = "news/admin/alert_menu_item.html"

    def is_shown(self, context: Mapping[str, Any]) -> bool:
        page = context.get("page")
        return isinstance(page, ArticlePage) and page.live and context["request"].user.has_perm(PERMISSION)

    def get_url(self, parent_context: Mapping[str, Any]) -> str:
        return f"{reverse('news_alert')}?page={parent_context['page'].pk}"
