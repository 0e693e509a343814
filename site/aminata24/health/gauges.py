"""Figures of the machine."""

import shutil

from django.conf import settings

from aminata24.health.figures import gauge


@gauge("disk_free_bytes", "Room left where the data lies.")
def disk_free() -> float:
    """What DATA_DIR's disk has left."""
    return shutil.disk_usage(settings.DATA_DIR).free
