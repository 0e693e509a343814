"""Tags of the desk's templates."""

from typing import Any

from django import template

from news.models import LiveEntry

register = template.Library()


@register.simple_tag
def editor_beside(entry: LiveEntry, user: Any) -> Any:
    """Who else has the entry open now, if anybody."""
    return entry.editor_beside(user)
