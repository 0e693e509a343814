"""Names accounts add to the readers' templates."""

from collections.abc import Callable
from typing import Any

from allauth.account.utils import passthrough_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import reverse

# A browser calls itself by several of these; the first one found is its true name.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


def onward(request: HttpRequest, name: str) -> str:
    """The address of one of the account's pages, which in the end leads back to where the reader was."""
    return passthrough_next_redirect_url(request, reverse(name), REDIRECT_FIELD_NAME)


def social_logins(request: HttpRequest, process: str = "login") -> list[dict[str, str]]:
    """The other sites one can sign in with, as `name` and `url`."""
    return [
        {"name": provider.name, "url": passthrough_next_redirect_url(request, url, REDIRECT_FIELD_NAME)}
        for provider in get_adapter().list_providers(request)
        for url in [provider.get_login_url(request, process=process)]
    ]


def device(user_agent: str) -> str:
    """A browser and its system as people call them: « Firefox, Android »."""
    names = (next((names[key] for key in names if key in user_agent), "") for names in (BROWSERS, SYSTEMS))
    return ", ".join(filter(None, names)) or user_agent[:40]


GLOBALS: dict[str, Callable[..., Any]] = {
    "messages_for": get_messages,
    "onward": onward,
    "social_logins": social_logins,
}
FILTERS: dict[str, Callable[..., Any]] = {"device": device}
