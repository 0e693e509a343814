"""People in front of a browser, who fill in the forms of a discussion."""

import re
import time
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.test import Client
from wagtail.models import Site

from aminata24.comments import stamp
from aminata24.comments.models import Comment, CommentSettings
from news.models import ArticlePage

TEXT = "Le bac est à l’heure depuis lundi, et cela change la vie de tout un quartier."
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def opened(seconds: int = 60) -> str:
    """The stamp of a form that was opened some time ago."""
    return stamp._signer.sign(f"{uuid4().hex}-{int(time.time()) - seconds}")


class Visitor:
    """A browser with its cookies, at a network address of its own."""

    def __init__(
        self, article: ArticlePage, address: str = "203.0.113.7", name: str = "Awa Koné", **options: Any
    ) -> None:
        self.article = article
        self.name = name
        self.client = Client(REMOTE_ADDR=address, **options)

    @property
    def email(self) -> str:
        """An address that goes with the name."""
        return f"{self.name.split()[0].lower()}@example.com"

    def path(self, form: str = "ecrire", comment: Comment | None = None) -> str:
        """Where a form lies."""
        return f"/commentaires/{self.article.pk}/{form}/" + (f"{comment.pk}/" if comment else "")

    def write(self, text: str = TEXT, parent: Comment | None = None, **fields: Any) -> Any:
        """Send a comment, or a reply; gives the answer."""
        form = {"text": text, "name": self.name, "email": self.email, "website": "", "stamp": opened(), **fields}
        path = self.path("repondre", parent) if parent else self.path()
        return self._send(path, {key: value for key, value in form.items() if value is not None})

    def post(self, form: str, comment: Comment, **fields: Any) -> Any:
        """Send another form about a comment."""
        return self._send(self.path(form, comment), fields)

    def _send(self, path: str, fields: dict[str, Any]) -> Any:
        """As browsers do without a script."""
        return self.client.post(path, urlencode(fields), content_type="application/x-www-form-urlencoded")

    def token(self, path: str) -> str:
        """The CSRF token that a form page holds."""
        return _TOKEN.search(self.client.get(path).content.decode())[1]  # type: ignore[index]


def page_of(response: Any) -> str:
    """The HTML of an answer."""
    return response.content.decode()


def set_rules(**changes: Any) -> None:
    """Let the publisher change the rules."""
    CommentSettings.objects.update_or_create(site=Site.objects.get(), defaults=changes)
