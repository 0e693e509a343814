"""The desk's form: a place for each block of an entry, and a picture straight from the phone."""

import re
from pathlib import PurePath
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import get_image_form
from wagtail.permissions import policy_registry

from aminata24.images.models import NewsImage
from news.desk.actions import Words
from news.embeds import find_player
from news.models import Author, LiveEntry

MOST_FACTS = 8
FACTS_TITLE = "À retenir"
TYPESET = ("headline", "text", "quote", "correction", "picture_caption")


_OPENING = re.compile("« ")
_CLOSING = re.compile(" (?=[»:;?!])")


def typeset(text: str) -> str:
    """French punctuation kept with its word, which a phone's keyboard can't do."""
    return _CLOSING.sub("\u00a0", _OPENING.sub("«\u00a0", text))


class EntryForm(forms.Form):
    """
    An entry as it is typed.

    A picture that is all right is kept even where another field isn't, since a browser can't fill it in again.
    """

    headline = forms.CharField(label=_("Headline"), max_length=160, required=False)
    text = forms.CharField(
        label=_("Text"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("An empty line begins a paragraph. **Bold**, [a link](https://…)."),
    )
    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif,image/gif"}),
    )
    picture_alt = forms.CharField(
        label=_("Alternative text"),
        max_length=255,
        required=False,
        help_text=_("What the picture shows, in a sentence."),
    )
    picture_caption = forms.CharField(label=_("Caption"), max_length=400, required=False)
    picture_credit = forms.CharField(label=_("Credit"), max_length=160, required=False)
    image = forms.ModelChoiceField(NewsImage.objects.all(), required=False, widget=forms.HiddenInput)
    remove_image = forms.BooleanField(label=_("Take the picture out"), required=False)
    quote = forms.CharField(
        label=_("Quote"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Without quotation marks: the page sets them."),
    )
    speaker = forms.CharField(label=_("Who says it"), max_length=120, required=False)
    speaker_role = forms.CharField(label=_("Role"), max_length=160, required=False)
    embed = forms.URLField(
        label=_("Address of a film or post"),
        max_length=400,
        required=False,
        assume_scheme="https",
        help_text=_("YouTube, Dailymotion, Facebook or X."),
    )
    embed_title = forms.CharField(label=_("What will be seen"), max_length=160, required=False)
    facts = forms.CharField(
        label=_("Key facts"),
        max_length=2_600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line."),
    )
    authors = forms.ModelMultipleChoiceField(
        Author.objects.all(), label=_("Signed by"), required=False, widget=forms.CheckboxSelectMultiple
    )
    is_essential = forms.BooleanField(label=_("Essential"), required=False)
    is_pinned = forms.BooleanField(label=_("Pin on top"), required=False)
    correction = forms.CharField(
        label=_("Correction"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Readers see this note under the entry, with the time."),
    )
    # The entry as it was when the form was opened; and what makes two sendings of a new one the same.
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    @classmethod
    def of(cls, entry: LiveEntry, user: Any) -> "EntryForm":
        """The form of an entry that is there."""
        return cls(user=user, initial=_initial(entry))

    @classmethod
    def new(cls, user: Any) -> "EntryForm":
        """An empty form, signed with the name of the one who writes."""
        author = getattr(user, "author", None)
        return cls(user=user, initial={"authors": [author] if author else []})

    @property
    def shown_image(self) -> NewsImage | None:
        """The picture that the entry has, or that came with a form sent back."""
        key = self["image"].value()
        return NewsImage.objects.filter(pk=key).first() if str(key or "").isdigit() else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("quote") and not data.get("speaker"):
            self._complain("speaker", _("Say who said it."))
        if data.get("embed"):
            if find_player(data["embed"]) is None:
                self._complain(
                    "embed", _("This address is of no video or post we can show: YouTube, Dailymotion, Facebook or X.")
                )
            if not data.get("embed_title"):
                self._complain("embed_title", _("Say what will be seen, for those who decide."))
        facts = [typeset(line.strip()) for line in data.get("facts", "").splitlines() if line.strip()]
        if len(facts) > MOST_FACTS or any(len(fact) > 300 for fact in facts):
            self._complain("facts", _("At most eight lines, of 300 characters each."))
        data["facts"] = facts
        data |= {name: typeset(data[name]) for name in TYPESET if name in data}
        self._clean_picture(data)
        parts = ("headline", "text", "image", "quote", "embed", "facts")
        if not self.errors and not any(data.get(part) for part in parts):
            raise ValidationError(_("There is nothing in it yet: write a text, or add a picture."))
        return data

    def _complain(self, field: str, message: Any) -> None:
        if field not in self.errors:
            self.add_error(field, message)

    def _clean_picture(self, data: dict[str, Any]) -> None:
        if data.get("remove_image") and not data.get("picture"):
            data["image"] = None
        if not (data.get("picture") or data.get("image")):
            return None
        if not data.get("picture_alt"):
            return self._complain("picture_alt", _("Say what the picture shows, for those who can't see it."))
        if not data.get("picture"):
            return self._describe(data["image"], data["picture_alt"])
        form = self._picture_form(data)
        if not form.is_valid():
            return self._complain("picture", " ".join(message for errors in form.errors.values() for message in errors))
        # Taken in at once: see the docstring.
        data["image"] = form.save()
        return self.send_back("image", data["image"].pk)

    def _describe(self, image: NewsImage, description: str) -> None:
        """A better alternative text for the picture that is there, by whoever may change pictures."""
        may = policy_registry.get_by_type(NewsImage).user_has_permission_for_instance
        if image.description != description and may(self.user, "change", image):
            image.description = description
            image.save()

    def _picture_form(self, data: dict[str, Any]) -> Any:
        """The newsroom's own form for a picture, with its checks."""
        title = data.get("picture_alt") or PurePath(data["picture"].name).stem
        form = get_image_form(NewsImage)(
            {
                "title": title[:255],
                "description": data["picture_alt"],
                "caption": data.get("picture_caption", ""),
                "credit": data.get("picture_credit", ""),
            },
            {"file": data["picture"]},
            instance=NewsImage(uploaded_by_user=self.user),
            user=self.user,
        )
        if "collection" in form.fields:
            form.data["collection"] = form.collections[0].pk
        return form

    def send_back(self, name: str, value: Any) -> None:
        """Have the form hold another value when it is shown again."""
        data = cast(QueryDict, self.data).copy()
        data[name] = value
        self.data = data

    def words(self, may_mark: bool) -> Words:
        """What a valid form says."""
        data = self.cleaned_data
        body: list[tuple[str, Any]] = []
        if data["text"]:
            body.append(("text", data["text"]))
        if data["image"]:
            about = {"caption": data["picture_caption"], "credit": data["picture_credit"], "layout": "normal"}
            body.append(("image", {"image": data["image"], **about}))
        if data["quote"]:
            body.append(("quote", {"text": data["quote"], "speaker": data["speaker"], "role": data["speaker_role"]}))
        if data["embed"]:
            body.append(("embed", {"url": data["embed"], "title": data["embed_title"], "caption": ""}))
        if data["facts"]:
            body.append(("key_points", {"title": FACTS_TITLE, "points": data["facts"]}))
        marks = {name: data[name] for name in ("is_essential", "is_pinned")} if may_mark else {}
        return Words(data["headline"], body, data["authors"], data["correction"], marks)


def _initial(entry: LiveEntry) -> dict[str, Any]:
    stored = dict(entry.raw_blocks)
    picture, quote, embed = stored.get("image", {}), stored.get("quote", {}), stored.get("embed", {})
    image = NewsImage.objects.filter(pk=picture.get("image")).first()
    return {
        "headline": entry.headline,
        "text": stored.get("text", ""),
        "image": image and image.pk,
        "picture_alt": image.description if image else "",
        "picture_caption": picture.get("caption", ""),
        "picture_credit": picture.get("credit", ""),
        "quote": quote.get("text", ""),
        "speaker": quote.get("speaker", ""),
        "speaker_role": quote.get("role", ""),
        "embed": embed.get("url", ""),
        "embed_title": embed.get("title", ""),
        "facts": "\n".join(point["value"] for point in stored.get("key_points", {}).get("points", [])),
        "authors": list(entry.authors.all()),
        "is_essential": entry.is_essential,
        "is_pinned": entry.is_pinned,
        "correction": entry.correction,
        "version": entry.version,
        "key": entry.key,
    }
