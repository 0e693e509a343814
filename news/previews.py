"""How an article looks elsewhere than on its page: as a link in social networks, and as a card in our own lists."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aminata24.theme.surroundings import surroundings
from news.metadata import Metadata, metadata
from news.models import ArticlePage

# The smallest picture that networks show large.
SMALLEST_PICTURE = 600


@dataclass(frozen=True)
class Network:
    """What a network shows of a link: so many characters of each, none where that is 0. `key` names its style."""

    name: str
    key: str
    title: int
    description: int


# As they show links in 2026: about two lines of title on a phone, one or two of description.
NETWORKS = (
    Network("WhatsApp", "whatsapp", 65, 120),
    Network("Facebook", "facebook", 80, 110),
    Network("X", "x", 70, 0),
)

CARD_SIZES = (
    ("lead", gettext_lazy("Lead, on top of a page")),
    ("large", gettext_lazy("Large, in a rail")),
    ("row", gettext_lazy("Row, in a list")),
    ("text", gettext_lazy("Text only")),
)


@dataclass(frozen=True)
class SocialCard:
    """A link to an article as one network shows it, with what an editor should know."""

    network: Network
    title: str
    description: str
    warnings: list[str]
    # What is usual, and no reason to write otherwise.
    note: str = ""


def cut(text: str, most: int) -> str:
    """A text as a network cuts it: after a whole word, with an ellipsis."""
    if len(text) <= most or not most:
        return text[:most]
    return f"{text[: most - 1].rsplit(' ', 1)[0].rstrip(',;:.')}…"


def social_card(article: ArticlePage, meta: Metadata, network: Network) -> SocialCard:
    """What a network makes of a link to an article."""
    warnings = []
    if len(meta.title) > network.title:
        warnings.append(_("The title is cut after about %(most)s characters.") % {"most": network.title})
    note = ""
    if network.description and len(meta.description) > network.description:
        note = _("The description is cut after about %(most)s characters.") % {"most": network.description}
    image = article.lead_image
    if image is None:
        warnings.append(_("There is no lead image: the logo stands in its place, or nothing."))
    elif image.width < SMALLEST_PICTURE:
        warnings.append(_("The picture is too small to be shown large."))
    elif image.width * 2 < image.height * 3:
        warnings.append(_("Much of this picture is cut off above and below: check what is left of it."))
    return SocialCard(
        network, cut(meta.title, network.title), cut(meta.description, network.description), warnings, note
    )


def social_preview(article: ArticlePage, request: HttpRequest) -> dict[str, Any]:
    """The context of `news/previews/social.html`."""
    meta = metadata(request, page=article)
    return {
        "page": article,
        "cards": [social_card(article, meta, network) for network in NETWORKS],
        "host": surroundings().site.hostname,
    }


def list_preview(article: ArticlePage) -> dict[str, Any]:
    """The context of `news/previews/list.html`."""
    return {"page": article, "sizes": CARD_SIZES}
