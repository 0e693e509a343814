"""The sections and authors a search may be narrowed to."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, F, OuterRef, QuerySet, Value

from aminata24.delivery.memory import remember_briefly
from aminata24.theme.surroundings import surroundings
from news.models import Author, AuthorListing, PageListing, SectionPage


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
    """Every section, in the order of the page tree, and every author, by name, that has something to find."""

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


def _rows(queryset: QuerySet, kind: str, name: str, address: str, place: str) -> QuerySet:
    return (
        queryset.order_by()
        .annotate(kind=Value(kind), name_=F(name), address=F(address), place=F(place))
        .values_list("kind", "pk", "name_", "address", "place")
    )


@remember_briefly
def filters() -> Filters:
    """The filters, in one query. What is private or empty lists nothing and is left out."""
    root = surroundings().site.root_page
    sections = SectionPage.objects.live().filter(Exists(PageListing.objects.filter(page=OuterRef("pk"))))
    authors = Author.objects.filter(Exists(AuthorListing.objects.filter(author=OuterRef("pk"))))
    rows = _rows(sections, "section", "title", "url_path", "path").union(
        _rows(authors, "author", "name", "slug", "name"), all=True
    )
    found: dict[str, list[Choice]] = {"section": [], "author": []}
    for kind, pk, name, address, place in sorted(rows, key=lambda row: row[4]):
        if kind == "author":
            found[kind].append(Choice(pk, address, name, f"/auteurs/{address}/"))
        else:
            path = address.removeprefix(root.url_path)
            level = len(place) // root.steplen - root.depth - 1
            found[kind].append(Choice(pk, path.strip("/"), name, f"/{path}", level))
    return Filters(found["section"], found["author"])
