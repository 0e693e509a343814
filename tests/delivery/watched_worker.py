"""
A real worker that stops where a test wants to look at it, or to kill it: `python -m tests.delivery.watched_worker`.

PAUSE_AT names a place: `publication`, when everything is written and nothing committed yet, or `task`, when a
story is about to be printed. There it writes the file PAUSED and waits to be killed. A worker that doesn't pause has
an hourly job, which writes into the file JOB_LOG when it begins and when it ends.
"""

import os
import time
from pathlib import Path
from typing import Any

import django
from django.conf import settings


def pause(*args: Any, **kwargs: Any) -> None:
    """Say that the place is reached, and wait."""
    Path(os.environ["PAUSED"]).touch()
    time.sleep(600)


def main() -> None:
    """Work until stopped."""
    # Nothing has been collected for it.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    django.setup()
    from wagtail.signals import page_published

    from aminata24.delivery.periodic import every
    from aminata24.delivery.worker import Worker
    from news import printing

    def write_to_log(now: Any) -> None:
        with Path(os.environ["JOB_LOG"]).open("a") as log:
            print("begins", file=log, flush=True)
            time.sleep(1)
            print("ends", file=log, flush=True)

    place = os.environ["PAUSE_AT"]
    if place == "publication":
        # Connected last, so that all the others have done their part.
        page_published.connect(pause)
    elif place == "task":
        printing.render_story = pause  # type: ignore[assignment]
    else:
        every(hours=1)(write_to_log)
    worker = Worker()
    worker.stop_on_signals()
    worker.work()


if __name__ == "__main__":
    main()
