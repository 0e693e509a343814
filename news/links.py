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

# More than a desk can mend in a day.
MOST_REPORTED = 500
# The newest articles, whose text the report reads: for addresses typed by hand, and links to pages since deleted.
MOST_READ = 1000

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
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.netloc:
        hosts = (urlsplit(settings.SITE_URL).netloc, surroundings().site.hostname)
        ours = {host.removeprefix("www.") for host in hosts}
        return parts.path or "/" if parts.netloc.removeprefix("www.") in ours else None
    return parts.path if address.startswith("/") else None


def problems_of_addresses(addresses: Iterable[str]) -> dict[str, Problem]:
    """{address: what is wrong with it} of those that somebody typed and that aren't as they should be."""
    problems = {}
    paths = {}
    for address in set(addresses):
        path = own_path(address)
        if path is None:
            if not _is_complete(address):
                problems[address] = Problem.MALFORMED
        elif not is_taken(path) and not path.startswith((settings.MEDIA_URL, settings.STATIC_URL)):
            # A section's feed stands and falls with the section.
            paths[address] = f"/{path.strip('/').removesuffix(FEED).strip('/')}/".replace("//", "/")
    if paths:
        root = surroundings().root_path
        pages = dict(Page.objects.filter(url_path__in={root + p for p in paths.values()}).values_list("url_path", "pk"))
        readability = Readability(pages.values())
        old_paths = {Redirect.normalise_path(path) for path in paths.values()}
        redirects = set(Redirect.objects.filter(old_path__in=old_paths).values_list("old_path", flat=True))
        for address, path in paths.items():
            if page := pages.get(root + path):
                problems[address] = readability.problem(page) or Problem.TYPED
            elif Redirect.normalise_path(path) not in redirects:
                problems[address] = Problem.NOWHERE
    return problems


def _is_complete(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme in ("mailto", "tel"):
        return True
    return parts.scheme in ("http", "https") and "." in host.strip(".") and not any(map(str.isspace, address))


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
    typed = [(path, link.address) for path, html in rich_texts(article.body) for link in links(html) if link.address]
    problems = problems_of_addresses(address for _path, address in typed)
    return broken + [BrokenLink(path, address, problems[address]) for path, address in typed if address in problems]


# --- The whole site -------------------------------------------------------------


def broken_links_everywhere() -> list[BrokenLink]:
    """
    What leads nowhere on live pages, running ticker lines and menus; MOST_REPORTED at most, in a dozen queries.

    Links to pages come from Wagtail's reference index, which forgets what is deleted: the rest is read in the text of
    the newest articles.
    """
    found = [*_in_menus(), *_in_ticker(), *_in_pages(), *_in_texts()]
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
    pages = Page.objects.filter(pk__in={source for source, _path, _target in rows}).specific(defer=True)
    sources = {page.pk: page for page in pages}
    readability = Readability(target for _source, _path, target in rows)
    for source, path, target in rows:
        yield from readability.broken([(path, target)], sources[source])


def _in_ticker() -> Iterator[BrokenLink]:
    # A line whose page isn't live stays off the ticker, which its author should know.
    unexpired = Q(shown_until__isnull=True) | Q(shown_until__gt=timezone.now())
    lines = list(BreakingNews.objects.filter(unexpired, live=True))
    readability = Readability(line.page_id for line in lines if line.page_id)
    problems = problems_of_addresses(line.url for line in lines if line.url)
    for line in lines:
        if line.page_id:
            yield from readability.broken([("page", line.page_id)], line)
        elif (problem := problems.get(line.url)) and problem != Problem.TYPED:
            yield BrokenLink("url", line.url, problem, line)


def _in_menus() -> Iterator[BrokenLink]:
    menus = MenuSettings.for_site(surroundings().site)
    entries = [
        (name, item["value"]) for name in ("header", "footer", "legal") for item in getattr(menus, name).raw_data
    ]
    places = [(name, entry["page"]) for name, entry in entries if entry.get("page")]
    yield from Readability(key for _name, key in places).broken(places)
    typed = [(name, entry["url"]) for name, entry in entries if entry.get("url")]
    problems = problems_of_addresses(address for _name, address in typed)
    for name, address in typed:
        if (problem := problems.get(address)) and problem != Problem.TYPED:
            yield BrokenLink(name, address, problem)


def _in_texts() -> Iterator[BrokenLink]:
    """Links to deleted pages and wrong addresses of ours in the newest articles."""
    chosen: list[tuple[int, str, int]] = []
    typed: list[tuple[int, str, str]] = []
    for article, body in ArticlePage.objects.live().newest().values_list("pk", "body")[:MOST_READ]:
        chosen += [(article, path, key) for path, key in _read_also(body)]
        for path, html in rich_texts(body):
            for link in links(html):
                if link.page:
                    chosen.append((article, path, link.page))
                elif own_path(link.address) is not None:
                    typed.append((article, path, link.address))
    existing = set(Page.objects.filter(pk__in={key for _a, _p, key in chosen}).values_list("pk", flat=True))
    wrong = problems_of_addresses(address for _a, _p, address in typed)
    found = [(article, path, f"#{key}", Problem.DELETED) for article, path, key in chosen if key not in existing]
    found += [
        (article, path, address, problem)
        for article, path, address in typed
        if (problem := wrong.get(address)) and problem != Problem.TYPED
    ]
    articles = ArticlePage.objects.defer("body").in_bulk({article for article, *_rest in found})
    for article, path, target, problem in found:
        yield BrokenLink(path, target, problem, articles[article])


def _read_also(body: Any) -> Iterator[tuple[str, int]]:
    """The stories that a body's « Lire aussi » name, as stored."""
    for block in body.raw_data:
        if block["type"] == "read_also":
            for item in block["value"].get("articles") or []:
                if key := item["value"] if isinstance(item, dict) else item:
                    yield f"body.{block['id']}", key
