"""The backup app."""

from django.apps import AppConfig


class BackupConfig(AppConfig):
    """Two commands, `backup` and `restore`, and when the last backup was made."""

    name = "aminata24.backup"
