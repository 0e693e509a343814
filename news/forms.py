"""The page editor's forms: what they check and fill in beside their fields."""

from typing import Any

from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from aminata24.theme.surroundings import surroundings
from news.blocks.media import NO_ALTERNATIVE_TEXT

# First parts of addresses that a server in front may serve itself, or that the site keeps for later.
RESERVED = frozenset(("static", "media", "moi", "compte", "sante"))

# Ends the address of a section's feed.
FEED = "flux"


def is_taken(path: str) -> bool:
    """Whether a path leads to a fixed page of the site, such as /direct/, and never to the page tree."""
    try:
        return resolve(path).url_name != "serve_page"
    except Resolver404:
        return False


class PublicPageForm(WagtailAdminPageForm):
    """Refuses a slug under which no reader could find the page."""

    def clean_slug(self) -> str:
        """Check slugs, above all right below the front page, where fixed addresses are; raises ValidationError."""
        slug = self.cleaned_data["slug"]
        is_at_top = self.parent_page.depth == surroundings().site.root_page.depth
        if slug == FEED or (is_at_top and (slug in RESERVED or is_taken(f"/{slug}/"))):
            raise ValidationError(_("The site itself uses this address. Choose another slug."))
        return slug


class ArticleForm(PublicPageForm):
    """The article's editor: signs a new article with the name of the one who writes it, asks for alternative texts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        author = getattr(self.for_user, "author", None)
        bylines = self.formsets.get("bylines")
        if author and bylines is not None and not self.instance.pk and not self.is_bound:
            bylines.initial = [{"author": author.pk}]
            bylines.extra = 1

    def clean(self) -> dict[str, Any]:
        """A draft may still lack the alternative text of its lead image, as of the pictures in its text."""
        data = super().clean()
        image = data.get("lead_image")
        if image and not image.description and not self.is_deferred_validation:
            self.add_error("lead_image", NO_ALTERNATIVE_TEXT)
        return data
