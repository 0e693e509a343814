"""The WSGI entry point that granian serves, and how Python works for it."""

import gc
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aminata24.settings.production")

django_application = get_wsgi_application()
# Loads all that views need before the first reader asks.
get_resolver().check()

# What is loaded by now stays: it need not be looked through again and again for what may go.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
# A page that has got its answer from the database waits no longer than this many seconds for one that calculates.
sys.setswitchinterval(0.001)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer one request; an answer that is there as a whole is handed over at once, which granian sends faster."""
    response = django_application(environ, start_response)
    if not isinstance(response, HttpResponse):
        return response
    try:
        return [response.content]
    finally:
        response.close()
