"""What search engines and social networks are told of a page: title, description, picture, canonical address."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.files.storage import default_storage
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from aminata24.images.models import NewsImage
from aminata24.theme.surroundings import absolute, path_of, surroundings

# What networks show of a description.
MOST_DESCRIBED = 300


@dataclass(frozen=True)
class Preview:
    """The picture that stands beside a link to the page."""

    url: str
    width: int
    height: int
    alt: str = ""


@dataclass(frozen=True)
class Metadata:
    """
    What `components/head_meta.html` prints; `previous` and `next` are paths of the neighbouring pages, or empty.

    `shared` is the address a link to it gets where that isn't the canonical one, as of an entry of a live coverage.
    """

    title: str
    description: str
    canonical: str
    preview: Preview | None
    previous: str = ""
    next: str = ""
    shared: str = ""


def full_address(path: str) -> str:
    """The full address of a file, given its path in the storage, which may be on a host of its own."""
    url = default_storage.url(path)
    return url if urlsplit(url).scheme else absolute(url)


def preview_of(image: NewsImage | None, shape: str = "wide") -> Preview | None:
    """The largest JPEG (1200 × 675 in the wide shape), the format that every network shows; None until it is cut."""
    if image is None or shape not in image.sources:
        return None
    width, height, path = image.sources[shape]["jpeg"][-1]
    return Preview(full_address(path), width, height, image.description)


def _logo() -> Preview | None:
    logo = surroundings().brand.logo
    return logo and Preview(full_address(logo.file.name), logo.width, logo.height, surroundings().brand.name)


def metadata(
    request: HttpRequest | None = None,
    title: str = "",
    page: Any = None,
    author: Any = None,
    topic: Any = None,
    listing: Any = None,
    live: Any = None,
) -> Metadata:
    """
    The metadata of what a template shows; what it doesn't show is None or undefined.

    A page of the tree, an author or a topic needs no request. `page` is a page of the tree, `listing` one page of a
    list, `live` one page of a live coverage, `title` the page's own `<title>`.
    """
    brand = surroundings().brand
    about, preview, shared = brand.description or brand.tagline, None, ""
    path = request.path if request else ""
    if page:
        path = path_of(page)
        title = page.seo_title or (brand.name if path == "/" else page.title)
        about = page.search_description or getattr(page, "standfirst", "") or getattr(page, "introduction", "") or about
        preview = preview_of(getattr(page, "lead_image", None))
        if live and live.entry and not live.is_withdrawn:
            title, about = live.entry.title, live.entry.text[:MOST_DESCRIBED] or about
            preview = preview_of(live.entry.picture, "natural") or preview
            shared = absolute(live.entry.path_on_site)
    elif author:
        path, title, preview = author.get_absolute_url(), author.name, preview_of(author.portrait, "square")
        about = " ".join(strip_tags(author.biography).split()) or author.role or about
    elif topic:
        path, title = topic.get_absolute_url(), topic.name
        about = _("All our articles on: %(topic)s.") % {"topic": topic.name}
    number = listing.number if listing else 1
    return Metadata(
        title=title or brand.name,
        description=about,
        canonical=absolute(_page_path(path, number)),
        preview=preview or _logo(),
        previous=_page_path(path, number - 1) if number > 1 else "",
        next=_page_path(path, number + 1) if listing and listing.has_next else "",
        shared=shared,
    )


def _page_path(path: str, number: int) -> str:
    return f"{path}?page={number}" if number > 1 else path
