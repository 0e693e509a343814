"""The desk as wagtail-modeladmin knows it: its lists, who may use them, its entry in the menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import SubMenuItem
from wagtail_modeladmin.helpers import AdminURLHelper, PermissionHelper
from wagtail_modeladmin.menus import GroupMenuItem
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup

from aminata24.comments.desk import bans, filters, views
from aminata24.comments.models import Ban, Comment

# The figure in the menu is counted on every screen of the page editor, so only so far.
MANY = 100
STYLES = ["css/admin/moderation.css", "css/admin/moderated_comment.css"]


class NumberedURLs(AdminURLHelper):
    """Addresses of things that have a number; wagtail-modeladmin looks for any word, and fails."""

    def _get_object_specific_action_url_pattern(self, action: str) -> str:
        return rf"^{self.base_url_path}/{action}/(?P<instance_pk>[0-9]{{1,18}})/$"


class Moderators(PermissionHelper):
    """A reader's comment is decided on, never made or changed; `change` is the right to decide."""

    def user_can_list(self, user: Any) -> bool:
        return self.user_has_specific_permission(user, self.get_perm_codename("view"))

    def user_can_inspect_obj(self, user: Any, obj: Comment) -> bool:
        return self.user_can_list(user)

    def user_can_decide(self, user: Any) -> bool:
        """Whether somebody may approve, reject, answer and so on."""
        return self.user_has_specific_permission(user, self.get_perm_codename("change"))

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Comment) -> bool:
        return False


class CommentAdmin(ModelAdmin):
    """The queue, and every comment that was ever decided on."""

    model = Comment
    menu_label = _("Moderation")
    menu_icon = "comment"
    permission_helper_class = Moderators
    url_helper_class = NumberedURLs
    list_filter = (
        filters.StatusFilter,
        filters.ReportedFilter,
        filters.AuthorFilter,
        filters.SectionFilter,
        filters.PeriodFilter,
        filters.OrderFilter,
    )
    search_handler_class = filters.Search
    search_fields = ("text", "name", "email")
    index_view_class = views.QueueView
    inspect_view_enabled = True
    inspect_view_class = views.CommentView
    history_view_class = views.DeskHistoryView
    delete_view_class = views.CommentDeleteView
    index_view_extra_css = STYLES
    inspect_view_extra_css = STYLES

    def register_indexing(self) -> None:
        """No reference index: what a comment belongs to is known, and a reader's comment isn't to wait for it."""


class BanKeepers(PermissionHelper):
    """Bans are seen by those who may see them, not by whoever may do anything to them."""

    def user_can_list(self, user: Any) -> bool:
        return self.user_has_specific_permission(user, self.get_perm_codename("view"))


class BanAdmin(ModelAdmin):
    """Who is kept out, and why."""

    model = Ban
    permission_helper_class = BanKeepers
    url_helper_class = NumberedURLs
    menu_icon = "no-view"
    list_select_related = ("reader", "banned_by")
    list_per_page = 50
    search_fields = ("email", "reader__email", "reason")
    index_view_class = bans.BanListView
    create_view_class = bans.BanCreateView
    edit_view_class = bans.BanEditView
    history_view_class = views.DeskHistoryView
    delete_view_class = bans.BanLiftView
    index_view_extra_css = STYLES

    def register_indexing(self) -> None:
        """No reference index either."""


class RulesMenuItem(MenuItem):
    """The publisher's rules, for those who may change them."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("comments.change_commentsettings")


class WaitingMenuItem(GroupMenuItem):
    """The desk's entry in the menu, with the number of comments that wait."""

    def render_component(self, request: HttpRequest) -> SubMenuItem:
        component = super().render_component(request)
        if waiting := Comment.objects.waiting()[:MANY].count():
            figure = str(waiting) if waiting < MANY else f"{MANY - 1}+"
            spoken = _("%(label)s, %(count)s waiting") % {"label": self.label, "count": figure}
            component.attrs = {"data-comments-waiting": figure, "aria-label": spoken}
        return component


class DeskGroup(ModelAdminGroup):
    """One entry of the main menu for all that moderators need."""

    menu_label = _("Comments")
    menu_item_name = "moderation"
    menu_icon = "comment"
    menu_order = 215
    items = (CommentAdmin, BanAdmin)

    def get_menu_item(self) -> WaitingMenuItem:
        return WaitingMenuItem(self, self.get_menu_order(), super().get_menu_item().menu)

    def get_submenu_items(self) -> list[MenuItem]:
        rules = reverse("wagtailsettings:edit", args=["comments", "commentsettings"])
        return [*super().get_submenu_items(), RulesMenuItem(_("Rules"), rules, icon_name="cog", order=10)]
