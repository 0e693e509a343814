"""LE DIRECT: the TV channel's page."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from news.blocks.channel import ReplayBlock, SlotBlock
from news.embeds import Player, find_player
from news.models.public_page import PublicPage
from news.schedule import Schedule, schedule_at

SLUG = "direct"
LATEST_COUNT = 8


class AirMode(models.TextChoices):
    """What says whether the channel is on air."""

    PROGRAMME = "programme", _("By the programme")
    ON = "on", _("On air")
    OFF = "off", _("Off air")


def is_hls(address: str) -> bool:
    """Whether an address is of an HLS playlist, which a browser plays without anybody else."""
    return urlsplit(address).path.endswith(".m3u8")


class DirectPage(PublicPage):
    """The channel: its player, what is on now and next, programmes to see again. There is one, at /direct/."""

    introduction = models.TextField(_("introduction"), max_length=400, blank=True)
    air = models.CharField(
        _("on air"),
        max_length=10,
        choices=AirMode.choices,
        default=AirMode.PROGRAMME,
        help_text=_("By the programme: on air while one of its slots runs."),
    )
    stream = models.CharField(
        _("address of the stream"),
        max_length=400,
        blank=True,
        help_text=_(
            "An HLS playlist (https://….m3u8, its parts on the same host), "
            "or the live film's address on YouTube, Dailymotion or Facebook."
        ),
    )
    lead_image = models.ForeignKey(
        "images.NewsImage",
        verbose_name=_("poster"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The picture shown before it plays."),
    )
    programme = StreamField([("slot", SlotBlock())], blank=True, verbose_name=_("programme"))
    replays = StreamField([("replay", ReplayBlock())], blank=True, verbose_name=_("replays"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(
            [FieldPanel("air"), FieldPanel("stream"), FieldPanel("lead_image")],
            heading=_("The channel"),
        ),
        FieldPanel("programme"),
        FieldPanel("replays"),
    ]
    # Its address is the site's own.
    promote_panels = [MultiFieldPanel([FieldPanel("seo_title"), FieldPanel("search_description")])]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.LiveCoveragePage"]

    class Meta:
        verbose_name = _("live channel")
        verbose_name_plural = _("live channels")

    @property
    def player(self) -> Player | None:
        """The player of another site, where the stream is there."""
        return find_player(self.stream)

    @property
    def plays_hls(self) -> bool:
        """Whether the stream plays in our own player."""
        return is_hls(self.stream)

    @property
    def schedule(self) -> Schedule:
        """The programme as it is now."""
        return schedule_at(self.programme, timezone.now())

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.slug = SLUG
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        self.slug = SLUG
        super().minimal_clean()

    def clean(self) -> None:
        super().clean()
        errors = {}
        scheme = urlsplit(self.stream).scheme
        # A path is a file of our own.
        is_ours = self.stream.startswith("/") and not self.stream.startswith(("//", "/\\"))
        if self.stream and not self.player and not (self.plays_hls and (scheme == "https" or is_ours)):
            errors["stream"] = _("We can play an https address that ends in .m3u8, YouTube, Dailymotion or Facebook.")
        if self.lead_image and not self.lead_image.description:
            errors["lead_image"] = _("This image has no alternative text yet: say in the image what it shows.")
        if errors:
            raise ValidationError(errors)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from news.channel import is_on_air, replays
        from news.listings import latest_articles
        from news.live import closed_coverages, running_coverages

        return {
            **super().get_context(request, *args, **kwargs),
            "on_air": is_on_air(self.air, self.programme),
            "schedule": self.schedule,
            "replays": replays(self),
            "running": running_coverages(),
            "closed": closed_coverages(),
            "latest": latest_articles(LATEST_COUNT),
        }

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._let_play(super().serve(request, *args, **kwargs))

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return self._let_play(super().serve_preview(request, mode_name))

    def _let_play(self, response: HttpResponse) -> HttpResponse:
        """Allow this page, and no other, to load from the stream's host; hls.js feeds the film in as a blob."""
        if self.plays_hls:
            host = urlsplit(self.stream)
            hosts = [f"{host.scheme}://{host.netloc}"] if host.netloc else []
            response._csp_update = {  # type: ignore[attr-defined]
                "media-src": ["blob:", *hosts],
                "connect-src": hosts,
            }
        return response
