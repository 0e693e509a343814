"""What every page knows of the channel, and what its own page shows to see again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Subquery
from django.utils import timezone

from aminata24.images.models import NewsImage
from aminata24.theme.surroundings import read_along, surroundings
from news.models import ArticlePage, DirectPage
from news.models.direct import AirMode
from news.schedule import schedule_at


def register() -> None:
    """Have what says whether we are on air read along with the site."""
    for name in ("air", "programme"):
        read_along[f"channel_{name}"] = Subquery(DirectPage.objects.live().order_by().values(name)[:1])


def is_on_air(air: str | None, programme: Iterable[Any] | None) -> bool:
    """Whether the channel is on air: as its switch says, or by the programme; never without a channel."""
    if air != AirMode.PROGRAMME:
        return air == AirMode.ON
    return schedule_at(programme or (), timezone.now()).current is not None


def on_air() -> bool:
    """Whether the channel is on air now; no query."""
    site: Any = surroundings().site
    return is_on_air(site.channel_air, site.channel_programme)


@dataclass(frozen=True)
class Replay:
    """A programme to see again."""

    title: str
    url: str
    image: NewsImage | None
    on: date | None
    minutes: int | None


def replays(channel: DirectPage) -> list[Replay]:
    """Those that readers may see, in the editor's order; in two queries however many there are."""
    values = [block["value"] for block in channel.replays.raw_data]
    stories = ArticlePage.objects.in_order_of([key for value in values if (key := value.get("page"))])
    articles = {article.pk: article for article in stories}
    images = NewsImage.objects.in_bulk([key for value in values if (key := value.get("image"))])
    found = (_replay(value, articles, images) for value in values)
    return [replay for replay in found if replay]


def _replay(value: Any, articles: dict[int, ArticlePage], images: dict[int, NewsImage]) -> Replay | None:
    article = articles.get(value.get("page") or 0)
    if not article and not value.get("url"):
        return None
    on = value.get("date")
    return Replay(
        title=value.get("title") or (article.list_headline if article else ""),
        url=article.path_on_site if article else value.get("url"),
        image=images.get(value.get("image") or 0) or (article.lead_image if article else None),
        on=(date.fromisoformat(on) if isinstance(on, str) else on)
        or (timezone.localdate(article.published_at) if article and article.published_at else None),
        minutes=value.get("minutes"),
    )
