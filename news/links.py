"""
Links of ours that lead nowhere: in an article while it is written, and on the whole site for the desk's report.

Nothing is asked of other sites: an address elsewhere is only looked at for its form.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import BigIntegerField, Q
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, ReferenceIndex, get_default_page_content_type

from aminata24.theme.models import MenuSettings
from aminata24.theme.surroundings import surroundings
from news.body_text import links, rich_texts
from news.forms import FEED, is_taken
from news.models import ArticlePage, BreakingNews

# More than a desk can mend in a day; the report says when it stops there.
MOST_REPORTED = 500
# The newest articles, in which the report also looks for addresses typed by hand.
MOST_SEARCHED = 1000

# How a link that begins with a slash is written inside JSON.
OWN = r"href=\"/"

# References that file an article and that nobody clicks.
FILING = ("section",)


class Problem(models.TextChoices):
    """What is wrong with a link."""

    DELETED = "deleted", _("The page no longer exists.")
    UNPUBLISHED = "unpublished", _("The page is not published.")
    PRIVATE = "private", _("The page is private.")
    NOWHERE = "nowhere", _("No page of ours has this address.")
    TYPED = "typed", _("A page of ours, typed as an address.")
    MALFORMED = "malformed", _("This is no complete address.")


@dataclass(frozen=True)
class BrokenLink:
    """A link with its problem: where it stands (the content path of its field) and where it should lead."""

    path: str
    target: str
    problem: Problem
    # The page or ticker line it stands on, or None for the menus; only the report needs it.
    source: Any = None


class Readability:
    """Which pages readers can open, asked for all at once."""

    def __init__(self, keys: Iterable[int]) -> None:
        pages = Page.objects.filter(pk__in=set(keys))
        self._pages = {pk: (title, live) for pk, title, live in pages.values_list("pk", "title", "live")}
        self._public = set(pages.public().values_list("pk", flat=True)) if self._pages else set()

    def problem(self, key: int) -> Problem | None:
        """What keeps readers from a page, if anything."""
        if key not in self._pages:
            return Problem.DELETED
        if not self._pages[key][1]:
            return Problem.UNPUBLISHED
        return None if key in self._public else Problem.PRIVATE

    def title(self, key: int) -> str:
        """The title of a page, or its number where it is gone."""
        return self._pages[key][0] if key in self._pages else f"#{key}"

    def broken(self, places: Iterable[tuple[str, int]], source: Any = None) -> Iterator[BrokenLink]:
        """Of these (content path, page key), those that lead nowhere."""
        for path, key in places:
            if problem := self.problem(key):
                yield BrokenLink(path, self.title(key), problem, source)


# --- Addresses typed by hand --------------------------------------------------


def own_path(address: str) -> str | None:
    """The path of an address on our own site, or None where it leads elsewhere."""
    parts = urlsplit(address)
    if parts.netloc:
        ours = {
            host.removeprefix("www.") for host in (urlsplit(settings.SITE_URL).netloc, surroundings().site.hostname)
        }
        return parts.path or "/" if parts.netloc.removeprefix("www.") in ours else None
    return parts.path if address.startswith("/") else None


def problem_of_address(address: str) -> Problem | None:
    """What is wrong with an address somebody typed, if anything."""
    try:
        path = own_path(address)
        parts = urlsplit(address)
    except ValueError:
        return Problem.MALFORMED
    if path is None:
        return None if parts.scheme in ("mailto", "tel") or _is_complete(address) else Problem.MALFORMED
    if is_taken(path) or path.startswith((settings.MEDIA_URL, settings.STATIC_URL)):
        return None
    # A section's feed stands and falls with the section.
    path = f"/{path.strip('/').removesuffix(FEED).strip('/')}/".replace("//", "/")
    page = Page.objects.filter(url_path=surroundings().root_path + path).values_list("pk", flat=True).first()
    if page is not None:
        return Readability([page]).problem(page) or Problem.TYPED
    if Redirect.objects.filter(old_path=Redirect.normalise_path(path)).exists():
        return None
    return Problem.NOWHERE


def _is_complete(address: str) -> bool:
    parts = urlsplit(address)
    host = parts.hostname or ""
    return parts.scheme in ("http", "https") and "." in host.strip(".") and not any(map(str.isspace, address))


def typed_addresses(article: ArticlePage) -> Iterator[tuple[str, str]]:
    """(content path, address) of the links in a body that were typed rather than chosen."""
    for path, html in rich_texts(article.body):
        for link in links(html):
            if link.address:
                yield path, link.address


# --- One article ----------------------------------------------------------------


def broken_links(article: ArticlePage) -> list[BrokenLink]:
    """The links of an article, saved or not, that readers can't follow or that would break with the next move."""
    references = article.body.stream_block.extract_references(article.body)
    places = [
        (f"body.{path.split('.')[0]}", int(key))
        for model, key, _model_path, path in references
        if issubclass(model, Page)
    ]
    places += [("related_stories", related.story_id) for related in article.related_stories.all() if related.story_id]
    broken = list(Readability(key for _path, key in places).broken(places))
    for path, address in typed_addresses(article):
        if problem := problem_of_address(address):
            broken.append(BrokenLink(path, address, problem))
    return broken


