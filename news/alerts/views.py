"""Raising an alert, and taking it off again."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from news.alerts.forms import LONGEST_TEXT, AlertForm
from news.models import ArticlePage, BreakingNews

PERMISSION = "news.publish_breakingnews"
# Wagtail shows those who may not to their home page, with a message.
may_alert = permission_required(PERMISSION, raise_exception=True)


@may_alert
def alert(request: HttpRequest) -> HttpResponse:
    """A form, filled in for the article in `?page=`, above the lines that are on the ticker now."""
    if request.method == "POST":
        form = AlertForm(request.POST)
        if form.is_valid():
            line = form.raise_alert(request.user)
            messages.success(request, _("On the ticker now: %(text)s") % {"text": line.text})
            return _back(request)
    else:
        form = AlertForm(initial=_about(request.GET.get("page", "")))
    return render(
        request,
        "news/admin/alert.html",
        {"form": form, "lines": BreakingNews.objects.running()},
        status=422 if form.errors else 200,
    )


@require_POST
@may_alert
def take_off(request: HttpRequest, key: int) -> HttpResponse:
    """Take a line off the ticker: the way to undo an alert."""
    line = get_object_or_404(BreakingNews, pk=key)
    line.unpublish(user=request.user)
    messages.success(request, _("Off the ticker: %(text)s") % {"text": line.text})
    return _back(request)


def _about(key: str) -> dict[str, str | int]:
    if not key.isascii() or not key.isdigit() or len(key) > 18:
        return {}
    article = ArticlePage.objects.live().filter(pk=int(key)).first()
    return {"page": article.pk, "text": article.list_headline[:LONGEST_TEXT]} if article else {}


def _back(request: HttpRequest) -> HttpResponse:
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "news_alert"
    return redirect(target)
