"""Which addresses of a newsroom are asked for, by type of page."""

from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from urllib.parse import quote_plus

from news.listings import ARTICLES_PER_PAGE
from news.models import ArticlePage, PageListing, SectionPage
from search.words import words
from tests.bench.generator import name, originals

DEEPEST_PAGE = 50
MOST_ARTICLES = 2_000
QUERIES_OF_A_KIND = 80


def paths() -> dict[str, list[str]]:
    """Give {type of page: addresses}, so many that none is served from a warm corner."""
    return {
        "front page": ["/"],
        "section": [path for section in SectionPage.objects.live() for path in _pages(section.get_url(), section.pk)],
        "article": list(_articles()),
        "search": [f"/recherche/?q={quote_plus(query)}" for query in _queries()],
        "en continu": list(_pages("/en-continu/", None)),
    }


def _pages(path: str, key: int | None) -> Iterator[str]:
    """The pages of a list, as deep as readers or robots ever go."""
    listing = PageListing.objects.filter(page=key) if key else PageListing.everything()
    yield path
    for number in range(2, 1 + min(DEEPEST_PAGE, listing.count() // ARTICLES_PER_PAGE)):
        yield f"{path}?page={number}"


def _articles() -> Iterable[str]:
    """Articles of all years, evenly."""
    keys = list(PageListing.everything().newest().values_list("article", flat=True))
    chosen = keys[:: 1 + len(keys) // MOST_ARTICLES]
    return (article.path_on_site for article in ArticlePage.objects.filter(pk__in=chosen).order_by("pk"))


def _queries() -> list[str]:
    """Words that many articles hold, two that stand beside each other, and names that one article to twenty have."""
    single: dict[str, None] = {}
    double: dict[str, None] = {}
    for article in originals():
        terms = [term for term in words(f"{article.title} {article.standfirst}") if len(term) > 3]
        single |= dict.fromkeys(terms)
        double |= dict.fromkeys(" ".join(pair) for pair in pairwise(terms))
    # As rare among few articles as among many: the same pages.
    articles = ArticlePage.objects.live().count()
    names = [name(rank) for rank in range(articles // 40, articles // 2)]
    return [query for kind in (list(single), list(double), names) for query in _spread(kind)]


def _spread(queries: list[str]) -> Iterator[str]:
    return islice(queries[:: max(1, len(queries) // QUERIES_OF_A_KIND)], QUERIES_OF_A_KIND)
