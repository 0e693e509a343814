"""Broken links as the desk's report shows them: with names for their places, and where to mend them."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.urls import reverse
from django.utils.text import capfirst
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page

from aminata24.theme.models import MenuSettings
from aminata24.theme.surroundings import surroundings
from news.links import BrokenLink, broken_links_everywhere


@dataclass(frozen=True)
class Row:
    """One broken link in words."""

    source: str
    place: str
    target: str
    problem: str
    edit_url: str | None


def rows(user: Any) -> list[Row]:
    """Every broken link, with where this user can mend it."""
    finder = AdminURLFinder(user)
    return [
        Row(_name(link), _place(link), link.target, str(link.problem.label), _edit_url(link, finder))
        for link in broken_links_everywhere()
    ]


def _name(link: BrokenLink) -> str:
    return str(link.source or capfirst(MenuSettings._meta.verbose_name))


def _place(link: BrokenLink) -> str:
    """The name of the field a content path begins with."""
    model = type(link.source) if link.source else MenuSettings
    name = link.path.split(".")[0]
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    return capfirst(getattr(field, "verbose_name", None) or field.related_model._meta.verbose_name_plural)


def _edit_url(link: BrokenLink, finder: AdminURLFinder) -> str | None:
    if link.source is None:
        return reverse("wagtailsettings:edit", args=["theme", "menusettings", surroundings().site.pk])
    if isinstance(link.source, Page):
        return reverse("wagtailadmin_pages:edit", args=[link.source.pk])
    return finder.get_edit_url(link.source)
