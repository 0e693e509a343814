"""What a moderator has to know to decide on comments, read for a whole page of them with a few queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from django.db.models import Count, Prefetch, Q

from aminata24.comments.models import Ban, Comment, Reaction, Status
from aminata24.comments.models.comment import CommentQuerySet

# So many of the readers' reasons stand beside a comment; its figure counts all reports.
REASONS_SHOWN = 5
# A thread may be long; so many before and after a comment tell what it is about.
NEIGHBOURS = 10

# An article's body is heavy; the desk shows its headline and leads to it.
FIELDS = (
    *(field.name for field in Comment._meta.concrete_fields if field.name not in ("submission", "fingerprint")),
    "article__title",
    "article__url_path",
    "thread__status",
    "parent__name",
    "parent__text",
    "parent__status",
    "reader__first_name",
    "reader__last_name",
    "reader__email",
)


@dataclass
class Record:
    """What a person did here so far."""

    published: int = 0
    refused: int = 0
    is_banned: bool = False


@dataclass
class Row:
    """A comment on the desk, with its author's record."""

    comment: Comment
    record: Record
    # Where a moderator goes on after this one: the comment below it.
    following: int | None = None

    @property
    def seen(self) -> str:
        """How it was shown: a decision counts while that still holds."""
        edited_at = self.comment.edited_at
        return f"{self.comment.pk}.{self.comment.status}.{edited_at.isoformat() if edited_at else ''}"

    @property
    def email(self) -> str:
        """The address behind it, which readers never see."""
        return _email(self.comment)

    @property
    def may_be_banned(self) -> bool:
        """Whether there is somebody to keep out."""
        return bool(self.email) and not self.comment.is_staff and not self.record.is_banned

    @property
    def may_be_answered(self) -> bool:
        """Whether readers would see an answer; what waits is published with it."""
        above = (self.comment.thread, self.comment.parent)
        return self.comment.status in (Status.APPROVED, Status.PENDING) and all(
            comment is None or comment.is_published for comment in above
        )


def _email(comment: Comment) -> str:
    return (comment.email or (comment.reader.email if comment.reader else "")).lower()


def with_context(comments: CommentQuerySet) -> CommentQuerySet:
    """Read with each comment what it stands under, what it answers, and why readers reported it."""
    reports = Reaction.objects.filter(kind=Reaction.Kind.REPORT).exclude(reason="").order_by("-created_at", "-pk")
    return (
        comments.select_related("article", "thread", "parent", "reader")
        .only(*FIELDS)
        .prefetch_related(Prefetch("reactions", reports[:REASONS_SHOWN], to_attr="reports"))
    )


def rows_of(comments: Iterable[Comment]) -> list[Row]:
    """The rows of some comments read by `with_context`; two queries, however many they are."""
    comments = list(comments)
    readers = {comment.reader_id for comment in comments if comment.reader_id}
    emails = {_email(comment) for comment in comments} - {""}
    addresses = {comment.address_key for comment in comments if comment.address_key}
    totals = {
        "published": Count("pk", filter=Q(status=Status.APPROVED)),
        "refused": Count("pk", filter=Q(status__in=(Status.REJECTED, Status.SPAM))),
    }
    # By account or browser, as trust goes: anybody can type another's name and address.
    written = Comment.objects.filter(person__in={comment.person for comment in comments} - {""}).order_by()
    records = {
        person: (published, refused) for person, published, refused in written.values_list("person").annotate(**totals)
    }
    banned = set()
    for ban in Ban.objects.filter(Q(reader__in=readers) | Q(email__in=emails) | Q(address_key__in=addresses)):
        banned |= {ban.reader_id, ban.email, ban.address_key} - {None, ""}

    rows = []
    for comment, following in zip_longest(comments, comments[1:]):
        record = Record(*records.get(comment.person, (0, 0)))
        record.is_banned = not banned.isdisjoint({comment.reader_id, _email(comment), comment.address_key})
        rows.append(Row(comment, record, following.pk if following else None))
    return rows


def key_of(seen: str) -> int:
    """The comment that `Row.seen` speaks of; 0, which none has, where it speaks of none."""
    key = seen.partition(".")[0]
    return int(key) if key.isascii() and key.isdigit() and len(key) < 19 else 0


def as_seen(values: Iterable[str]) -> CommentQuerySet:
    """The comments that still are as `Row.seen` says; what says nothing of the kind finds nothing."""
    found = Q(pk=None)
    for value in values:
        _key, _, rest = value.partition(".")
        status, _, edited = rest.partition(".")
        try:
            edited_at = datetime.fromisoformat(edited) if edited else None
        except ValueError:
            continue
        if status in Status.values:
            found |= Q(pk=key_of(value), status=status, edited_at=edited_at)
    return Comment.objects.filter(found)


def answers_below(comment: Comment) -> int:
    """How many comments answer this one, or one of its answers."""
    below = {comment.pk}
    thread = Comment.objects.filter(thread=comment.thread_id or comment.pk).order_by("pk")
    for key, parent in thread.values_list("pk", "parent"):
        if parent in below:
            below.add(key)
    return len(below) - 1


def around(comment: Comment) -> list[Comment]:
    """A comment among its neighbours in the thread, and those it answers, in the order they were written."""
    others = Comment.objects.filter(thread=comment.thread_id or comment.pk).exclude(pk=comment.pk)
    earlier = others.filter(created_at__lte=comment.created_at).order_by("-created_at", "-pk")[:NEIGHBOURS]
    later = others.filter(created_at__gt=comment.created_at).order_by("created_at", "pk")[:NEIGHBOURS]
    above = Comment.objects.filter(pk__in=[comment.thread_id, comment.parent_id])
    shown = {other.pk: other for other in (*above, *earlier, *later, comment)}
    return sorted(shown.values(), key=lambda other: (other.created_at, other.pk))
