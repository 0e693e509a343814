"""Everybody who has an account by now was given it by the house: their addresses need no confirmation."""

from typing import Any

from django.db import migrations


def vouch(apps: Any, schema_editor: Any) -> None:
    """Note the address of every user as confirmed."""
    addresses = apps.get_model("account.EmailAddress").objects
    for user in apps.get_model("readers.User").objects.exclude(email=""):
        addresses.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})


class Migration(migrations.Migration):
    dependencies = [
        ("readers", "0002_roles_and_workflow"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(vouch, migrations.RunPython.noop)]
