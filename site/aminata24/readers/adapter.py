"""How allauth fits our house: whom it counts by address, what its mails look like, where its links lead."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import passthrough_next_redirect_url
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aminata24.delivery.client import client_address
from aminata24.theme.mail import queue_mail
from aminata24.theme.surroundings import absolute, surroundings


class AccountAdapter(DefaultAccountAdapter):
    """Accounts with address and password."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This is your address already."),
        "email_password_mismatch": _("The address or the password is wrong."),
        "email_taken": _("This address belongs to another account."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": _("This code is wrong, or too old."),
        "incorrect_password": _("This password is wrong."),
        "invalid_password_reset": _("This link is no longer valid."),
        "rate_limited": _("Too many attempts. Wait a moment, then try again."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again."),
    }

    def clean_email(self, email: str) -> str:
        # The form would take more than the table holds.
        if len(email) > app_settings.EMAIL_MAX_LENGTH:
            raise ValidationError(_("This address is too long."), code="max_length")
        return email

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        return _on_our_site(super().get_email_confirmation_url(request, emailconfirmation))

    def get_reset_password_from_key_url(self, key: str) -> str:
        # A mail's link leads back to where one was, too.
        url = passthrough_next_redirect_url(
            self.request, super().get_reset_password_from_key_url(key), REDIRECT_FIELD_NAME
        )
        return _on_our_site(url)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        context = {**context, "email": email, "site_name": surroundings().brand.name}
        subject = render_to_string(f"{template_prefix}_subject.txt", context)
        queue_mail(subject, render_to_string(f"{template_prefix}_message.txt", context), email)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Authenticator apps and passkeys, which show the site by its name."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is wrong, or too old."),
        "cannot_generate_recovery_codes": _("Recovery codes need a second factor first."),
    }

    def get_totp_issuer(self) -> str:
        return surroundings().brand.name

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": surroundings().brand.name}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        number = user.authenticator_set.filter(type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Accounts of other sites, to sign in here with."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "no_password": _("Choose a password first; else you could not sign in any more."),
        "connected_other": _("This account belongs to another reader already."),
    }


def _on_our_site(url: str) -> str:
    """The same address on SITE_URL; allauth makes it from the Host header, which anyone can write."""
    parts = urlsplit(url)
    return absolute(parts.path + (f"?{parts.query}" if parts.query else ""))
