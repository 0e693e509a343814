"""What the brand says of itself outside a page: its colours as a style sheet, and how a phone installs the site."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from aminata24.delivery.cache import public
from aminata24.theme.colours import PAPER
from aminata24.theme.icons import app_icon_png
from aminata24.theme.surroundings import surroundings

APPLE_SIZE = 180
MANIFEST_SIZES = (192, 512)


@public
def brand_stylesheet(request: HttpRequest) -> HttpResponse:
    """Custom properties that override those of `tokens.css`; linked only when an editor changed a colour."""
    brand = surroundings().brand
    return HttpResponse(
        f":root{{--accent:light-dark({brand.accent},{brand.accent_dark})}}\n", content_type="text/css; charset=utf-8"
    )


@public
def app_icon(request: HttpRequest, size: int, fills: bool = False) -> HttpResponse:
    """The icon on a home screen, in the sizes that phones ask for."""
    if size not in (APPLE_SIZE, *MANIFEST_SIZES):
        raise Http404
    return HttpResponse(app_icon_png(surroundings().brand, size, fills), content_type="image/png")


@public
def manifest(request: HttpRequest) -> JsonResponse:
    """What a phone needs to install the site."""
    brand = surroundings().brand
    icons = [
        {"src": reverse(name, args=[size]), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size in MANIFEST_SIZES
        for name, purpose in (("app_icon", "any"), ("app_icon_filling", "maskable"))
    ]
    return JsonResponse(
        {
            "id": "/",
            "name": brand.name,
            "short_name": brand.name[:12].rstrip(),
            "description": brand.description or brand.tagline,
            "lang": "fr",
            "dir": "ltr",
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": PAPER,
            "theme_color": PAPER,
            "categories": ["news"],
            "icons": icons,
            "shortcuts": [
                {"name": _("Latest news"), "url": reverse("latest")},
                {"name": _("Saved articles"), "url": reverse("saved")},
            ],
        },
        content_type="application/manifest+json",
    )
