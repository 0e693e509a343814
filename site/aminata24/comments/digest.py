"""The mail that tells moderators what waits for them; a worker asks every few minutes whether one is due."""

import logging
from datetime import datetime, time, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site
from wagtail.permission_policies import ModelPermissionPolicy

from aminata24.comments.models import Comment, CommentSettings, Digest, ModeratorPreferences
from aminata24.delivery.mail import send_templated_mail
from aminata24.readers.models import User
from aminata24.theme.surroundings import absolute, surroundings

logger = logging.getLogger(__name__)

# The hours of a day at which a digest is due.
HOURS = {Digest.NEVER: (), Digest.HOURLY: tuple(range(24)), Digest.TWICE: (7, 15), Digest.DAILY: (7,)}
SHOWN = 10


def send_due_digest(now: datetime) -> bool:
    """Mail what waits to the moderators who want it, if it is time for that; whether a mail went out."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return False
    rules = CommentSettings.for_site(site)
    due = last_due(Digest(rules.digest), now)
    if due is None or not _claim(rules, due, now):
        return False
    waiting = Comment.objects.waiting()
    count = waiting.count()
    if not count:
        return False
    oldest = list(waiting.select_related("article").only("name", "text", "created_at", "article__title")[:SHOWN])
    context = {
        "count": count,
        "comments": [(comment, _address("inspect", comment.pk)) for comment in oldest],
        "oldest": oldest[0].created_at,
        "desk": _address("index"),
        "choice": absolute(reverse("wagtailadmin_account")),
        "name": surroundings().brand.name,
    }
    sent = [_send(context, moderator) for moderator in who_want_it()]
    if sent and not any(sent):
        # The line is down: whoever runs this next tries again.
        CommentSettings.objects.filter(pk=rules.pk).update(digest_at=rules.digest_at)
    return any(sent)


def last_due(digest: Digest, now: datetime) -> datetime | None:
    """When the latest digest was due up to now."""
    today = timezone.localtime(now).date()
    moments = (
        timezone.make_aware(datetime.combine(day, time(hour)))
        for day in (today, today - timedelta(days=1))
        for hour in sorted(HOURS[digest], reverse=True)
    )
    return next((moment for moment in moments if moment <= now), None)


def who_want_it() -> list[User]:
    """Those who may decide on comments and didn't decline the mail."""
    declined = ModeratorPreferences.objects.filter(wants_digest=False).values("user")
    return list(ModelPermissionPolicy(Comment).users_with_permission("change").exclude(pk__in=declined).order_by("pk"))


def _claim(rules: CommentSettings, due: datetime, now: datetime) -> bool:
    """Whether this digest is ours to send: one statement, so that of two workers one is told yes."""
    not_yet = Q(digest_at=None) | Q(digest_at__lt=due)
    return bool(CommentSettings.objects.filter(not_yet, pk=rules.pk).update(digest_at=now))


def _send(context: dict, moderator: User) -> bool:
    try:
        send_templated_mail("comments/mail/digest", context, moderator.email)
    except OSError:
        # What goes wrong with one address is no reason to keep the others waiting.
        logger.exception("The digest of comments didn't reach a moderator.", extra={"user": moderator.pk})
        return False
    return True


def _address(action: str, *args: int) -> str:
    return absolute(reverse(f"comments_comment_modeladmin_{action}", args=args))
