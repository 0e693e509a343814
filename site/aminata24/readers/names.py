"""What readers are called."""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from aminata24.readers.models import User

LONGEST_NAME = 60
_BETWEEN_LETTERS = " '’‘-"


def validate_name(name: str) -> None:
    """A name is letters and what stands between them; a link in it would reach strangers by our mails and comments."""
    letters = [char for char in name if char.isalpha()]
    strange = [
        char
        for char, following in zip(name, name[1:] + " ", strict=True)
        if not (
            char.isalnum()
            # Accents on letters that have none of their own.
            or unicodedata.category(char).startswith("M")
            or char in _BETWEEN_LETTERS
            or (char == "." and following in " -")
        )
    ]
    if not letters or strange:
        raise ValidationError(_("A name is made of letters, for example Awa Koné."), code="invalid")


class NameForm(forms.Form):
    """Asks for a name; allauth's sign-up forms, ours and the social one, build on it."""

    name = forms.CharField(
        label=_("How shall we call you?"),
        max_length=LONGEST_NAME,
        validators=[validate_name],
        error_messages={
            "required": _("Write the name that others will see."),
            "max_length": _("This name is too long: %(limit_value)d letters at most."),
        },
    )

    def clean_name(self) -> str:
        return " ".join(unicodedata.normalize("NFC", self.cleaned_data["name"]).split())

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth once the user is saved."""
        user.rename(self.cleaned_data["name"])
