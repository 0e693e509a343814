"""The brand's own colours as a style sheet, since the content security policy allows none inside a page."""

from django.http import HttpRequest, HttpResponse

from aminata24.delivery.cache import public
from aminata24.theme.surroundings import surroundings


@public
def brand_stylesheet(request: HttpRequest) -> HttpResponse:
    """Custom properties that override those of `tokens.css`; linked only when an editor changed a colour."""
    brand = surroundings().brand
    return HttpResponse(
        f":root{{--accent:light-dark({brand.accent},{brand.accent_dark})}}\n", content_type="text/css; charset=utf-8"
    )
