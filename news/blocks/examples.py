"""What a block's preview shows where the block needs something stored: the newest of its kind, or nothing."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Q


def images(count: int) -> list[Any]:
    """The newest pictures."""
    return list(apps.get_model("images.NewsImage").objects.order_by("-pk")[:count])


def articles(count: int) -> list[Any]:
    """The newest articles."""
    return list(apps.get_model("news.ArticlePage").objects.latest(count))


def document(extensions: Iterable[str] = ()) -> Any:
    """The newest document, of one of these types if any are given."""
    wanted = Q()
    for extension in extensions:
        wanted |= Q(file__iendswith=f".{extension}")
    return apps.get_model("wagtaildocs.Document").objects.filter(wanted).order_by("-pk").first()
