"""Settings of accounts: one door for readers and staff, by django-allauth."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse_lazy

from aminata24.settings.environment import env

AUTH_USER_MODEL = "readers.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# One door for everybody: the page editor and private pages lead to it too.
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"
LOGOUT_REDIRECT_URL = "/"
WAGTAILADMIN_LOGIN_URL = reverse_lazy("account_login")
WAGTAIL_FRONTEND_LOGIN_URL = reverse_lazy("account_reserved")
# Passwords and addresses are changed at /compte/, where a mail proves the address.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False

# "required": nobody opens a page of the admin before a second factor is set up.
STAFF_SECOND_FACTOR = env.str("STAFF_SECOND_FACTOR", default="optional")
if STAFF_SECOND_FACTOR not in ("optional", "required"):
    raise ImproperlyConfigured('STAFF_SECOND_FACTOR is "optional" or "required".')

# --- E-mail and password ----------------------------------------------------

ACCOUNT_ADAPTER = "aminata24.readers.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "aminata24.readers.names.NameForm"
# A field that only robots fill in.
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "website"
ACCOUNT_FORMS = {
    "signup": "aminata24.readers.forms.SignupForm",
    "change_password": "aminata24.readers.forms.ChangePasswordForm",
    "set_password": "aminata24.readers.forms.SetPasswordForm",
    "reset_password_from_key": "aminata24.readers.forms.ResetPasswordKeyForm",
}
# Whoever asks for an address learns nothing about it; its owner gets a mail.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
# Only in the browser that signed up.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# One-time codes by mail.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8}
# Many readers share the address of their mobile network, so the narrow limits are per account.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,3/10m/key,10/d/key",
    "request_login_code": "20/m/ip,3/10m/key,10/d/key",
    "confirm_email": "1/3m/key",
}

# --- The second factor ------------------------------------------------------

MFA_ADAPTER = "aminata24.readers.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "add_webauthn": "aminata24.readers.forms.AddPasskeyForm",
    "authenticate_webauthn": "aminata24.readers.forms.AuthenticatePasskeyForm",
    "login_webauthn": "aminata24.readers.forms.LoginPasskeyForm",
    "reauthenticate_webauthn": "aminata24.readers.forms.ReauthenticatePasskeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
# A phone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
# Nobody signs in with an unconfirmed address, so the only one there can be is one that is being changed to.
MFA_ALLOW_UNVERIFIED_EMAIL = True

# --- Other sites' accounts --------------------------------------------------

SOCIALACCOUNT_ADAPTER = "aminata24.readers.adapter.SocialAccountAdapter"
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {}
# Where a form of ours may lead: the providers' own log-in pages.
SOCIAL_LOGIN_ORIGINS: list[str] = []
for name in map(str.strip, env.list("SOCIAL_LOGIN", default=[])):
    if name == "google":
        SOCIALACCOUNT_PROVIDERS["google"] = {
            "APP": {"client_id": env.str("GOOGLE_CLIENT_ID"), "secret": env.str("GOOGLE_CLIENT_SECRET")},
            "SCOPE": ["profile", "email"],
            "OAUTH_PKCE_ENABLED": True,
        }
        SOCIAL_LOGIN_ORIGINS += ["https://accounts.google.com"]
    elif name == "facebook":
        SOCIALACCOUNT_PROVIDERS["facebook"] = {
            "APP": {"client_id": env.str("FACEBOOK_CLIENT_ID"), "secret": env.str("FACEBOOK_CLIENT_SECRET")},
            "METHOD": "oauth2",
        }
        SOCIAL_LOGIN_ORIGINS += ["https://www.facebook.com", "https://m.facebook.com"]
    else:
        raise ImproperlyConfigured(f'SOCIAL_LOGIN knows "google" and "facebook", not "{name}".')

ACCOUNT_APPS = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    *(f"allauth.socialaccount.providers.{name}" for name in SOCIALACCOUNT_PROVIDERS),
]
