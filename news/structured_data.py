"""JSON-LD: what an article and its place on the site are, in schema.org's words."""

import json
from typing import Any

from markupsafe import Markup
from wagtail.models import Page

from aminata24.theme.surroundings import absolute, path_of, surroundings
from news.metadata import full_address, preview_of
from news.models import ArticlePage
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
        "author": [
            {"@type": "Person", "name": author.name, "url": absolute(author.get_absolute_url())}
            for author in article.authors
        ]
        or publisher(),
    }
    if article.published_at:
        data["datePublished"] = article.published_at.isoformat(timespec="seconds")
        data["dateModified"] = (article.updated_at or article.published_at).isoformat(timespec="seconds")
    if article.main_section:
        data["articleSection"] = article.main_section.title
    if preview := preview_of(article.lead_image):
        data["image"] = [{"@type": "ImageObject", "url": preview.url, "width": preview.width, "height": preview.height}]
    return data


def breadcrumbs(page: Page) -> Data:
    """The way from the front page to a page."""
    way = [*sections_above(page), page]
    steps = [(surroundings().brand.name, "/"), *((step.title, path_of(step)) for step in way)]
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": absolute(path)}
            for position, (name, path) in enumerate(steps, start=1)
        ],
    }


def structured_data(page: Any) -> list[Data]:
    """Everything to say of a page of the tree: an article is described, all but the front page have a way to them."""
    if not page or page.path == surroundings().site.root_page.path:
        return []
    described = [news_article(page)] if isinstance(page, ArticlePage) else []
    return [*described, breadcrumbs(page)]
