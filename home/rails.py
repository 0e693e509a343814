"""
Filling the rails of the front page.

However many rails there are, their stories come from a handful of queries: the sections, every story that may be
shown, which section lists which story, the cards, who wrote the opinion pieces, the latest and the most read. A story
stands in one rail only, except in "En continu" and "Les plus lus", which are complete by nature; where it is
pinned it stands, whatever the rails above would take.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from aminata24.audience.ranking import Ranked, most_read
from aminata24.theme.surroundings import surroundings
from news.cards import Card, cards
from news.listings import latest_articles
from news.models import ArticleAuthor, ArticlePage, Author, Format, PageListing, SectionPage
from news.models.section import live_sections

LEAD_PACKAGE_SIZE = 5

# How many stories deeper than its size a rail looks, since some of its own may stand in rails above it.
SPARE = 8

FORMATS = {"opinion": Format.OPINION, "video": Format.VIDEO}


@dataclass
class Rail:
    """One rail ready to print by `templates/home/blocks/<kind>.html`."""

    kind: str
    value: dict[str, Any]
    # The id of its block.
    key: str = ""
    section: SectionPage | None = None
    # Cards, or what has a headline where that is enough ("En continu", "Les plus lus").
    stories: Sequence[Card | ArticlePage | Ranked] = ()
    # Who wrote which story, by its key, where the names stand in front.
    authors: dict[int, list[Author]] = field(default_factory=dict)

    @property
    def template(self) -> str:
        """The template that prints it."""
        return f"home/blocks/{self.kind}.html"

    @property
    def size(self) -> int:
        """How many stories it wants."""
        return LEAD_PACKAGE_SIZE if self.kind == "lead_package" else self.value.get("count") or 0

    @property
    def pinned(self) -> list[int]:
        """The keys of the stories an editor pinned."""
        return [item["value"] for item in self.value.get("pinned") or []]


def fill_rails(stream: Any) -> list[Rail]:
    """Turn the StreamField of the front page into rails with their stories."""
    rails = [Rail(kind=item["type"], value=item["value"], key=item.get("id", "")) for item in stream.raw_data]
    for rail in rails:
        if _is_section(rail):
            rail.section = live_sections().get(rail.value["section"])
    rails = [rail for rail in rails if rail.section or not _is_section(rail)]

    formats = _candidates(rails)
    listed = _listed(formats, [rail.section.pk for rail in rails if rail.section])
    pinned_somewhere = {key for rail in rails for key in rail.pinned[: rail.size]}
    chosen: dict[int, Rail] = {}
    for rail in rails:
        pinned = [key for key in rail.pinned if key in formats]
        fitting = [key for key in formats if key not in pinned_somewhere and _fits(key, formats[key], rail, listed)]
        free = [key for key in dict.fromkeys([*pinned, *fitting]) if key not in chosen]
        chosen |= dict.fromkeys(free[: rail.size], rail)
    for card in cards(chosen):
        chosen[card.pk].stories = [*chosen[card.pk].stories, card]
    for rail in rails:
        if rail.kind == "latest":
            rail.stories = latest_articles(rail.size)
        elif rail.kind == "most_read":
            everywhere = most_read(surroundings().site.root_page_id)
            rail.stories = everywhere.get(rail.value["period"], [])[: rail.size]
    _sign([rail for rail in rails if rail.kind == "opinion"])
    return rails


def _sign(rails: list[Rail]) -> None:
    bylines = ArticleAuthor.objects.filter(article__in=[story.pk for rail in rails for story in rail.stories])
    authors = defaultdict(list)
    for byline in bylines.select_related("author__portrait"):
        authors[byline.article_id].append(byline.author)
    for rail in rails:
        rail.authors = authors


def _is_section(rail: Rail) -> bool:
    return rail.kind == "section_rail"


def _candidates(rails: list[Rail]) -> dict[int, str]:
    """The format of every story that some rail may show, newest first; one query."""
    # United, not joined by OR: for that PostgreSQL reads the whole archive.
    first, *others = (
        ArticlePage.objects.listed().filter(pk__in=keys).order_by().values_list("pk", "format", "published_at")
        for keys in _candidate_keys(rails)
    )
    united = first.union(*others).order_by("-published_at", "-pk")
    return {key: story_format for key, story_format, _ in united}


def _candidate_keys(rails: list[Rail]) -> Iterator[Any]:
    """The top of each listing, deep enough to skip what stands above, and what is pinned."""
    yield [key for rail in rails for key in rail.pinned]
    everything = PageListing.everything().newest().values("article")
    yield everything[: max([LEAD_PACKAGE_SIZE, *(rail.size for rail in rails)])]
    for rail in rails:
        if rail.section:
            listing = PageListing.objects.filter(page=rail.section.pk).newest()
            yield listing.values("article")[: rail.size + SPARE]
        elif rail.kind in FORMATS:
            of_format = ArticlePage.objects.listed().filter(format=FORMATS[rail.kind]).newest()
            yield of_format.values("pk")[: rail.size + SPARE]


def _listed(stories: Iterable[int], sections: list[int]) -> dict[int, set[int]]:
    listed = defaultdict(set)
    rows = PageListing.objects.filter(article__in=list(stories), page__in=sections)
    for section, story in rows.values_list("page", "article"):
        listed[section].add(story)
    return listed


def _fits(story: int, story_format: str, rail: Rail, listed: dict[int, set[int]]) -> bool:
    if rail.section:
        return story in listed[rail.section.pk]
    if rail.kind in FORMATS:
        return story_format == FORMATS[rail.kind]
    return rail.kind == "lead_package"
