"""The discussion of an article as readers leaf through it: threads in an order, each with its replies."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q, QuerySet, TextChoices, Window
from django.db.models.functions import Coalesce, RowNumber
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from aminata24.comments.models import Comment
from aminata24.comments.models.comment import CommentQuerySet

# On a page of the discussion, or of a thread.
ON_A_PAGE = 20
# Below the article itself.
UNDER_ARTICLE = 5
# Below each thread; the rest has a page of its own.
FIRST_REPLIES = 2

# What is shown of a comment, and of the one it answers.
_SHOWN = (
    "article_id",
    "thread_id",
    "branch_id",
    "parent_id",
    "name",
    "text",
    "is_staff",
    "status",
    "created_at",
    "edited_at",
    "like_count",
    "parent__name",
    "parent__status",
)


class Order(TextChoices):
    """In which order threads stand; the value is what the address says."""

    NEWEST = "recents", _("Newest")
    OLDEST = "anciens", _("Oldest")
    MOST_LIKED = "aimes", _("Most liked")


# Each in the order of an index, forwards or backwards.
_ORDERINGS: dict[str, tuple[str, ...]] = {
    Order.NEWEST: ("-created_at", "-pk"),
    Order.OLDEST: ("created_at", "pk"),
    Order.MOST_LIKED: ("-like_count", "-pk"),
}


@dataclass
class Thread:
    """A comment on the article, with replies: the first ones, or one page of them."""

    top: Comment
    replies: list[Comment] = field(default_factory=list)
    reply_count: int = 0

    @property
    def hides_replies(self) -> bool:
        """Whether there are more than those that are shown."""
        return self.reply_count > len(self.replies)


@dataclass(frozen=True)
class Part:
    """One page of a list; there is no count of them, which would cost more the longer the list."""

    items: list[Any]
    number: int = 1
    has_next: bool = False

    @property
    def has_previous(self) -> bool:
        """Whether a page comes before."""
        return self.number > 1


def threads_of(article_id: int, order: str = Order.NEWEST, number: int = 1, size: int = ON_A_PAGE) -> Part:
    """A page of the threads under an article, in three queries; raises Http404 past the end."""
    ordering = _ORDERINGS[order]
    listed = Comment.objects.published().threads().filter(article=article_id).order_by(*ordering)
    part = _page(listed, ordering, number, size)
    threads = {comment.pk: Thread(comment) for comment in part.items}
    if threads:
        replies = Comment.objects.published().filter(thread__in=threads)
        for key, count in replies.order_by().values_list("thread").annotate(Count("pk")):
            threads[key].reply_count = count
        place = Window(RowNumber(), partition_by="thread", order_by=[Coalesce("branch", "pk"), F("pk")])
        first = replies.annotate(place=place).filter(place__lte=FIRST_REPLIES)
        for reply in _shown(Comment.objects.filter(pk__in=first.values("pk"))).in_reading_order():
            threads[reply.thread_id].replies.append(reply)
    return Part(list(threads.values()), part.number, part.has_next)


def replies_of(thread: Comment, number: int) -> Part:
    """A page of the replies of a thread, in reading order; raises Http404 past the end."""
    ordering = (Coalesce("branch", "pk"), "pk")
    return _page(Comment.objects.published().filter(thread=thread.pk).order_by(*ordering), ordering, number, ON_A_PAGE)


def page_of_reply(reply: Comment) -> int:
    """On which page of its thread a reply stands now."""
    key = reply.branch_id or reply.pk
    before = (
        Comment.objects.published()
        .filter(thread=reply.thread_id)
        .annotate(key=Coalesce("branch", "pk"))
        .filter(Q(key__lt=key) | Q(key=key, pk__lt=reply.pk))
    )
    return before.count() // ON_A_PAGE + 1


def seen_comment(article_id: int, comment_id: int) -> Comment:
    """A comment that readers see; raises Http404 for any other."""
    comment = _shown(Comment.objects.in_sight()).filter(article=article_id, pk=comment_id).first()
    if comment is None:
        raise Http404
    return comment


def _shown(comments: QuerySet[Comment]) -> CommentQuerySet:
    return comments.select_related("parent").only(*_SHOWN)  # type: ignore[return-value]


def _page(listed: CommentQuerySet, ordering: tuple[Any, ...], number: int, size: int) -> Part:
    """The keys come from the narrow index, however deep the page; only what is shown is read."""
    start = (number - 1) * size
    keys = listed.values("pk")[start : start + size + 1]
    items = list(_shown(Comment.objects.filter(pk__in=keys)).order_by(*ordering))
    if not items and number > 1:
        raise Http404
    return Part(items[:size], number, has_next=len(items) > size)
