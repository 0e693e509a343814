"""allauth's forms, with a password asked for once (it can be looked at), and our own."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from aminata24.readers.models import User
from aminata24.readers.names import NameForm


class AskedOnce:
    """Leaves out the field that asks for a new password again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]  # type: ignore[attr-defined]


class ChangePasswordForm(AskedOnce, account.ChangePasswordForm):
    """Another password, for somebody who knows the old one."""


class SetPasswordForm(AskedOnce, account.SetPasswordForm):
    """A first password, for somebody who came by another site's account."""


class ResetPasswordKeyForm(AskedOnce, account.ResetPasswordKeyForm):
    """A new password, for somebody who followed a mail's link."""


class SignupForm(account.SignupForm):
    """A name, an address, a password."""

    field_order = ("name", "email", "password1")

    def try_save(self, request: HttpRequest) -> Any:
        if self.account_already_exists:
            # Takes as long as making an account, which nobody shall be able to tell apart.
            User().set_password(self.cleaned_data["password1"])
        return super().try_save(request)


class AddPasskeyForm(passkeys.AddWebAuthnForm):
    """A passkey always signs in alone, so it has to know its owner by a finger, a face or a PIN."""

    passwordless = forms.BooleanField(widget=forms.HiddenInput, initial=True)


class ProfileForm(NameForm):
    """What others see of a reader."""


class DeleteAccountForm(forms.Form):
    """The last question before an account goes."""

    confirm = forms.BooleanField(
        label=_("Yes, delete my account for good"),
        error_messages={"required": _("Tick the box to confirm.")},
    )
