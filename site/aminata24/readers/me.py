"""
`/moi/`: what belongs to one reader, as JSON that no cache keeps (point 3 of the cache contract).

A script asks for it where the hint cookie says that somebody is signed in, or when a form is opened. Other apps
add what they know of the reader: `@tells` marks a function that takes the request and gives a part of the answer.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

Teller = Callable[[HttpRequest], dict[str, Any]]

_tellers: list[Teller] = []


def tells(teller: Teller) -> Teller:
    """Add a part to what `/moi/` answers; called for readers who are signed in."""
    _tellers.append(teller)
    return teller


@tells
def editor_bar(request: HttpRequest) -> dict[str, Any]:
    """For the staff: the ways into the page editor from the page that `?page=` names."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        return {}
    links = [{"label": _("Page editor"), "url": reverse("wagtailadmin_home")}]
    key = request.GET.get("page", "")
    page = Page.objects.filter(pk=int(key)).first() if key.isascii() and key.isdigit() and len(key) < 18 else None
    if page and page.permissions_for_user(request.user).can_edit():
        links.insert(0, {"label": _("Edit this page"), "url": reverse("wagtailadmin_pages:edit", args=[page.pk])})
    return {"editor": links}


@require_safe
@cache_control(private=True, no_store=True)
def me(request: HttpRequest) -> JsonResponse:
    """
    Who is signed in, with a CSRF token for what they are about to send.

    `{"csrf": "…", "reader": null}`, or with `reader` as `{"name": "Aya"}` and what the tellers add.
    """
    answer: dict[str, Any] = {"csrf": get_token(request), "reader": None}
    if request.user.is_authenticated:
        answer["reader"] = {"name": request.user.get_full_name()}
        for teller in _tellers:
            answer.update(teller(request))
    return JsonResponse(answer)
