"""Placements, campaigns and what a campaign shows in each placement."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PublishingPanel
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin
from wagtail.search import index

# What has room on a page, in CSS pixels.
ON_A_PAGE = [MinValueValidator(20), MaxValueValidator(2000)]


class Slot(models.TextChoices):
    """Where on the page a placement stands; templates know these names."""

    HEADER = "header", _("Header")
    IN_ARTICLE = "in_article", _("In the article")
    SIDEBAR = "sidebar", _("Side column")
    BETWEEN_RAILS = "between_rails", _("Between the rails of the front page")
    FOOTER = "footer", _("Footer")


class Placement(models.Model):
    """A place on the page that can be sold, with the space it reserves so that nothing jumps when an ad comes."""

    slot = models.CharField(_("slot"), max_length=20, choices=Slot.choices, unique=True)
    width = models.PositiveSmallIntegerField(_("width (px)"), default=728, validators=ON_A_PAGE)
    height = models.PositiveSmallIntegerField(_("height (px)"), default=90, validators=ON_A_PAGE)
    is_open = models.BooleanField(
        _("shown"), default=True, help_text=_("An empty placement that is shown says “Votre pub ici”.")
    )

    panels = [FieldPanel("slot"), FieldRowPanel([FieldPanel("width"), FieldPanel("height")]), FieldPanel("is_open")]

    class Meta:
        ordering = ["slot"]
        verbose_name = _("ad placement")
        verbose_name_plural = _("ad placements")

    def __str__(self) -> str:
        return self.get_slot_display()


class Campaign(DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, index.Indexed, ClusterableModel):
    """What an advertiser bought: from–until, a weight, and one creative a placement."""

    advertiser = models.CharField(_("advertiser"), max_length=120)
    name = models.CharField(_("campaign"), max_length=120)
    url = models.URLField(_("link"), max_length=400, help_text=_("Where a click leads."))
    starts_at = models.DateTimeField(_("from"), default=timezone.now)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True, help_text=_("Empty: until further notice."))
    weight = models.PositiveSmallIntegerField(
        _("weight"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("1 to 100. A campaign of weight 2 is shown twice as often as one of weight 1."),
    )

    panels = [
        MultiFieldPanel([FieldPanel("advertiser"), FieldPanel("name"), FieldPanel("url")], heading=_("Campaign")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]), FieldPanel("weight")],
            heading=_("When and how often"),
        ),
        InlinePanel("creatives", heading=_("Creatives"), label=_("Creative"), min_num=1),
        PublishingPanel(),
    ]
    # The filter fields are what the admin's list filters and sorts by while one searches.
    search_fields = [
        index.SearchField("advertiser"),
        index.SearchField("name"),
        index.AutocompleteField("advertiser"),
        index.AutocompleteField("name"),
        *(index.FilterField(name) for name in ("advertiser", "name", "live", "starts_at", "ends_at", "weight")),
    ]

    class Meta:
        ordering = ["-starts_at"]
        verbose_name = _("ad campaign")
        verbose_name_plural = _("ad campaigns")

    def __str__(self) -> str:
        return f"{self.advertiser} – {self.name}"

    def clean(self) -> None:
        super().clean()
        if self.ends_at and self.starts_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end must lie after the start.")})

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "ads/preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        from aminata24.ads.rotation import Ad

        creatives = self.creatives.all()  # type: ignore[attr-defined]
        return {"request": request, "ads": [(creative.placement, Ad.of(creative)) for creative in creatives]}


class CreativeQuerySet(models.QuerySet["Creative"]):
    """Creatives in the publisher's words."""

    def running(self, at: datetime) -> "CreativeQuerySet":
        """Those of campaigns that are live and booked at this time."""
        return self.filter(
            models.Q(campaign__ends_at__isnull=True) | models.Q(campaign__ends_at__gt=at),
            campaign__live=True,
            campaign__starts_at__lte=at,
        )


class Creative(models.Model):
    """What a campaign shows in one placement: a picture, or a line of text."""

    campaign = ParentalKey(Campaign, on_delete=models.CASCADE, related_name="creatives")
    placement = models.ForeignKey(
        Placement, verbose_name=_("placement"), on_delete=models.CASCADE, related_name="creatives"
    )
    image = models.ForeignKey(
        "images.NewsImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    alt_text = models.CharField(_("alternative text"), max_length=200, blank=True)
    text = models.CharField(
        _("line of text"),
        max_length=120,
        blank=True,
        help_text=_("Instead of a picture, for example: BetonPark - (+225) 01 60 07 07 07"),
    )

    panels = [FieldPanel("placement"), FieldPanel("image"), FieldPanel("alt_text"), FieldPanel("text")]

    objects = CreativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("creative")
        verbose_name_plural = _("creatives")

    def __str__(self) -> str:
        return self.text or self.alt_text

    def clean(self) -> None:
        super().clean()
        if bool(self.image_id) == bool(self.text):
            raise ValidationError({"text": _("Choose a picture or write a line of text, one of the two.")})
        if self.image_id and not self.alt_text:
            raise ValidationError({"alt_text": _("Say what the picture shows or reads.")})


class AdFigures(models.Model):
    """
    How often a creative was in view and clicked on a day.

    It is what a campaign is billed by, so it outlives the creative.
    """

    campaign = models.ForeignKey(
        Campaign, verbose_name=_("campaign"), on_delete=models.CASCADE, related_name="figures", db_index=False
    )
    creative = models.ForeignKey(Creative, null=True, on_delete=models.SET_NULL, related_name="+")
    slot = models.CharField(_("placement"), max_length=20, choices=Slot.choices)
    label = models.CharField(_("creative"), max_length=200)
    day = models.DateField(_("day"))
    impressions = models.PositiveIntegerField(_("impressions"))
    clicks = models.PositiveIntegerField(_("clicks"))

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["creative", "day"], name="ad_figures_once_a_day")]
        indexes = [models.Index(fields=["campaign", "day"], name="ad_figures_of_campaign")]
        verbose_name = _("ad figures")
        verbose_name_plural = _("ad figures")

    def __str__(self) -> str:
        return f"{self.label} ({self.day})"

    @property
    def click_rate(self) -> float | None:
        """Clicks per hundred impressions."""
        return click_rate(self.impressions, self.clicks)


def click_rate(impressions: int, clicks: int) -> float | None:
    """Clicks per hundred impressions; None without any."""
    return round(100 * clicks / impressions, 2) if impressions else None
