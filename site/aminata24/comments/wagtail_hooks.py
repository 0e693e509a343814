"""The desk's place in the page editor: menu, home page, history, and each moderator's choice of mail."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab
from wagtail.admin.widgets import SwitchInput
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail_modeladmin.options import modeladmin_register

from aminata24.comments import moderation
from aminata24.comments.desk.admin import DeskGroup
from aminata24.comments.desk.decide import decide
from aminata24.comments.models import Comment, ModeratorPreferences, Status

MAY_DECIDE = "comments.change_comment"

modeladmin_register(DeskGroup)


@hooks.register("register_admin_urls")
def register_decide_url() -> list[URLPattern]:
    """Where the desk's buttons send to."""
    return [path("comments/comment/decide/", decide, name="moderation_decide")]


@hooks.register("insert_global_admin_css")
def show_figure_in_menu() -> str:
    """The menu is on every screen."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/moderation_badge.css"))


class WaitingSummaryItem(SummaryItem):
    """How many comments wait, on the page editor's home page."""

    order = 50
    template_name = "comments/desk/summary.html"

    def is_shown(self) -> bool:
        return self.request.user.has_perm(MAY_DECIDE)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"waiting": Comment.objects.waiting().count()}


@hooks.register("construct_homepage_summary_items")
def add_waiting_item(request: HttpRequest, items: list[SummaryItem]) -> None:
    """First of all what somebody has to look at."""
    items.append(WaitingSummaryItem(request))


class DigestForm(forms.ModelForm):
    """Yes or no to the digest."""

    class Meta:
        model = ModeratorPreferences
        fields = ["wants_digest"]
        widgets = {"wants_digest": SwitchInput()}


@hooks.register("register_account_settings_panel")
class DigestPanel(BaseSettingsPanel):
    """In each moderator's account: whether to get the digest."""

    name = "comments"
    title = _("Comments")
    tab = notifications_tab
    order = 200

    def is_active(self) -> bool:
        return self.user.has_perm(MAY_DECIDE)

    def get_form(self) -> DigestForm:
        preferences = ModeratorPreferences.objects.filter(user=self.user).first()
        return DigestForm(
            self.request.POST if self.request.method == "POST" else None,
            prefix=self.name,
            instance=preferences or ModeratorPreferences(user=self.user),
        )


class ReasonedFormatter(LogFormatter):
    """What was done, and why if somebody said so."""

    def format_message(self, log_entry: Any) -> str:
        reason = log_entry.data.get("reason")
        return f"{self.message} – {reason}" if reason else self.message


class UndoFormatter(LogFormatter):
    """A decision taken back, with where it left the comment."""

    label = _("Take a decision back")

    def format_message(self, log_entry: Any) -> str:
        status = Status(log_entry.data["became"]).label
        return _("Decision taken back: %(status)s") % {"status": status}


def _formatter(label: Any, message: Any) -> type[LogFormatter]:
    return type("Formatter", (ReasonedFormatter,), {"label": label, "message": message})


@hooks.register("register_log_actions")
def register_moderation_actions(actions: LogActionRegistry) -> None:
    """The words of Wagtail's history for what moderators do."""
    words: dict[str, tuple[Any, Any]] = {
        moderation.ACTIONS[Status.APPROVED]: (_("Publish a comment"), _("Published")),
        moderation.ACTIONS[Status.REJECTED]: (_("Reject a comment"), _("Rejected")),
        moderation.ACTIONS[Status.SPAM]: (_("Mark a comment as spam"), _("Marked as spam")),
        moderation.ACTIONS[Status.PENDING]: (_("Put a comment back into the queue"), _("Put back into the queue")),
        moderation.REPLY: (_("Answer a comment"), _("Written as the newsroom’s answer")),
        moderation.BAN: (_("Ban a person"), _("Person banned")),
        moderation.LIFT: (_("Lift a ban"), _("Ban lifted")),
    }
    register: Callable[[str], Callable[[type], None]] = actions.register_action
    for action, (label, message) in words.items():
        register(action)(_formatter(label, message))
    register(moderation.UNDO)(UndoFormatter)
