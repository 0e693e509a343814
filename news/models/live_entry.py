"""
The entries of a live coverage, in a table of their own: a thousand of them weigh no more on a page than twenty.

Each change of an entry gets the next number of its coverage, and numbers appear in their order (`numbered`), so
that "everything after 41" is all that a reader who has seen 41 lacks.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup
from wagtail.fields import StreamField

from aminata24.images.models import NewsImage
from aminata24.theme.surroundings import path_of
from news.blocks.live import EntryBody
from news.entry_text import plain_text
from news.models.live_coverage import LiveCoveragePage

# For how long one is taken to be still editing what one opened.
EDITING_SECONDS = 600


class Status(models.TextChoices):
    """Where an entry stands."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class LiveState(models.Model):
    """How far a coverage is. Beside the page, since a revision of the page must not turn it back."""

    coverage = models.OneToOneField(LiveCoveragePage, on_delete=models.CASCADE, primary_key=True, related_name="state")
    # The number of the last change, and of the last that readers can see.
    change = models.PositiveBigIntegerField(default=0)
    public_change = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("state of a live coverage")

    @classmethod
    @contextmanager
    def numbered(cls, coverage: int, public: bool = True) -> Iterator[int]:
        """
        A transaction with the number of a change in it.

        Whoever wants the next number of the same coverage waits for the end of this one: no number is seen
        before a smaller one, and what is read inside is not changed by anybody else meanwhile.
        """
        with transaction.atomic():
            number = {"public_change": F("change") + 1, "changed_at": timezone.now()} if public else {}
            state = cls.objects.filter(pk=coverage)
            state.update(change=F("change") + 1, **number)
            yield state.values_list("change", flat=True).get()

    @classmethod
    def close(cls, coverage: int, closed: bool) -> None:
        """Close a coverage, or open it again."""
        with cls.numbered(coverage):
            cls.objects.filter(pk=coverage).update(closed_at=timezone.now() if closed else None)


class LiveEntryQuerySet(models.QuerySet["LiveEntry"]):
    """Entries in the newsroom's words."""

    def published(self) -> "LiveEntryQuerySet":
        """Those that readers see."""
        return self.filter(status=Status.PUBLISHED)

    def newest(self) -> "LiveEntryQuerySet":
        """By publication time; the key makes the order whole."""
        return self.order_by("-published_at", "-pk")

    def before(self, entry: "LiveEntry") -> "LiveEntryQuerySet":
        """Those older than an entry."""
        return self.filter(Q(published_at__lt=entry.published_at) | Q(published_at=entry.published_at, pk__lt=entry.pk))

    def after(self, entry: "LiveEntry") -> "LiveEntryQuerySet":
        """Those newer than an entry."""
        return self.filter(Q(published_at__gt=entry.published_at) | Q(published_at=entry.published_at, pk__gt=entry.pk))

    def changed_since(self, change: int) -> "LiveEntryQuerySet":
        """Those that changed after the change of this number, the last one first."""
        return self.filter(change__gt=change).order_by("-change", "-pk")


def with_bodies(entries: "Iterable[LiveEntry]") -> "list[LiveEntry]":
    """Entries ready to be shown, in two queries however many they are; each body would ask for its own picture."""
    entries = list(entries)
    models.prefetch_related_objects(entries, "authors")
    keys = {value["image"] for entry in entries for kind, value in entry.raw_blocks if kind == "image"}
    pictures = NewsImage.objects.in_bulk([key for key in keys if key])
    for entry in entries:
        entry.pictures = pictures
    return entries


