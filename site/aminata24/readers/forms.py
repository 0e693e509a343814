"""allauth's forms, with a password asked for once (it can be looked at), and our own."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
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


@contextmanager
def readable() -> Iterator[None]:
    """What is no passkey, or a broken one, is a wrong answer; the parsers fail in many ways."""
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, struct.error) as error:
        raise get_adapter().validation_error("incorrect_code") from error


class AddPasskeyForm(passkeys.AddWebAuthnForm):
    """A passkey always signs in alone, so it has to know its owner by a finger, a face or a PIN."""

    passwordless = forms.BooleanField(widget=forms.HiddenInput, initial=True)

    def clean(self) -> dict[str, Any]:
        with readable():
            return super().clean()


class ReadablePasskey:
    """Looks at a passkey that somebody shows."""

    def clean_credential(self) -> Authenticator:
        with readable():
            return super().clean_credential()  # type: ignore[misc]


class AuthenticatePasskeyForm(ReadablePasskey, passkeys.AuthenticateWebAuthnForm):
    """A passkey as the second factor."""


class LoginPasskeyForm(ReadablePasskey, passkeys.LoginWebAuthnForm):
    """A passkey in the place of address and password."""


class ReauthenticatePasskeyForm(ReadablePasskey, passkeys.ReauthenticateWebAuthnForm):
    """A passkey of somebody who is signed in already."""


class ProfileForm(NameForm):
    """What others see of a reader."""


class DeleteAccountForm(forms.Form):
    """The last question before an account goes."""

    confirm = forms.BooleanField(
        label=_("Yes, delete my account for good"),
        error_messages={"required": _("Tick the box to confirm.")},
    )
