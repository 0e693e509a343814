"""What the admin asks before many users are changed at once, and where its users change their passwords."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks

from aminata24.readers.models import User


@hooks.register("before_bulk_action")
def guard_administrators(request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any) -> None:
    """Only an administrator changes an administrator, here as on the screen of a single user."""
    if request.user.is_superuser:
        return
    if any(isinstance(thing, User) and thing.is_superuser for thing in objects):
        raise PermissionDenied


@hooks.register("register_account_menu_item")
def own_account(request: HttpRequest) -> dict[str, str]:
    """A button on one's own screen of settings."""
    return {
        "url": reverse("account"),
        "label": _("My account"),
        "help_text": _("Password, address, second factor, devices."),
    }
