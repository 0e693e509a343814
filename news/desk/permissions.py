"""Who may do what at the desk."""

from typing import Any

from wagtail.permissions import policy_registry

from news.models import LiveCoveragePage, LiveEntry
from news.models.live_entry import Status


def may_open(user: Any) -> bool:
    """Whether there may be any desk for somebody: who writes pages, or publishes them."""
    return policy_registry.get_by_type(LiveCoveragePage).user_has_any_permission(user, {"add", "change", "publish"})


def may_write(user: Any, coverage: LiveCoveragePage) -> bool:
    """Whether somebody may write entries: whoever may add pages here; a reporter's stay drafts."""
    if user.is_superuser:
        return True
    return bool({"add", "change", "publish"} & coverage.permissions_for_user(user).permissions)


def may_publish(user: Any, coverage: LiveCoveragePage) -> bool:
    """Whether somebody may put entries before readers, and change or withdraw what is there."""
    return coverage.permissions_for_user(user).can_publish()


def may_edit(user: Any, entry: LiveEntry) -> bool:
    """Whether somebody may change an entry: a reporter the own drafts, who publishes any."""
    if may_publish(user, entry.coverage):
        return True
    return entry.status == Status.DRAFT and entry.created_by_id == user.pk and may_write(user, entry.coverage)
