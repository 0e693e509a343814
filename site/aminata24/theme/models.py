"""Site settings: brand, menus and consent, each edited beside a live preview of the front page."""

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import PreviewableMixin

from aminata24.theme.colours import validate_on_night, validate_on_paper
from aminata24.theme.links import LinkBlock

DEFAULT_ACCENT = "#b93c0a"
DEFAULT_ACCENT_DARK = "#ff9d6b"


class SocialNetwork(models.TextChoices):
    """Networks we have an icon for."""

    FACEBOOK = "facebook", "Facebook"
    X = "x", "X"
    WHATSAPP = "whatsapp", "WhatsApp"
    TELEGRAM = "telegram", "Telegram"
    YOUTUBE = "youtube", "YouTube"
    INSTAGRAM = "instagram", "Instagram"
    TIKTOK = "tiktok", "TikTok"
    LINKEDIN = "linkedin", "LinkedIn"


class SocialAccountBlock(blocks.StructBlock):
    """One account of ours elsewhere."""

    network = blocks.ChoiceBlock(choices=SocialNetwork.choices, label=_("Network"))
    url = blocks.URLBlock(max_length=300, label=_("Address"))

    class Meta:
        icon = "group"
        label = _("Social account")


class SitePreview(PreviewableMixin):
    """Previews a setting on the front page, as readers would see it."""

    # The field of `Surroundings` that this setting replaces in its preview.
    surrounds_as: str

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Render the front page with this unsaved setting around it."""
        from aminata24.theme.surroundings import surroundings

        around = surroundings()
        request.surroundings = around.with_setting(self.surrounds_as, self)  # type: ignore[attr-defined]
        return around.site.root_page.specific.serve_preview(request, "")


@register_setting(icon="pick", order=100)
class BrandSettings(SitePreview, BaseSiteSetting):
    """Name, logo, colours and accounts: who we are on every page."""

    surrounds_as = "brand"

    name = models.CharField(_("name"), max_length=60, default="Aminata24")
    tagline = models.CharField(
        _("tagline"), max_length=120, blank=True, default="L’actualité de la Côte d’Ivoire et de l’Afrique de l’Ouest"
    )
    description = models.CharField(
        _("description"), max_length=300, blank=True, help_text=_("One or two sentences for search engines and links.")
    )
    logo = models.ForeignKey(
        "images.NewsImage",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Square, used where an icon stands for the site. The name plate itself is text."),
    )
    accent = models.CharField(_("accent colour"), max_length=7, default=DEFAULT_ACCENT, validators=[validate_on_paper])
    accent_dark = models.CharField(
        _("accent colour, dark theme"), max_length=7, default=DEFAULT_ACCENT_DARK, validators=[validate_on_night]
    )
    social_accounts = StreamField([("account", SocialAccountBlock())], blank=True, verbose_name=_("social accounts"))
    advertising_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page for advertisers"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Where a placement that nobody bought leads."),
    )
    copyright = models.CharField(_("copyright line"), max_length=160, blank=True, default="Tous droits réservés.")

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("tagline"), FieldPanel("description"), FieldPanel("logo")],
            heading=_("Name"),
        ),
        MultiFieldPanel([FieldPanel("accent"), FieldPanel("accent_dark")], heading=_("Colours")),
        FieldPanel("social_accounts"),
        FieldPanel("advertising_page"),
        FieldPanel("copyright"),
    ]

    class Meta:
        verbose_name = _("brand")

    @property
    def has_own_colours(self) -> bool:
        """Whether a style sheet must say other colours than ours."""
        return (self.accent, self.accent_dark) != (DEFAULT_ACCENT, DEFAULT_ACCENT_DARK)


@register_setting(icon="list-ul", order=110)
class MenuSettings(SitePreview, BaseSiteSetting):
    """The menus of header and footer."""

    surrounds_as = "menus"

    header = StreamField(
        [("link", LinkBlock())],
        blank=True,
        verbose_name=_("sections"),
        help_text=_("Under the name plate. Six to eight fit on a screen; a phone scrolls them sideways."),
    )
    footer = StreamField([("link", LinkBlock())], blank=True, verbose_name=_("useful links"))
    legal = StreamField([("link", LinkBlock())], blank=True, verbose_name=_("legal menu"))

    panels = [FieldPanel("header"), FieldPanel("footer"), FieldPanel("legal")]

    class Meta:
        verbose_name = _("menus")


@register_setting(icon="lock", order=120)
class ConsentSettings(SitePreview, BaseSiteSetting):
    """What the cookie notice says, and the pages it leads to."""

    surrounds_as = "consent"

    title = models.CharField(_("title"), max_length=80, default="Votre vie privée")
    text = models.TextField(
        _("text"),
        max_length=600,
        default=(
            "Aminata24 ne dépose aucun cookie publicitaire ni de mesure. Les vidéos et publications d’autres sites "
            "ne se chargent qu’avec votre accord."
        ),
    )
    privacy_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("privacy policy"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    terms_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("terms of use"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        FieldPanel("title"),
        FieldPanel("text"),
        FieldPanel("privacy_page"),
        FieldPanel("terms_page"),
    ]

    class Meta:
        verbose_name = _("consent")
