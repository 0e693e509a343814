"""Parts of a page that are the same on every page: rendered once a second, not once a request."""

from django.template.loader import render_to_string
from markupsafe import Markup

from aminata24.delivery.memory import remember_briefly
from aminata24.theme.surroundings import Surroundings


@remember_briefly
def fragment(template: str, theme: Surroundings, **context: str | int) -> Markup:
    """A template rendered with `theme` and what else it varies by, which must have few values."""
    return Markup(render_to_string(template, {"theme": theme, **context}))
