"""What readers fill in. Whatever they type comes back as they typed it where something is wrong."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aminata24.comments.models.comment import LONGEST_TEXT
from aminata24.comments.people import Person
from aminata24.comments.text import clean_text, one_line
from aminata24.readers.names import LONGEST_NAME, validate_name

# Beyond this nobody typed it, and it isn't worth being cleaned before it is refused.
_FAR_TOO_LONG = 20_000


class CleanField(forms.CharField):
    """Text without characters that nobody can see."""

    def __init__(self, *, clean_with: Callable[[str], str] = clean_text, **options: Any) -> None:
        super().__init__(**options)
        self.clean_with = clean_with

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return self.clean_with(text) if len(text) < _FAR_TOO_LONG else text


class TextForm(forms.Form):
    """A comment's text."""

    text = CleanField(
        label=_("Your comment"),
        max_length=LONGEST_TEXT,
        error_messages={
            "required": _("Write your comment."),
            "max_length": _("This comment is too long: %(show_value)d characters, of %(limit_value)d at most."),
        },
    )


class CommentForm(TextForm):
    """A new comment: its text and who writes it, as far as the account doesn't say so."""

    name = CleanField(
        label=_("Your name"),
        max_length=LONGEST_NAME,
        clean_with=one_line,
        validators=[validate_name],
        error_messages={
            "required": _("Write the name that others will see."),
            "max_length": _("This name is too long: %(limit_value)d letters at most."),
        },
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("This is no e-mail address. It looks like name@example.com."),
            "max_length": _("This address is too long."),
        },
    )
    # No reader sees it; whoever fills it in is a robot.
    website = forms.CharField(required=False, max_length=1000)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        if person.name:
            del self.fields["name"]
        if person.reader:
            del self.fields["email"]

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    @property
    def was_signed_in(self) -> bool:
        """Whether the form was made for an account, whose owner has signed out meanwhile."""
        return self.is_bound and "email" in self.fields and "email" not in self.data


class ReportForm(forms.Form):
    """Why somebody reports a comment, if they say so."""

    reason = CleanField(
        label=_("What is wrong with it? (optional)"),
        required=False,
        max_length=300,
        clean_with=one_line,
        error_messages={"max_length": _("Please be brief: %(limit_value)d characters at most.")},
    )
