"""The form that asks for an address, on its own page and in the front page's rail."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class SubscribeForm(forms.Form):
    """An address, and a field that only a robot fills in."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("This is no e-mail address. It looks like name@example.com."),
            "max_length": _("This address is too long."),
        },
    )
    website = forms.CharField(required=False)

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        # Allowed in an address, but a spreadsheet that opens our export would take it for a formula.
        if email[0] in "=+-":
            raise ValidationError(self.fields["email"].error_messages["invalid"], code="invalid")
        return email

    @property
    def is_from_robot(self) -> bool:
        """Whether somebody filled in what no reader sees."""
        return bool(self.cleaned_data.get("website"))
