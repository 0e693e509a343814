"""What the journal writes down beside Wagtail's own entries, in words."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, LogFormatter, get_active_log_context, log

ROLES = "aminata24.roles"
PERMISSIONS = "aminata24.permissions"
ACCOUNT = "aminata24.account"
PASSWORD = "aminata24.password"
SECOND_FACTOR = "aminata24.second_factor"

LABELS = {
    ROLES: _("Roles changed"),
    PERMISSIONS: _("Permissions changed"),
    ACCOUNT: _("Account changed"),
    PASSWORD: _("Password set by somebody else"),
    SECOND_FACTOR: _("Second factor changed"),
}
# Of Wagtail's own entries: what readers see or no longer see, whatever it is …
PUBLISHING = [
    *("wagtail.publish", "wagtail.publish.schedule", "wagtail.publish.scheduled", "wagtail.schedule.cancel"),
    *("wagtail.unpublish", "wagtail.unpublish.scheduled", "wagtail.delete", "wagtail.move", "wagtail.revert"),
    *("wagtail.view_restriction.create", "wagtail.view_restriction.edit", "wagtail.view_restriction.delete"),
    *("wagtail.apitoken.create", "wagtail.apitoken.revoke"),
]


def is_of_interest(governing: list[int]) -> Q:
    """Which entries the journal shows; of the content types `governing` every one."""
    return Q(action__startswith="aminata24.") | Q(action__in=PUBLISHING) | Q(content_type__in=governing)


def note(instance: Any, action: str, **changes: Any) -> None:
    """Write an entry about a user or a group, by whoever is at work in the admin, if anybody."""
    log(instance, action, data={"changes": [f"{name} {value}" for name, value in changes.items() if value]})


def who() -> Any:
    """Who is at work in the admin; None in a shell, on the reader's side, in the worker."""
    return get_active_log_context().user


class ChangesFormatter(LogFormatter):
    """An entry that says what was added and what was taken away."""

    def format_message(self, log_entry: Any) -> str:
        return " ".join([str(self.label), "; ".join(log_entry.data.get("changes", []))])


def register(actions: LogActionRegistry) -> None:
    """Tell Wagtail what our entries are called."""
    for action, label in LABELS.items():
        formatter = type("Formatter", (ChangesFormatter,), {"label": label})
        actions.register_action(action)(formatter)  # type: ignore[misc]
