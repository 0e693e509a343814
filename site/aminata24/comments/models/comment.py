"""A comment: plain text by a reader or a visitor, under an article or in answer to another comment."""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from aminata24.comments.models.person import same_person
from aminata24.comments.text import fingerprint
from news.models import ArticlePage

LONGEST_TEXT = 3000
MAY_EDIT_FOR = timedelta(minutes=5)


class Status(models.TextChoices):
    """Where a comment stands with the moderators."""

    PENDING = "pending", _("Waiting")
    APPROVED = "approved", _("Published")
    REJECTED = "rejected", _("Rejected")
    SPAM = "spam", _("Spam")


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments in the words of readers and moderators."""

    def published(self) -> "CommentQuerySet":
        """Those that moderators let through."""
        return self.filter(status=Status.APPROVED)

    def in_sight(self) -> "CommentQuerySet":
        """Those that readers see: published, as is the comment on top of their thread."""
        return self.published().filter(Q(thread=None) | Q(thread__status=Status.APPROVED))

    def waiting(self) -> "CommentQuerySet":
        """The moderators' queue, the oldest first."""
        return self.filter(status=Status.PENDING).order_by("created_at", "pk")

    def threads(self) -> "CommentQuerySet":
        """Those that answer the article itself."""
        return self.filter(thread=None)

    def of(self, reader_id: int | None, email: str, address_key: str = "") -> "CommentQuerySet":
        """Those of one person, as `Ban.objects.of` understands a person."""
        return self.filter(same_person(reader_id, email, address_key))

    def in_reading_order(self) -> "CommentQuerySet":
        """The replies of a thread: each first-level reply, oldest first, before those that answer it."""
        return self.order_by(Coalesce("branch", "pk"), "pk")


class Comment(models.Model):
    """
    One comment. Replies go two levels deep: `thread` is the comment on top, `parent` the one that is answered, and
    `branch` the first-level reply above a second-level one. An answer only needs its parent; saving finds the others.

    Nobody but the moderators sees the address of a visitor. What `address_key` holds is no address but a keyed hash.
    """

    article = models.ForeignKey(
        ArticlePage, verbose_name=_("article"), on_delete=models.CASCADE, related_name="reader_comments"
    )
    thread = models.ForeignKey("self", null=True, editable=False, on_delete=models.CASCADE, related_name="+")
    branch = models.ForeignKey("self", null=True, editable=False, on_delete=models.CASCADE, related_name="+")
    parent = models.ForeignKey("self", null=True, editable=False, on_delete=models.CASCADE, related_name="replies")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="comments",
    )
    name = models.CharField(_("name"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    text = models.TextField(_("text"), max_length=LONGEST_TEXT)
    is_staff = models.BooleanField(_("by the newsroom"), default=False)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.PENDING)
    # Why it waits or was taken for spam, in words for the moderators.
    held_because = models.CharField(_("held because"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("written on"), default=timezone.now)
    edited_at = models.DateTimeField(_("changed on"), null=True, editable=False)
    moderated_at = models.DateTimeField(_("decided on"), null=True, editable=False)
    like_count = models.PositiveIntegerField(_("likes"), default=0, editable=False)
    report_count = models.PositiveIntegerField(_("reports"), default=0, editable=False)
    # The form it came with: sent twice, it is still one comment.
    submission = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    # What finds the same text again, whoever sends it.
    fingerprint = models.CharField(max_length=64, editable=False)
    # The account or browser it came from; see people.py.
    person = models.CharField(max_length=80, blank=True, editable=False)
    address_key = models.CharField(max_length=64, blank=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [
            # The lists under an article; narrow, since only what readers see is in them.
            models.Index(
                "article",
                F("created_at").desc(),
                F("id").desc(),
                name="comment_newest",
                condition=Q(status="approved", thread=None),
            ),
            models.Index(
                "article",
                F("like_count").desc(),
                F("id").desc(),
                name="comment_most_liked",
                condition=Q(status="approved", thread=None),
            ),
            models.Index(
                "thread", Coalesce("branch", "id"), "id", name="comment_replies", condition=Q(status="approved")
            ),
            models.Index(fields=["article", "status"], name="comment_count"),
            models.Index(fields=["status", "created_at"], name="comment_queue"),
            models.Index(fields=["fingerprint", "created_at"], name="comment_same_text"),
            models.Index(fields=["address_key", "created_at"], name="comment_same_address"),
            models.Index(fields=["person", "status"], name="comment_same_person"),
            models.Index(fields=["email"], name="comment_email"),
        ]

    def __str__(self) -> str:
        return f"{self.author_name} – {self.text[:60]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fingerprint = fingerprint(self.text)
        if self._state.adding and self.parent:
            self.thread_id = self.parent.thread_id or self.parent.pk
            self.branch_id = self.parent.branch_id or (self.parent.pk if self.parent.thread_id else None)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Where it can always be found, on whichever page of its thread it stands."""
        return f"{reverse('comment_thread', args=[self.article_id, self.pk])}#{self.fragment}"

    @property
    def author_name(self) -> str:
        """Who wrote it, as readers see it; an account that was deleted leaves its comments."""
        return self.name or _now("Deleted reader")

    @property
    def is_published(self) -> bool:
        """Whether readers see it."""
        return self.status == Status.APPROVED

    @property
    def level(self) -> int:
        """How deep it stands in its thread: 0, 1 or 2."""
        if self.thread_id is None:
            return 0
        return 2 if self.branch_id else 1

    @property
    def may_be_edited(self) -> bool:
        """Whether its author may still change it."""
        return timezone.now() - self.created_at < MAY_EDIT_FOR

    @property
    def fragment(self) -> str:
        """What leads to it within a page."""
        return f"commentaire-{self.pk}"


def recount(article_id: int) -> None:
    """Make an article say how many comments readers see below it; to be called after each change of a status."""
    with transaction.atomic():
        # Two changes at once count one after the other, each with the other's result in sight. No stronger lock: that
        # would wait for everyone who is just adding a comment, and they for us.
        ArticlePage.objects.select_for_update(no_key=True, of=("self",)).only("pk").get(pk=article_id)
        count = Comment.objects.in_sight().filter(article=article_id).count()
        ArticlePage.objects.filter(pk=article_id).update(comment_count=count)
