"""Live coverage: a running event in short entries, newest first."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail.url_routing import RouteResult

from news.blocks.live import KeyFactsBody
from news.models.public_page import PublicPage
from news.models.section import SectionPage, live_sections

if TYPE_CHECKING:
    from news.models.live_entry import LiveEntryQuerySet, LiveState


class LiveCoverageQuerySet(PageQuerySet):
    """Coverages in the newsroom's words."""

    def running(self) -> "LiveCoverageQuerySet":
        """Those that readers follow now, the last one begun first."""
        return self.live().filter(state__closed_at__isnull=True).order_by("-first_published_at", "-pk")

    def closed(self) -> "LiveCoverageQuerySet":
        """Those that are over, the last one closed first."""
        return self.live().filter(state__closed_at__isnull=False).order_by("-state__closed_at", "-pk")

    def for_reading(self) -> "LiveCoverageQuerySet":
        """With what its page shows around the entries."""
        return self.select_related("lead_image", "state")


class LiveCoveragePage(PublicPage):
    """The frame of a coverage; what happens is written at the desk, entry by entry (`LiveEntry`)."""

    standfirst = models.TextField(_("standfirst"), max_length=400, blank=True)
    lead_image = models.ForeignKey(
        "images.NewsImage",
        verbose_name=_("lead image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    key_facts = StreamField(
        KeyFactsBody(),
        blank=True,
        verbose_name=_("key facts"),
        help_text=_("What a reader who comes in now has to know, in a few sentences."),
    )
    section = models.ForeignKey(
        "news.SectionPage",
        verbose_name=_("section"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Its page shows the coverage on top while it runs."),
    )

    objects = PageManager.from_queryset(LiveCoverageQuerySet)()

    content_panels = [
        *Page.content_panels,
        HelpPanel(template="news/desk/link.html", heading=_("The desk")),
        FieldPanel("standfirst"),
        FieldPanel("lead_image"),
        FieldPanel("key_facts"),
        MultiFieldPanel([FieldPanel("section")], heading=_("Filing")),
        InlinePanel("bylines", heading=_("Authors"), label=_("Author")),
    ]
    search_fields = [*Page.search_fields, index.SearchField("standfirst", boost=2)]

    parent_page_types = ["news.DirectPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("live coverage")
        verbose_name_plural = _("live coverages")

    @property
    def headline(self) -> str:
        """The headline."""
        return self.title

    @property
    def published_at(self) -> Any:
        """When the coverage began."""
        return self.first_published_at

    @property
    def progress(self) -> "LiveState":
        """How far it is; a page that was never saved, in its preview, has just begun."""
        from news.models.live_entry import LiveState

        return getattr(self, "state", None) or LiveState()

    @property
    def entries_so_far(self) -> "LiveEntryQuerySet":
        """Its entries; none in the preview of a page that was never saved."""
        from news.models.live_entry import LiveEntry

        return self.entries.all() if self.pk else LiveEntry.objects.none()  # type: ignore[attr-defined]

    @property
    def is_closed(self) -> bool:
        """Whether nothing more is to come."""
        return self.progress.closed_at is not None

    @property
    def main_section(self) -> SectionPage | None:
        """The section it belongs to, without a query; None while that is not live."""
        return live_sections().get(self.section_id)

    @cached_property
    def authors(self) -> list[Any]:
        """The authors in the order of the by-line."""
        bylines = self.bylines.select_related("author__portrait")  # type: ignore[attr-defined]
        return [byline.author for byline in bylines]

    def clean(self) -> None:
        super().clean()
        if self.lead_image and not self.lead_image.description:
            raise ValidationError(
                {"lead_image": _("This image has no alternative text yet: say in the image what it shows.")}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        from news.models.live_entry import LiveState

        super().save(*args, **kwargs)
        LiveState.objects.get_or_create(coverage=self)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Below the coverage lie its entries (`12/`), what is new (`nouveautes/`) and whether anything is (`etat/`)."""
        if not path_components:
            return super().route(request, path_components)
        name = path_components[0]
        if not self.live or len(path_components) > 1 or not (name in ("etat", "nouveautes") or is_key(name)):
            raise Http404
        return RouteResult(self, args=(name,))

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from news.live import changes_since

        name = args[0] if args else ""
        if name == "etat":
            return self.marked(JsonResponse({"change": self.progress.public_change, "closed": self.is_closed}))
        if name == "nouveautes":
            return self.marked(TemplateResponse(request, "news/live_changes.html", changes_since(self, request)))
        return super().serve(request, entry=int(name) if name else None)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from news.live import live_page

        live = live_page(self, request, kwargs.get("entry"))
        return {**super().get_context(request, *args, **kwargs), "live": live}


def is_key(text: str) -> bool:
    """Whether a part of an address may be the key of an entry."""
    return text.isascii() and text.isdigit() and len(text) < 16


class LiveCoverageAuthor(Orderable):
    """An author's place in the by-line of a coverage."""

    coverage = ParentalKey(LiveCoveragePage, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey("news.Author", verbose_name=_("author"), on_delete=models.PROTECT, related_name="+")

    panels = [FieldPanel("author")]

    class Meta(Orderable.Meta):
        verbose_name = _("by-line")
        verbose_name_plural = _("by-lines")
