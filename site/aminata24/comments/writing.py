"""A comment on its way from the form to the page: whether it is taken, whether it appears, and that it is kept once."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aminata24.comments.models import Comment, Status
from aminata24.comments.models.comment import recount
from aminata24.comments.spam.akismet import check_with_akismet, is_set_up
from aminata24.comments.spam.attempt import Attempt, Finding, Gravity, Refused
from aminata24.comments.spam.checks import FOR_EDITS, FOR_NEW_COMMENTS, Check, judge


def send(attempt: Attempt) -> Comment:
    """
    Store a comment, or find the one that the same form brought before.

    Raises Refused, with words for its author, where it is not taken.
    """
    sent = Comment.objects.filter(submission=attempt.submission).first()
    if sent:
        if sent.text != attempt.text:
            raise Refused(_("This form has been sent already. To add this text as well, send it once more."), 409, True)
        return sent
    status, reason = _decide(attempt)
    waits_for_service = _waits_for_service(attempt, status)
    with transaction.atomic():
        # Sent twice at once, one of both finds the other's.
        comment, is_new = Comment.objects.get_or_create(
            submission=attempt.submission,
            defaults={
                "article": attempt.article,
                "parent": attempt.parent,
                "reader": attempt.person.reader,
                "name": attempt.name,
                "email": attempt.email,
                "text": attempt.text,
                "is_staff": attempt.person.is_staff,
                "status": Status.PENDING if waits_for_service else status,
                "held_because": reason[:200],
                "person": attempt.person.key,
                "address_key": attempt.person.address_key,
            },
        )
        if is_new and comment.is_published:
            recount(comment.article_id)
    if is_new and waits_for_service:
        _ask_service(comment, attempt, status)
    return comment


def change(comment: Comment, attempt: Attempt) -> Comment:
    """Give a comment another text; one that would not have appeared with it waits. Raises Refused."""
    finding = None if attempt.person.is_staff else _judged(attempt, FOR_EDITS)
    with transaction.atomic():
        comment = Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
        before = comment.status
        status = _status_after(finding) if finding and before != Status.SPAM else before
        waits_for_service = _waits_for_service(attempt, status)
        comment.text, comment.edited_at = attempt.text, timezone.now()
        comment.status = Status.PENDING if waits_for_service else status
        comment.held_because = finding.reason[:200] if finding else comment.held_because
        comment.save()
        if before == Status.APPROVED and not comment.is_published:
            recount(comment.article_id)
    if waits_for_service:
        _ask_service(comment, attempt, status)
    return comment


def _decide(attempt: Attempt) -> tuple[Status, str]:
    """Whether a new comment appears, and why not; raises Refused."""
    if attempt.person.is_staff:
        return Status.APPROVED, ""
    finding = _judged(attempt, FOR_NEW_COMMENTS)
    if finding:
        return _status_after(finding), finding.reason
    if attempt.rules.all_wait:
        return Status.PENDING, _("Every comment waits")
    if attempt.rules.first_waits and not attempt.person.is_trusted(attempt.name, attempt.email):
        return Status.PENDING, _("First comment")
    return Status.APPROVED, ""


def _judged(attempt: Attempt, checks: list[Check]) -> Finding | None:
    finding = judge(attempt, checks)
    if finding and finding.gravity == Gravity.REFUSE:
        raise Refused(finding.reason, finding.status)
    return finding


def _status_after(finding: Finding) -> Status:
    return Status.SPAM if finding.gravity == Gravity.SPAM else Status.PENDING


def _waits_for_service(attempt: Attempt, status: str) -> bool:
    return is_set_up() and not attempt.person.is_staff and status in (Status.APPROVED, Status.PENDING)


def _ask_service(comment: Comment, attempt: Attempt, status: str) -> None:
    publishes = status == Status.APPROVED
    check_with_akismet.enqueue(comment.pk, publishes, attempt.network, attempt.user_agent[:300])
    # Where tasks run at once, it is decided.
    comment.refresh_from_db()
