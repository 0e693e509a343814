"""What is measured: the demo newsroom, its articles copied until there are many."""

import sys
from collections.abc import Sequence
from io import StringIO
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest
from wagtail.models import Collection

from aminata24.demo import loader
from aminata24.demo.drawing import Drawing
from aminata24.demo.progress import Progress
from aminata24.readers.models import User
from news.models import ArticlePage
from tests.bench.generator import copy_articles
from tests.factories import ImageFactory


def fill(articles: int) -> None:
    """Load the demo, unless it is there, and copy its articles until this many are live."""
    progress = Progress(sys.stdout)
    if not ArticlePage.objects.exists():
        with patch.object(loader, "load_pictures", one_picture_for_all):
            loader.load_demo(progress, password="not-used")
        # The search index, references and pictures are a worker's.
        call_command("worker", "--once")
        # What a deploy does as well: stories whose surroundings changed while they were loaded are printed anew.
        call_command("print_stories", stdout=StringIO())
    missing = articles - ArticlePage.objects.live().count()
    if missing > 0:
        copy_articles(missing, progress)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def one_picture_for_all(drawings: Sequence[Drawing], collection: Collection, *_: Any) -> dict[str, int]:
    """Stand in for the demo's pictures: drawing and cutting those takes longer than everything else."""
    image = ImageFactory(collection=collection)
    for shape in {shape for drawing in drawings for shape in drawing.shapes}:
        image.make_shape(shape)
    return {drawing.key: image.pk for drawing in drawings}


def session_of_an_editor() -> str:
    """Sign the demo's editor-in-chief in; gives the key of the session."""
    request = HttpRequest()
    request.session = SessionStore()
    login(request, User.objects.get(email="chief@aminata24.example"), settings.AUTHENTICATION_BACKENDS[0])
    request.session.save()
    return str(request.session.session_key)