# --- The whole site -------------------------------------------------------------


def broken_links_everywhere() -> list[BrokenLink]:
    """
    What leads nowhere on live pages, running ticker lines and menus; MOST_REPORTED at most, in a dozen queries.

    Links to pages come from Wagtail's reference index; addresses typed by hand are looked for in the newest articles.
    """
    found = [*_in_menus(), *_in_ticker(), *_in_pages(), *_typed_in_articles()]
    return found[:MOST_REPORTED]


def _in_pages() -> Iterator[BrokenLink]:
    page_type = get_default_page_content_type()
    rows = (
        ReferenceIndex.objects.filter(base_content_type=page_type, to_content_type=page_type)
        .exclude(model_path__in=FILING)
        .annotate(source_key=Cast("object_id", BigIntegerField()), target_key=Cast("to_object_id", BigIntegerField()))
        .filter(source_key__in=Page.objects.live().values("pk"))
        .exclude(target_key__in=Page.objects.live().public().values("pk"))
        .order_by("-source_key", "content_path")
        .values_list("source_key", "content_path", "target_key")[:MOST_REPORTED]
    )
    rows = list(rows)
    sources = Page.objects.in_bulk({source for source, _path, _target in rows})
    readability = Readability(target for _source, _path, target in rows)
    for source, path, target in rows:
        yield from readability.broken([(path, target)], sources[source])


def _in_ticker() -> Iterator[BrokenLink]:
    # A line whose page isn't live stays off the ticker, which its author should know.
    unexpired = Q(shown_until__isnull=True) | Q(shown_until__gt=timezone.now())
    lines = list(BreakingNews.objects.filter(unexpired, live=True))
    readability = Readability(line.page_id for line in lines if line.page_id)
    for line in lines:
        if line.page_id:
            yield from readability.broken([("page", line.page_id)], line)
        elif line.url and (problem := problem_of_address(line.url)):
            yield BrokenLink("url", line.url, problem, line)


def _in_menus() -> Iterator[BrokenLink]:
    menus = MenuSettings.for_site(surroundings().site)
    entries = [
        (name, item["value"]) for name in ("header", "footer", "legal") for item in getattr(menus, name).raw_data
    ]
    places = [(name, entry["page"]) for name, entry in entries if entry.get("page")]
    yield from Readability(key for _name, key in places).broken(places)
    for name, entry in entries:
        if entry.get("url") and (problem := problem_of_address(entry["url"])):
            yield BrokenLink(name, entry["url"], problem)


def _typed_in_articles() -> Iterator[BrokenLink]:
    """Addresses in the newest articles that name our host or begin with a slash."""
    host = urlsplit(settings.SITE_URL).netloc.removeprefix("www.")
    newest = ArticlePage.objects.live().newest().values("pk")[:MOST_SEARCHED]
    articles = ArticlePage.objects.filter(pk__in=newest).annotate(text=Cast("body", models.TextField())).newest()
    for article in articles.filter(
        Q(text__contains=f"//{host}") | Q(text__contains=f"//www.{host}") | Q(text__contains=OWN)
    ):
        for path, address in typed_addresses(article):
            if own_path(address) is not None and (problem := problem_of_address(address)) not in (None, Problem.TYPED):
                yield BrokenLink(path, address, problem, article)
