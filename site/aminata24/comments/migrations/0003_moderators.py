"""
What moderators may do: decide on comments and delete them, ban and let in again, change the rules for comments.

The groups come from the readers app; undone, they may again what that gave them.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import migrations

GROUPS = ("Moderators", "Editors-in-chief")
# As "app.model: actions"; to change a comment is to decide on it, its text nobody changes.
GRANTS = (
    "comments.comment: view change delete",
    "comments.ban: view add change delete",
    "comments.commentsettings: change",
)


def grant(apps: Any, schema_editor: Any) -> None:
    """Let the groups moderate."""
    for group in apps.get_model("auth.Group").objects.filter(name__in=GROUPS):
        group.permissions.add(*_permissions(apps))


def revoke(apps: Any, schema_editor: Any) -> None:
    """Take it from them again."""
    for group in apps.get_model("auth.Group").objects.filter(name__in=GROUPS):
        group.permissions.remove(*_permissions(apps))


def _permissions(apps: Any) -> Iterator[Any]:
    """The permissions of the grants; Django makes its own only after the last migration."""
    for given in GRANTS:
        label, actions = given.split(":")
        options = apps.get_model(label)._meta
        content_type, _created = apps.get_model("contenttypes.ContentType").objects.get_or_create(
            app_label=options.app_label, model=options.model_name
        )
        for action in actions.split():
            permission, _created = apps.get_model("auth.Permission").objects.get_or_create(
                content_type=content_type,
                codename=f"{action}_{options.model_name}",
                defaults={"name": f"Can {action} {options.verbose_name}"},
            )
            yield permission


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0002_digest"),
        ("readers", "0002_roles_and_workflow"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(grant, revoke)]
