"""What a session decides on the way in and out: the hint cookie of a reader, the staff's second factor."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

# No secret and no proof: it only saves readers who aren't signed in a request a page.
HINT_COOKIE = "connecte"


class SignedInHintMiddleware:
    """
    Keeps the hint cookie in step with the session, wherever that was looked at anyway.

    A public page looks at no session, so it never sets the cookie.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.session.accessed:
            return response
        signed_in = SESSION_KEY in request.session
        if signed_in and (request.session.modified or HINT_COOKIE not in request.COOKIES):
            response.set_cookie(
                HINT_COOKIE,
                "1",
                max_age=request.session.get_expiry_age(),
                secure=settings.SESSION_COOKIE_SECURE,
                samesite="Lax",
            )
        elif not signed_in and HINT_COOKIE in request.COOKIES:
            response.delete_cookie(HINT_COOKIE, samesite="Lax")
        return response


class StaffDoorMiddleware:
    """
    Stands before the whole admin: readers are sent to their account, staff to set up a second factor where one is
    required. Strangers pass: what they may not see leads to the log-in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/admin/") and request.user.is_authenticated:
            if not request.user.is_newsroom:
                messages.error(request, _("Your account does not open the page editor."))
                return redirect("account")
            if request.user.lacks_second_factor:
                return redirect("mfa_index")
        return self.get_response(request)