class LiveEntry(models.Model):
    """One entry: a text, with or without headline, picture, quote, embed or key points."""

    coverage = models.ForeignKey(LiveCoveragePage, on_delete=models.CASCADE, related_name="entries")
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    headline = models.CharField(_("headline"), max_length=160, blank=True)
    body = StreamField(EntryBody(), blank=True, verbose_name=_("body"))
    authors = models.ManyToManyField("news.Author", verbose_name=_("authors"), blank=True, related_name="+")
    is_essential = models.BooleanField(
        _("essential"), default=False, help_text=_("Gathered at the top of the page, under « L’essentiel ».")
    )
    is_pinned = models.BooleanField(_("pinned"), default=False, help_text=_("Stays on top of the page."))
    correction = models.CharField(
        _("correction"), max_length=400, blank=True, help_text=_("Readers see it under the entry.")
    )
    corrected_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    # Who has it open in the desk's form, and since when.
    editing_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    editing_since = models.DateTimeField(null=True)
    # Grows with each change of what it says; whoever saves an older one learns that somebody else was quicker.
    version = models.PositiveIntegerField(default=1)
    change = models.PositiveBigIntegerField(default=0)
    # Made by the form: the same form sent twice makes one entry.
    key = models.UUIDField(unique=True, default=uuid4, editable=False)

    objects = LiveEntryQuerySet.as_manager()

    # Set by `with_bodies`.
    pictures: Mapping[int, NewsImage] = MappingProxyType({})

    class Meta:
        verbose_name = _("live entry")
        verbose_name_plural = _("live entries")
        indexes = [
            models.Index(
                "coverage", "status", F("published_at").desc(), models.F("id").desc(), name="live_entry_newest"
            ),
            models.Index("coverage", F("change").desc(), name="live_entry_changed"),
            # « L’essentiel » and what is pinned: a few of many.
            models.Index(
                "coverage",
                F("published_at").desc(),
                name="live_entry_marked",
                condition=Q(is_essential=True) | Q(is_pinned=True),
            ),
        ]

    def __str__(self) -> str:
        return self.headline or self.summary

    @property
    def raw_blocks(self) -> Iterable[tuple[str, Any]]:
        """Kind and stored value of each block; nothing is asked from the database for it."""
        return [(block["type"], block["value"]) for block in self.body.raw_data]

    @property
    def blocks(self) -> Iterator[Markup]:
        """The body, block by block, as HTML; the pictures come from `with_bodies`."""
        for kind, stored in self.raw_blocks:
            block = self.body.stream_block.child_blocks[kind]
            picture = kind == "image" and {**stored, "image": self.pictures.get(stored["image"])}
            yield Markup(block.render(picture or block.to_python(stored)))

    @property
    def picture(self) -> NewsImage | None:
        """Its picture, of those that `with_bodies` read."""
        return next((self.pictures.get(value["image"]) for kind, value in self.raw_blocks if kind == "image"), None)

    @property
    def text(self) -> str:
        """What it says, without marks, pictures and embeds."""
        texts = {
            "text": lambda value: plain_text(value),
            "quote": lambda value: f"« {value['text']} » {value['speaker']}",
            "key_points": lambda value: " ".join(point["value"] for point in value["points"]),
        }
        return " ".join(texts[kind](value) for kind, value in self.raw_blocks if kind in texts).strip()

    @property
    def summary(self) -> str:
        """The beginning of the text, where there is little room."""
        text = " ".join(self.text.split())
        return text if len(text) <= 90 else text[:90].rpartition(" ")[0] + "…"

    @property
    def title(self) -> str:
        """The headline, or the beginning of the text, or what there is to see."""
        stored = dict(self.raw_blocks)
        seen = stored.get("embed", {}).get("title") or stored.get("image", {}).get("caption")
        return self.headline or self.summary or seen or gettext("Picture")

    @property
    def anchor(self) -> str:
        """Its id on a page."""
        return f"entree-{self.pk}"

    @property
    def path_on_site(self) -> str:
        """Where readers find it for good."""
        return f"{path_of(self.coverage)}{self.pk}/"

    @property
    def is_published(self) -> bool:
        """Whether readers see it."""
        return self.status == Status.PUBLISHED

    def editor_beside(self, user: Any, now: datetime | None = None) -> Any:
        """Who else has it open now, if anybody."""
        if not self.editing_by or self.editing_by == user or not self.editing_since:
            return None
        age = (now or timezone.now()) - self.editing_since
        return self.editing_by if age.total_seconds() < EDITING_SECONDS else None
