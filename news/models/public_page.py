"""What every page readers see has in common: it is the same for everyone, unless it is private."""

from functools import cache, cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.models import Page, PageViewRestriction

from aminata24.delivery.cache import mark_public
from aminata24.delivery.memory import remember_briefly
from aminata24.theme.surroundings import path_of, surroundings
from news.forms import PublicPageForm


@remember_briefly
def restricted_paths() -> list[str]:
    """The tree paths that a view restriction lies on: none, mostly."""
    if not surroundings().has_private_pages:
        return []
    return list(PageViewRestriction.objects.values_list("page__path", flat=True))


@cache
def _unrestricted() -> Any:
    # One for all: a queryset costs more to make than to ask.
    return PageViewRestriction.objects.none()


class PublicPage(Page):
    """A page that any cache may keep, and that knows its path without a query."""

    base_form_class = PublicPageForm

    class Meta:
        abstract = True

    @property
    def path_on_site(self) -> str:
        """The path readers know this page by."""
        return path_of(self)

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        """Wagtail's devices, the phone as narrow as most of our readers' are."""
        phone, *others = super().preview_sizes
        return [{**phone, "device_width": 360}, *others]

    @cached_property
    def _view_restrictions(self) -> Any:
        return super().get_view_restrictions()

    def get_view_restrictions(self) -> Any:
        """Wagtail's answer, asked for once, and only below a page that is restricted."""
        if self.alias_of_id is None and not any(self.path.startswith(path) for path in restricted_paths()):
            return _unrestricted()
        return self._view_restrictions

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.marked(super().serve(request, *args, **kwargs))

    def marked(self, response: HttpResponse) -> HttpResponse:
        """The response with its leave to be cached, unless the page is private."""
        return response if self.get_view_restrictions() else mark_public(response)
