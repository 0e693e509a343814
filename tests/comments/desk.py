"""How the tests use the moderators' desk."""

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.test import Client

from aminata24.comments.models import Comment, Status
from aminata24.readers.models import User
from news.models import ArticlePage
from tests.factories import CommentFactory

QUEUE = "/admin/comments/comment/"
DECIDE = f"{QUEUE}decide/"
BANS = "/admin/comments/ban/"

SignIn = Callable[..., User]


def waiting(article: ArticlePage, **fields: object) -> Comment:
    """A comment that waits."""
    return CommentFactory(article=article, **{"status": Status.PENDING, **fields})


def seen(comment: Comment) -> str:
    """What a button of its row sends."""
    edited = comment.edited_at.isoformat() if comment.edited_at else ""
    return f"{comment.pk}.{comment.status}.{edited}"


def press(client: Client, action: str, comment: Comment, **fields: Any) -> HttpResponse:
    """Press a button of a comment's row."""
    return client.post(DECIDE, {"do": f"{action}:{seen(comment)}", "next": QUEUE, **fields}, follow=True)


def shown(client: Client, query: str = "") -> list[str]:
    """The authors of the comments on the list, from top to bottom."""
    page = client.get(QUEUE + query).content.decode()
    return re.findall(r'class="remark__name"[^>]*>([^<]+)<', page)


def text_of(response: HttpResponse) -> str:
    """The words of a page, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())
