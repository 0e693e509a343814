"""The newsletter's addresses in the admin: nobody writes them, somebody must look after them."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin, modeladmin_register

from aminata24.newsletter.models import Subscriber


class ConfirmedFilter(SimpleListFilter):
    """Addresses whose owners confirmed them, or the others."""

    title = _("confirmed")
    parameter_name = "confirmed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Yes")), ("no", _("No"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() is None:
            return queryset
        return queryset.filter(confirmed_at__isnull=self.value() == "no")


class LookAndDelete(PermissionHelper):
    """Addresses come from their owners: here they are neither made nor changed."""

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Subscriber) -> bool:
        return False


@modeladmin_register
class SubscriberAdmin(ModelAdmin):
    """A list to search, export and delete from."""

    model = Subscriber
    menu_label = _("Newsletter")
    menu_icon = "mail"
    menu_order = 230
    list_display = ("email", "created_at", "confirmed_at")
    list_filter = (ConfirmedFilter,)
    search_fields = ("email",)
    list_export = ("email", "created_at", "confirmed_at", "unsubscribe_link")
    export_filename = "newsletter"
    permission_helper_class = LookAndDelete
    history_view_enabled = False
