"""
Subscribe, confirm, leave.

What these pages answer is never cached, yet none of them touches a session or sets a cookie.
"""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from aminata24.newsletter.forms import SubscribeForm
from aminata24.newsletter.models import Subscriber
from aminata24.newsletter.tasks import send_link

# The forms post without a CSRF token: a public page is the same bytes for everyone and can't hold one. Nobody is
# signed in here, so there is no session another site could ride on; what it could still do, fill in somebody's
# address, `is_from_elsewhere` refuses.
form_view = require_http_methods(["GET", "HEAD", "POST"])


def is_from_elsewhere(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on another site; what is no browser says nothing."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.get_host()


@csrf_exempt
@form_view
def subscribe(request: HttpRequest) -> HttpResponse:
    """Ask for an address; the answer doesn't tell whether we know it."""
    if request.method != "POST":
        return render(request, "newsletter/subscribe.html", {"form": SubscribeForm()})
    form = SubscribeForm(request.POST)
    form.full_clean()
    if is_from_elsewhere(request):
        form.add_error(None, _("This form was sent from another site. Please send it again from here."))
        return render(request, "newsletter/subscribe.html", {"form": form}, status=403)
    if not form.is_valid():
        return render(request, "newsletter/subscribe.html", {"form": form}, status=422)
    if not form.is_from_robot:
        subscriber = Subscriber.objects.get_or_create(email=form.cleaned_data["email"])[0]
        if subscriber.claim_mail():
            send_link.enqueue(subscriber.pk)
    return redirect("newsletter_thanks")


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way."""
    return render(
        request,
        "newsletter/message.html",
        {
            "title": _("Look into your mailbox"),
            "text": _("We have sent you a mail. Follow its link, and the newsletter comes to you."),
        },
    )


@csrf_exempt
@form_view
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm an address with a button, since programs that check mail follow links too."""
    subscriber = Subscriber.objects.filter(token=token).first()
    if subscriber is None:
        return _no_such_link(request)
    if request.method != "POST":
        return render(request, "newsletter/confirm.html", {"subscriber": subscriber})
    subscriber.confirm()
    return render(
        request,
        "newsletter/message.html",
        {"title": _("Welcome!"), "text": _("Your address is confirmed. You will get the next newsletter.")},
    )


@csrf_exempt
@form_view
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Forget an address, with a button as well."""
    subscriber = Subscriber.objects.filter(token=token).first()
    if subscriber is None:
        return _no_such_link(request)
    if request.method != "POST":
        return render(request, "newsletter/unsubscribe.html", {"subscriber": subscriber})
    subscriber.delete()
    return render(
        request,
        "newsletter/message.html",
        {"title": _("You have left"), "text": _("We have deleted your address and won't write to you any more.")},
    )


def _no_such_link(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "newsletter/message.html",
        {
            "title": _("This link is no longer valid"),
            "text": _("You may have left the newsletter already. You can subscribe again at any time."),
            "subscribe": True,
        },
        status=404,
    )
