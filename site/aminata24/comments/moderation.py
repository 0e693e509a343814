"""
What moderators do: approve, reject, mark as spam, put back into the queue, answer, delete, ban, and take it back.

Each takes a queryset of comments "as they were seen": what it asks for is asked again with the rows locked, so a
comment that somebody else decided meanwhile is left alone, and of two moderators at once one decides.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from aminata24.comments.models import Ban, Comment, Status
from aminata24.comments.models.comment import CommentQuerySet, recount
from aminata24.comments.spam.akismet import tell_akismet
from aminata24.readers.models import User

# What Wagtail's log calls each decision; wagtail_hooks.py has the words.
ACTIONS = {
    Status.APPROVED: "comments.approve",
    Status.REJECTED: "comments.reject",
    Status.SPAM: "comments.spam",
    Status.PENDING: "comments.requeue",
}
BAN, LIFT, REPLY, UNDO = "comments.ban", "comments.lift", "comments.reply", "comments.undo"


@dataclass(frozen=True)
class Decision:
    """What came of an action: the comments it changed, the ban it made; its key takes it back."""

    key: UUID = field(default_factory=uuid4)
    at: datetime = field(default_factory=timezone.now)
    comments: list[Comment] = field(default_factory=list)
    bans: list[Ban] = field(default_factory=list)


# --- Decisions ----------------------------------------------------------------


def approve(comments: CommentQuerySet, by: User, reason: str = "") -> Decision:
    """Show them to readers."""
    return _decide(Decision(), comments, Status.APPROVED, by, reason)


def reject(comments: CommentQuerySet, by: User, reason: str = "") -> Decision:
    """Keep them from readers."""
    return _decide(Decision(), comments, Status.REJECTED, by, reason)


def mark_as_spam(comments: CommentQuerySet, by: User, reason: str = "") -> Decision:
    """Keep them from readers, as advertising that nobody ordered."""
    return _decide(Decision(), comments, Status.SPAM, by, reason)


def back_to_queue(comments: CommentQuerySet, by: User, reason: str = "") -> Decision:
    """Let somebody decide anew."""
    return _decide(Decision(), comments, Status.PENDING, by, reason)


def undo(key: UUID, by: User) -> Decision:
    """Take back what this moderator did under `key`, where nobody decided again since."""
    decision = Decision()
    entries = ModelLogEntry.objects.filter(uuid=key, user=by)
    alike: dict[tuple, list[str]] = defaultdict(list)
    for entry in entries.filter(action__in=ACTIONS.values()):
        data = entry.data
        alike[data["became"], entry.timestamp, data["was"], data["held_because"], data["decided"]].append(
            entry.object_id
        )
    with transaction.atomic():
        for (became, at, was, held_because, decided), keys in alike.items():
            at = None if became == Status.PENDING else at
            comments = Comment.objects.filter(pk__in=keys, status=became, moderated_at=at)
            decided = datetime.fromisoformat(decided) if decided else None
            _change(decision, comments, UNDO, by, status=was, held_because=held_because, moderated_at=decided)
        made = ModelLogEntry.objects.get_for_model(Ban).filter(uuid=key, user=by, action=BAN)
        for ban in Ban.objects.filter(pk__in=[int(entry.object_id) for entry in made]):
            lift(ban, by)
            decision.bans.append(ban)
    return decision


def _decide(decision: Decision, comments: CommentQuerySet, status: Status, by: User, reason: str = "") -> Decision:
    """Give comments a status, unless they have it already."""
    changes: dict[str, Any] = {"status": status, "moderated_at": None if status == Status.PENDING else decision.at}
    if reason or status == Status.APPROVED:
        changes["held_because"] = reason[: Comment._meta.get_field("held_because").max_length]
    before = len(decision.comments)
    _change(decision, comments.exclude(status=status), ACTIONS[status], by, reason, **changes)
    for comment in decision.comments[before:]:
        # As they were before.
        if status == Status.SPAM or (status == Status.APPROVED and comment.status == Status.SPAM):
            tell_akismet(comment, is_spam=status == Status.SPAM)
    return decision


def _change(
    decision: Decision, comments: CommentQuerySet, action: str, by: User, reason: str = "", **changes: Any
) -> Decision:
    """Change the comments that still are as they were seen, note it, and count their articles anew."""
    with transaction.atomic():
        seen = comments.order_by("pk").only("article_id", "status", "held_because", "moderated_at")
        changed = list(seen.select_for_update(no_key=True))
        Comment.objects.filter(pk__in=[comment.pk for comment in changed]).update(**changes)
        _note(
            decision,
            action,
            by,
            {
                comment: {
                    "was": comment.status,
                    "became": changes["status"],
                    "held_because": comment.held_because,
                    "decided": comment.moderated_at and comment.moderated_at.isoformat(),
                    "reason": reason,
                }
                for comment in changed
            },
        )
        _recount(comment for comment in changed if Status.APPROVED in (comment.status, changes["status"]))
    decision.comments.extend(changed)
    return decision


# --- Answers and deletions ----------------------------------------------------


def reply(to: Comment, text: str, by: User, submission: UUID) -> Comment:
    """Answer as the newsroom, at once; a comment that waited is approved with it. Sent twice, it is one answer."""
    decision = Decision()
    with transaction.atomic():
        _decide(decision, Comment.objects.waiting().filter(pk=to.pk), Status.APPROVED, by)
        answer, is_new = Comment.objects.get_or_create(
            submission=submission,
            defaults={
                "article_id": to.article_id,
                "parent": to,
                "reader": by,
                "person": f"reader:{by.pk}",
                "name": by.get_full_name()[:60] or _("The newsroom"),
                "text": text,
                "is_staff": True,
                "status": Status.APPROVED,
                "moderated_at": decision.at,
            },
        )
        if is_new:
            _note(decision, REPLY, by, {answer: {"to": to.pk}})
            _recount([answer])
    return answer


def delete(comment: Comment, by: User) -> None:
    """Delete a comment for good, and what was answered to it."""
    with transaction.atomic():
        _note(Decision(), "wagtail.delete", by, {comment: {}})
        comment.delete()
        _recount([comment])


# --- Bans ---------------------------------------------------------------------


def ban_author(
    comment: Comment, by: User, reason: str = "", with_address: bool = False, reject_waiting: bool = True
) -> Decision:
    """
    Keep out whoever wrote a comment.

    A network address is shared by all who surf through one mobile operator, so it is banned only if asked for.
    """
    email = comment.email or (comment.reader.email if comment.reader else "")
    address_key = comment.address_key if with_address else ""
    decision = ban(by, comment.reader, email, address_key, reason, reject_waiting)
    if decision.bans:
        _note(decision, BAN, by, {comment: {"reason": reason}})
    return decision


def ban(
    by: User,
    reader: User | None = None,
    email: str = "",
    address_key: str = "",
    reason: str = "",
    reject_waiting: bool = False,
) -> Decision:
    """Keep a person out, and reject what waits from them if asked; who is banned already stays so."""
    decision = Decision()
    if not (reader or email or address_key):
        return decision
    with transaction.atomic():
        made, is_new = Ban.objects.get_or_create(
            reader=reader,
            email=email.lower(),
            address_key=address_key,
            defaults={"reason": reason, "banned_by": by},
        )
        if is_new:
            decision.bans.append(made)
            _note(decision, BAN, by, {made: {"reason": reason}})
        if reject_waiting:
            waiting = Comment.objects.waiting().of(made.reader_id, made.email, made.address_key)
            _decide(decision, waiting, Status.REJECTED, by, reason or _("The author was banned."))
    return decision


def lift(ban: Ban, by: User) -> None:
    """Let a person in again."""
    with transaction.atomic():
        _note(Decision(), LIFT, by, {ban: {}})
        # Two moderators may have banned the same person in the same moment.
        Ban.objects.filter(reader=ban.reader_id, email=ban.email, address_key=ban.address_key).delete()


# --- What goes with each ------------------------------------------------------


def _note(decision: Decision, action: str, by: User, things: dict[Any, dict[str, Any]]) -> None:
    """Write into Wagtail's log, with one statement for all; without names or addresses, which are to be forgotten."""
    ModelLogEntry.objects.bulk_create(
        ModelLogEntry(
            content_type=ContentType.objects.get_for_model(thing),
            object_id=str(thing.pk),
            label=f"{capfirst(thing._meta.verbose_name)} {thing.pk}",
            action=action,
            timestamp=decision.at,
            uuid=decision.key,
            user=by,
            data=data,
        )
        for thing, data in things.items()
    )


def _recount(comments: Iterable[Comment]) -> None:
    """Count the comments of each article anew, in one order, so that two moderators don't wait for each other."""
    for article_id in sorted({comment.article_id for comment in comments}):
        recount(article_id)
