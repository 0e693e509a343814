"""Notices what is changed about accounts, roles and permissions, and keeps entries as they were written."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from wagtail.models import GroupCollectionPermission, GroupPagePermission, ModelLogEntry, PageLogEntry

from aminata24.journal.actions import ACCOUNT, PASSWORD, PERMISSIONS, ROLES, SECOND_FACTOR, note, who
from aminata24.readers.models import User

# What matters about an account.
WATCHED = ("email", "is_active", "is_superuser", "password")


def remember_account(sender: type[User], instance: User, update_fields: Any = None, **kwargs: Any) -> None:
    """Before a user is saved: how they were, unless nothing that matters is written."""
    is_watched = update_fields is None or set(update_fields) & set(WATCHED)
    before = User.objects.filter(pk=instance.pk).values(*WATCHED).first() if instance.pk and is_watched else None
    instance._before = before if is_watched else {}  # type: ignore[attr-defined]


def note_account(sender: type[User], instance: User, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """After a user was saved: what is different."""
    before = instance._before  # type: ignore[attr-defined]
    if raw or before == {}:
        return
    if created or before is None:
        # New accounts of the newsroom stand in Wagtail's log; readers' are no matter of the journal.
        if instance.is_superuser:
            note(instance, ACCOUNT, **{"+": "administrator"})
        return
    changes = {
        "active:": _yes_or_no(instance.is_active, before["is_active"]),
        "administrator:": _yes_or_no(instance.is_superuser, before["is_superuser"]),
        "address:": before["email"] != instance.email and f"{before['email']} → {instance.email}",
    }
    # Readers' own changes are theirs.
    if any(changes.values()) and (who() or instance.is_newsroom):
        note(instance, ACCOUNT, **changes)
    if before["password"] != instance.password and who() and who().pk != instance.pk:
        note(instance, PASSWORD)


def _yes_or_no(now: bool, before: bool) -> str:
    return "" if now == before else "yes" if now else "no"


def note_roles(sender: Any, instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any) -> None:
    """Users were put into groups, or taken out of them, from either side."""
    sign = {"post_add": "+", "post_remove": "−", "pre_clear": "−"}.get(action)
    if sign is None:
        return
    if reverse:
        users = instance.user_set.all() if pk_set is None else User.objects.filter(pk__in=pk_set)
        for user in users:
            note(user, ROLES, **{sign: instance.name})
    else:
        groups = instance.groups.all() if pk_set is None else Group.objects.filter(pk__in=pk_set)
        if names := ", ".join(group.name for group in groups):
            note(instance, ROLES, **{sign: names})


def note_permissions(sender: Any, instance: Any, action: str, reverse: bool, model: Any, **kwargs: Any) -> None:
    """Permissions were given to a group or a user, or taken away."""
    sign = {"post_add": "+", "post_remove": "−", "pre_clear": "−"}.get(action)
    if sign is None or reverse:
        return
    keys = kwargs["pk_set"]
    permissions = (
        model.objects.filter(pk__in=keys)
        if keys is not None
        else (instance.permissions if isinstance(instance, Group) else instance.user_permissions).all()
    )
    if names := ", ".join(f"{permission.content_type.app_label}.{permission.codename}" for permission in permissions):
        note(instance, PERMISSIONS, **{sign: names})


def note_given(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """A group may do something on a page or in a collection and what is below it."""
    if not raw:
        note(instance.group, PERMISSIONS, **{"+": _place(instance)})


def note_taken(sender: Any, instance: Any, **kwargs: Any) -> None:
    """It no longer may."""
    # With a group goes all that it may.
    if Group.objects.filter(pk=instance.group_id).exists():
        note(instance.group, PERMISSIONS, **{"−": _place(instance)})


def _place(instance: Any) -> str:
    where = instance.page if isinstance(instance, GroupPagePermission) else instance.collection
    return f"{instance.permission.codename} ({where})"


def note_factor(sender: Any, instance: Authenticator, **kwargs: Any) -> None:
    """A member of the newsroom set up an authenticator app or a passkey, or it was taken away."""
    is_new = kwargs.get("created")
    # Else it was only used.
    if is_new is False or kwargs.get("raw"):
        return
    user = User.objects.filter(pk=instance.user_id).first()
    if user and user.is_newsroom:
        note(user, SECOND_FACTOR, **{"+" if is_new else "−": instance.type})


def refuse(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """What is written in the journal is neither changed nor deleted."""
    if "update_fields" in kwargs and instance._state.adding:
        return
    raise PermissionDenied("The journal is only added to.")


def connect() -> None:
    """Called once, when the app is ready."""
    pre_save.connect(remember_account, sender=User)
    post_save.connect(note_account, sender=User)
    m2m_changed.connect(note_roles, sender=User.groups.through)
    for through in (Group.permissions.through, User.user_permissions.through):
        m2m_changed.connect(note_permissions, sender=through)
    for model in (GroupPagePermission, GroupCollectionPermission):
        post_save.connect(note_given, sender=model)
        post_delete.connect(note_taken, sender=model)
    post_save.connect(note_factor, sender=Authenticator)
    post_delete.connect(note_factor, sender=Authenticator)
    for entry in (ModelLogEntry, PageLogEntry):
        pre_save.connect(refuse, sender=entry)
        pre_delete.connect(refuse, sender=entry)
