"""Likes and reports: counted once a person, whatever is sent how often."""

from django.db import transaction
from django.utils.translation import ngettext

from aminata24.comments.models import Comment, CommentSettings, Reaction, Status
from aminata24.comments.models.comment import recount
from aminata24.comments.people import Person


def likes(person: Person, comment: Comment) -> bool:
    """Whether somebody likes a comment."""
    return Reaction.objects.filter(comment=comment, person=person.key, kind=Reaction.Kind.LIKE).exists()


@transaction.atomic
def set_like(comment: Comment, person: Person, liked: bool) -> Comment:
    """Let somebody like a comment, or no longer; gives it with its new count."""
    comment = _held(comment)
    own = {"comment": comment, "person": person.key, "kind": Reaction.Kind.LIKE}
    if liked:
        changed = Reaction.objects.get_or_create(**own, defaults={"address_key": person.address_key})[1]
    else:
        changed = Reaction.objects.filter(**own).delete()[0] > 0
    if changed:
        comment.like_count += 1 if liked else -1
        comment.save(update_fields=["like_count"])
    return comment


@transaction.atomic
def report(comment: Comment, person: Person, reason: str, rules: CommentSettings) -> None:
    """Note that somebody reports a comment; when enough have done so, it waits for a moderator."""
    comment = _held(comment)
    _, is_new = Reaction.objects.get_or_create(
        comment=comment,
        person=person.key,
        kind=Reaction.Kind.REPORT,
        defaults={"reason": reason, "address_key": person.address_key},
    )
    if not is_new:
        return
    comment.report_count += 1
    is_hidden = comment.is_published and not comment.is_staff and 0 < rules.reports_until_hidden <= _weight(comment)
    if is_hidden:
        comment.status = Status.PENDING
        comment.held_because = ngettext(
            "Reported by %(count)s reader", "Reported by %(count)s readers", comment.report_count
        ) % {"count": comment.report_count}
    comment.save(update_fields=["report_count", "status", "held_because"])
    if is_hidden:
        recount(comment.article_id)


def _held(comment: Comment) -> Comment:
    """The comment as it is now, held until the transaction ends, so that two who react count one after the other."""
    return Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)


def _weight(comment: Comment) -> int:
    """
    How many readers reported it since a moderator last let it through.

    Visitors count by their network address, for one can easily be many browsers.
    """
    reports = comment.reactions.filter(kind=Reaction.Kind.REPORT)
    if comment.moderated_at:
        reports = reports.filter(created_at__gt=comment.moderated_at)
    people = reports.values_list("person", "address_key")
    return len({person if person.startswith("reader:") else address_key for person, address_key in people})
