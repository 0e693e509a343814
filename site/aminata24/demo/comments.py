"""What readers answer under a few articles. It goes with its article, so nothing else removes it."""

from datetime import datetime, timedelta

from django.utils.text import slugify

from aminata24.comments.models import Comment, Status
from aminata24.comments.models.comment import recount
from aminata24.demo import content
from aminata24.demo.content import Entry
from aminata24.readers.models import User
from news.models import ArticlePage


def load_comments(articles: dict[str, int], users: dict[str, User], now: datetime) -> None:
    """Write the comments where an article of the demo has none yet; `articles` are keys by slug."""
    entries = [entry for entry in content.comments() if entry["article"] in articles]
    wanted = {articles[entry["article"]] for entry in entries}
    found = ArticlePage.objects.filter(pk__in=wanted, reader_comments=None)
    missing = {article.pk: article for article in found.only("published_at")}
    for entry in entries:
        article = missing.get(articles[entry["article"]])
        if article:
            _write(entry, article, None, users, now)
    for key in missing:
        recount(key)


def _write(entry: Entry, article: ArticlePage, parent: Comment | None, users: dict[str, User], now: datetime) -> None:
    assert article.published_at is not None, "articles of the demo have a time"
    writer = users.get(entry.get("staff", ""))
    comment = Comment.objects.create(
        article=article,
        parent=parent,
        reader=writer,
        name=writer.get_full_name() if writer else entry["name"],
        email="" if writer else f"{slugify(entry['name'])}@example.com",
        text=entry["text"],
        is_staff=writer is not None,
        status=entry.get("status", Status.APPROVED),
        held_because=entry.get("held_because", ""),
        like_count=entry["likes"],
        created_at=min(article.published_at + timedelta(minutes=entry["minutes"]), now),
    )
    for reply in entry.get("reply", []):
        _write(reply, article, comment, users, now)
