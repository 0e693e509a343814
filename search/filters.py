"""The sections and authors a search may be narrowed to."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef

from aminata24.delivery.memory import remember_briefly
from aminata24.theme.surroundings import path_of, surroundings
from news.models import Author, AuthorListing
from news.models.section import live_sections


@dataclass(frozen=True)
class Choice:
    """A section or an author: `key` stands in the search's URL, `url` is its own page."""

    pk: int
    key: str
    name: str
    url: str
    level: int = 0

    @property
    def label(self) -> str:
        """The name, a sub-section's set in."""
        return f"{'— ' * self.level}{self.name}"


@dataclass(frozen=True)
class Filters:
    """Every section, in the order of the page tree, and every author, by name, who has something to find."""

    sections: list[Choice]
    authors: list[Choice]

    @cached_property
    def section_by_key(self) -> dict[str, Choice]:
        """For the section named in a URL."""
        return {choice.key: choice for choice in self.sections}

    @cached_property
    def author_by_key(self) -> dict[str, Choice]:
        """For the author named in a URL."""
        return {choice.key: choice for choice in self.authors}


@remember_briefly
def filters() -> Filters:
    """The filters: every public section, and the authors who signed something."""
    root = surroundings().site.root_page
    sections = [
        Choice(section.pk, path_of(section).strip("/"), section.title, path_of(section), section.depth - root.depth - 1)
        for section in live_sections().values()
        if not section.get_view_restrictions()
    ]
    signed = Exists(AuthorListing.objects.filter(author=OuterRef("pk")))
    authors = Author.objects.filter(signed).values_list("pk", "slug", "name")
    return Filters(sections, [Choice(pk, slug, name, f"/auteurs/{slug}/") for pk, slug, name in authors])
