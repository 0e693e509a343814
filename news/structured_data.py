"""JSON-LD: what an article and its place on the site are, in schema.org's words."""

import json
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup
from wagtail.models import Page

from aminata24.theme.surroundings import absolute, path_of, surroundings
from news.live import LivePage
from news.metadata import Preview, full_address, preview_of
from news.models import ArticlePage, Author, LiveCoveragePage, LiveEntry
from news.models.section import sections_above

CONTEXT = "https://schema.org"
LANGUAGE = "fr"

_ESCAPED = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}

Data = dict[str, Any]


def as_json_ld(data: Data) -> Markup:
    """JSON that is safe inside `<script>`, whatever an editor wrote."""
    return Markup(json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED))


def publisher() -> Data:
    """Who we are."""
    brand = surroundings().brand
    data: Data = {"@type": "NewsMediaOrganization", "name": brand.name, "url": absolute("/")}
    if brand.logo:
        data["logo"] = {"@type": "ImageObject", "url": full_address(brand.logo.file.name)}
    if accounts := [account.value["url"] for account in brand.social_accounts]:
        data["sameAs"] = accounts
    return data


def news_article(article: ArticlePage) -> Data:
    """The article itself."""
    address = absolute(path_of(article))
    data: Data = {
        "@context": CONTEXT,
        "@type": "NewsArticle",
        "mainEntityOfPage": address,
        "url": address,
        "headline": article.headline,
        "description": article.search_description or article.standfirst,
        "inLanguage": LANGUAGE,
        "isAccessibleForFree": True,
        "publisher": publisher(),
        "author": [_person(author) for author in article.authors] or publisher(),
    }
    if article.published_at:
        data["datePublished"] = _iso(article.published_at)
        data["dateModified"] = _iso(article.updated_at or article.published_at)
    if article.main_section:
        data["articleSection"] = article.main_section.title
    if preview := preview_of(article.lead_image):
        data["image"] = [_image(preview)]
    return data


def _person(author: Author) -> Data:
    return {"@type": "Person", "name": author.name, "url": absolute(author.get_absolute_url())}


def _image(preview: Preview) -> Data:
    return {"@type": "ImageObject", "url": preview.url, "width": preview.width, "height": preview.height}


def _iso(time: datetime | None) -> str:
    return time.isoformat(timespec="seconds") if time else ""


def breadcrumbs(page: Page) -> Data:
    """The way from the front page to a page."""
    way = [(step.title, path_of(step)) for step in [*sections_above(page), page]]
    if isinstance(page, LiveCoveragePage):
        way.insert(0, (_("LIVE"), reverse("direct")))
    steps = [(surroundings().brand.name, "/"), *way]
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": absolute(path)}
            for position, (name, path) in enumerate(steps, start=1)
        ],
    }


def live_blog(coverage: LiveCoveragePage, live: LivePage) -> Data:
    """A live coverage with the entries of the page."""
    address = absolute(path_of(coverage))
    data: Data = {
        "@context": CONTEXT,
        "@type": "LiveBlogPosting",
        "mainEntityOfPage": address,
        "url": address,
        "headline": coverage.headline,
        "description": coverage.search_description or coverage.standfirst,
        "inLanguage": LANGUAGE,
        "isAccessibleForFree": True,
        "publisher": publisher(),
        "author": [_person(author) for author in coverage.authors] or publisher(),
        "liveBlogUpdate": [_live_entry(entry) for entry in live.shown],
    }
    progress = coverage.progress
    times = {
        "datePublished": coverage.published_at,
        "dateModified": progress.changed_at or coverage.published_at,
        "coverageStartTime": coverage.published_at,
        "coverageEndTime": progress.closed_at,
    }
    data |= {name: _iso(time) for name, time in times.items() if time}
    if preview := preview_of(coverage.lead_image):
        data["image"] = [_image(preview)]
    return data


def _live_entry(entry: LiveEntry) -> Data:
    address = absolute(entry.path_on_site)
    data: Data = {
        "@type": "BlogPosting",
        "@id": address,
        "url": address,
        "headline": entry.title,
        "articleBody": entry.text,
        "datePublished": _iso(entry.published_at),
        "dateModified": _iso(entry.updated_at or entry.published_at),
        "author": [_person(author) for author in entry.authors.all()]
        or {"@type": "NewsMediaOrganization", "name": surroundings().brand.name},
    }
    if preview := preview_of(entry.picture, "natural"):
        data["image"] = _image(preview)
    return data


def structured_data(page: Any, live: Any = None) -> list[Data]:
    """
    Everything to say of a page of the tree: an article or a coverage is described, all but the front page have a way
    to them. `live` is the page of the coverage that is shown.
    """
    if not page or page.path == surroundings().site.root_page.path:
        return []
    described = []
    if isinstance(page, ArticlePage):
        described = [news_article(page)]
    elif isinstance(page, LiveCoveragePage) and live:
        described = [live_blog(page, live)]
    return [*described, breadcrumbs(page)]
