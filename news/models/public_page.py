"""What every page readers see has in common: it is the same for everyone, unless it is private."""

from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import StrIndex
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page, PageViewRestriction

from aminata24.delivery.cache import mark_public
from aminata24.theme.surroundings import path_of

Q = TypeVar("Q", bound=QuerySet)


def with_privacy(pages: Q) -> Q:
    """Annotate `is_private`: whether a view restriction lies on the page or on one above it."""
    above = PageViewRestriction.objects.annotate(starts=StrIndex(OuterRef("path"), F("page__path"))).filter(starts=1)
    return pages.annotate(is_private=Exists(above))


class PublicPage(Page):
    """A page that any cache may keep, and that knows its path without a query."""

    class Meta:
        abstract = True

    @property
    def path_on_site(self) -> str:
        """The path readers know this page by."""
        return path_of(self)

    @cached_property
    def _view_restrictions(self) -> Any:
        return super().get_view_restrictions()

    def get_view_restrictions(self) -> Any:
        """Wagtail's answer, asked for once; none without a query where `with_privacy` already said so."""
        if getattr(self, "is_private", None) is False:
            return PageViewRestriction.objects.none()
        return self._view_restrictions

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().serve(request, *args, **kwargs)
        if self.get_view_restrictions():
            return response
        return mark_public(response)
