"""What every template may read beside its page's own context."""

from django.http import HttpRequest

from aminata24.theme.surroundings import Surroundings, surroundings


def theme(request: HttpRequest) -> dict[str, Surroundings]:
    """`theme`: brand, menus and consent; a setting's preview brings its own."""
    return {"theme": getattr(request, "surroundings", None) or surroundings()}
