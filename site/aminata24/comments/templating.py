"""Names the comments add to the readers' templates."""

from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from markupsafe import Markup

from aminata24.comments.discussion import UNDER_ARTICLE, Order, Part, threads_of
from aminata24.comments.models import CommentSettings
from aminata24.comments.text import as_html, clip
from aminata24.delivery.memory import remember_briefly
from aminata24.theme.surroundings import surroundings
from news.models import ArticlePage

# In whose name what is the same below most articles is made; no article has this key.
SOME_ARTICLE = 999_999_999


def discussion(article: ArticlePage) -> Markup:
    """What readers wrote under an article, as it stands below the story; nothing where nobody may read or write it."""
    if not article.live or article.get_view_restrictions():
        return Markup()
    is_open = surroundings().setting(CommentSettings).are_open_for(article)
    if article.comment_count:
        return _section(article.pk, article.comment_count, is_open)
    if not is_open:
        return Markup()
    # Below most articles stands the same, but for the address of the form.
    return _section(SOME_ARTICLE, 0, is_open).replace(_address(SOME_ARTICLE), _address(article.pk))


def _address(article_id: int) -> str:
    return reverse("comment_write", args=[article_id])


@remember_briefly
def _section(article_id: int, count: int, is_open: bool) -> Markup:
    part = threads_of(article_id, size=UNDER_ARTICLE) if count else Part([])
    context = {"article_id": article_id, "count": count, "part": part, "is_open": is_open, "orders": Order}
    return Markup(render_to_string("comments/section.html", context))


GLOBALS: dict[str, Any] = {"discussion": discussion, "COMMENT_ORDERS": Order}
FILTERS: dict[str, Callable[..., Any]] = {"comment_html": as_html, "clip": clip}
