"""A reader's own pages: the overview, the name, the data, the end. The rest of /compte/ is allauth's."""

from typing import Any
from urllib.parse import urlencode

from allauth.account import views as account_views
from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.webauthn import views as passkey_views
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from aminata24.readers.forms import DeleteAccountForm, ProfileForm
from aminata24.readers.models import User
from aminata24.readers.personal_data import delete_account, personal_data
from aminata24.readers.templating import onward


class SignedInRequest(HttpRequest):
    """A request that `login_required` let through."""

    user: User


form_view = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """The overview; a stranger is asked to sign in, and comes back to where they were."""
    if not request.user.is_authenticated:
        came_from = get_next_redirect_url(request) or _page_before(request) or request.path
        return redirect(f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: came_from})}")
    return render(request, "account/account.html")


def _page_before(request: HttpRequest) -> str:
    """The page of ours that the link was on, unless that was one of the account itself."""
    page = request.headers.get("Referer", "").removeprefix(f"{request.scheme}://{request.get_host()}")
    return (
        page if page.startswith("/") and not page.startswith(request.path) and get_adapter().is_safe_url(page) else ""
    )


def to_login(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Wagtail's own doors lead to ours."""
    return _through(request, "account_login")


@require_safe
def reserved(request: HttpRequest) -> HttpResponse:
    """A page is not for everybody: strangers are asked to sign in, others told that it is not for them."""
    if request.user.is_authenticated:
        return render(request, "account/reserved.html", status=403)
    return to_login(request)


def to_password_reset(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """And so does its way to a new password."""
    return _through(request, "account_reset_password")


def _through(request: HttpRequest, door: str) -> HttpResponse:
    query = request.GET.urlencode()
    return redirect(reverse(door) + (f"?{query}" if query else ""))


class PasswordResetView(account_views.PasswordResetView):
    """Asks for an address; says that a mail is on its way before it leads back to where one was."""

    def get_success_url(self) -> str:
        return self.passthrough_next_url(reverse("account_reset_password_done"))


class LoginPasskeyView(passkey_views.LoginWebAuthnView):
    """Signs in with a passkey; where that fails, the log-in page still knows where one was."""

    def form_invalid(self, form: Any) -> HttpResponse:
        super().form_invalid(form)
        return redirect(onward(self.request, "account_login"))


class ReauthenticatePasskeyView(passkey_views.ReauthenticateWebAuthnView):
    """Asks for a passkey before something that matters; where that fails, it asks again."""

    def form_invalid(self, form: Any) -> HttpResponse:
        super().form_invalid(form)
        return redirect(onward(self.request, "mfa_reauthenticate_webauthn"))


@form_view
@login_required
def profile(request: SignedInRequest) -> HttpResponse:
    """Change the name that others see."""
    if request.method != "POST":
        form = ProfileForm(initial={"name": request.user.get_full_name()})
        return render(request, "account/profile.html", {"form": form})
    form = ProfileForm(request.POST)
    if not form.is_valid():
        return render(request, "account/profile.html", {"form": form}, status=422)
    request.user.rename(form.cleaned_data["name"])
    messages.success(request, _("Your name is changed."))
    return redirect("account")


@require_safe
@login_required
def data(request: SignedInRequest) -> HttpResponse:
    """Say what is kept, and offer it."""
    return render(request, "account/data.html")


@require_safe
@login_required
@reauthentication_required
def download_data(request: SignedInRequest) -> HttpResponse:
    """Everything that is kept on the reader, as a file."""
    response = JsonResponse(personal_data(request.user), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="aminata24.json"'
    return response


@form_view
@login_required
def delete(request: SignedInRequest) -> HttpResponse:
    """Delete the account; not one that opens the page editor, whose work others rely on."""
    if request.user.is_newsroom:
        return render(request, "account/delete_refused.html")
    return _delete(request)


@reauthentication_required
def _delete(request: SignedInRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "account/delete.html", {"form": DeleteAccountForm()})
    form = DeleteAccountForm(request.POST)
    if not form.is_valid():
        return render(request, "account/delete.html", {"form": form}, status=422)
    user = request.user
    logout(request)
    delete_account(user)
    return redirect("account_deleted")


@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    """Say that it is done."""
    return render(request, "account/deleted.html")
