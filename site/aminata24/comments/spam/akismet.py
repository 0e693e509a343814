"""
A service that speaks Akismet's protocol, asked where AKISMET_URL and AKISMET_KEY name one.

It is asked once a comment is stored, by a task: a service that is slow or down keeps no reader waiting and loses
nothing. Until it has answered a comment waits; where it fails, a moderator decides. It learns the text, the name and
the e-mail address, and of the network address only the part that many share.
"""

import logging
from functools import partial
from http.client import HTTPException
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from aminata24.comments.models import Comment, Status
from aminata24.comments.models.comment import recount
from aminata24.theme.surroundings import absolute

logger = logging.getLogger(__name__)

SECONDS = 2


def is_set_up() -> bool:
    """Whether there is a service to ask."""
    return bool(settings.AKISMET_URL and settings.AKISMET_KEY)


@task()
def check_with_akismet(comment_id: int, publishes: bool, address: str, user_agent: str) -> None:
    """Ask whether a waiting comment is spam; if not, and if nothing else held it, it `publishes`."""
    comment = Comment.objects.filter(pk=comment_id).select_related("article").first()
    if comment is None:
        return
    try:
        is_spam = _ask("comment-check", comment, address, user_agent) == "true"
    except (OSError, HTTPException, ValueError):
        logger.warning("akismet_failed comment=%s", comment_id, exc_info=True)
        _decide(comment_id, Status.PENDING, _("The spam check did not answer"))
        return
    if is_spam:
        _decide(comment_id, Status.SPAM, _("Spam, says the spam check"))
    elif publishes:
        _decide(comment_id, Status.APPROVED, "")


def tell_akismet(comment: Comment, is_spam: bool) -> None:
    """Let the service learn from what a moderator decided, once that is sure; nothing without one."""
    if is_set_up():
        transaction.on_commit(partial(_tell.enqueue, comment.pk, is_spam))


@task()
def _tell(comment_id: int, is_spam: bool) -> None:
    comment = Comment.objects.filter(pk=comment_id).select_related("article").first()
    if comment is None:
        return
    try:
        # Nobody kept the address.
        _ask("submit-spam" if is_spam else "submit-ham", comment, "0.0.0.0", "")
    except (OSError, HTTPException, ValueError):
        logger.warning("akismet_failed comment=%s", comment_id, exc_info=True)


def _decide(comment_id: int, status: Status, reason: str) -> None:
    with transaction.atomic():
        comment = Comment.objects.select_for_update(no_key=True).get(pk=comment_id)
        # A moderator may have been quicker.
        if comment.status != Status.PENDING:
            return
        comment.status = status
        comment.held_because = reason or comment.held_because
        comment.save(update_fields=["status", "held_because"])
        if status == Status.APPROVED:
            recount(comment.article_id)


def _ask(method: str, comment: Comment, address: str, user_agent: str) -> str:
    """Send a comment to the service; raises OSError, HTTPException or ValueError where it doesn't answer properly."""
    fields = {
        "api_key": settings.AKISMET_KEY,
        "blog": settings.SITE_URL,
        "blog_lang": "fr",
        "blog_charset": "UTF-8",
        "comment_type": "reply" if comment.parent_id else "comment",
        "comment_author": comment.name,
        "comment_author_email": comment.email,
        "comment_content": comment.text,
        "comment_date_gmt": comment.created_at.isoformat(),
        "permalink": absolute(comment.article.path_on_site),
        "user_ip": address,
        "user_agent": user_agent,
    }
    url = f"{settings.AKISMET_URL.rstrip('/')}/{method}"
    with urlopen(Request(url, urlencode(fields).encode()), timeout=SECONDS) as response:
        answer = response.read(200).decode(errors="replace").strip()
    if method == "comment-check" and answer not in ("true", "false"):
        raise ValueError(f"Akismet answered {answer!r}")
    return answer
