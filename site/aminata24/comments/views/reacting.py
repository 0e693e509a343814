"""Liking and reporting a comment, each on a page with a button, which a script presses in place."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from aminata24.comments import reacting
from aminata24.comments.discussion import seen_comment
from aminata24.comments.forms import ReportForm
from aminata24.comments.people import Person, person_of, remember
from aminata24.comments.spam.checks import BANNED
from aminata24.comments.spam.limits import may_send
from aminata24.comments.views.common import EXPIRED, article_or_404, form_view, rules
from aminata24.delivery.csrf import is_forged


@csrf_exempt
@form_view
def like(request: HttpRequest, article_id: int, comment_id: int) -> HttpResponse:
    """To like a comment, or no longer."""
    article = article_or_404(article_id)
    comment = seen_comment(article.pk, comment_id)
    person = person_of(request)
    context = {"article": article, "comment": comment}
    if request.method == "POST":
        refusal, status = _refusal(request, person)
        if not status:
            liked = request.POST.get("like") == "1"
            comment = reacting.set_like(comment, person, liked)
            done = {**context, "comment": comment, "likes": liked, "is_done": True}
            return remember(render(request, "comments/like.html", done), person.key)
        context["refusal"] = refusal
        return render(request, "comments/like.html", context | {"likes": False}, status=status)
    return render(request, "comments/like.html", context | {"likes": reacting.likes(person, comment)})


@csrf_exempt
@form_view
def report(request: HttpRequest, article_id: int, comment_id: int) -> HttpResponse:
    """To tell the moderators of a comment."""
    article = article_or_404(article_id)
    comment = seen_comment(article.pk, comment_id)
    person = person_of(request)
    context = {"article": article, "comment": comment}
    form = ReportForm(request.POST if request.method == "POST" else None, auto_id="report-%s")
    status = 200
    if request.method == "POST":
        refusal, status = _refusal(request, person)
        if status:
            form.add_error(None, refusal)
        elif form.is_valid():
            reacting.report(comment, person, form.cleaned_data["reason"], rules())
            return remember(render(request, "comments/report.html", context | {"is_done": True}), person.key)
        else:
            status = 422
    return render(request, "comments/report.html", context | {"form": form}, status=status)


def _refusal(request: HttpRequest, person: Person) -> tuple[str, int]:
    """Why somebody may not react now, with a status; nothing and 0 if they may."""
    if is_forged(request):
        return str(EXPIRED), 403
    if person.is_banned():
        return str(BANNED), 403
    limits = {"reactions by person": person.key, "reactions by address": person.address_key or "unknown"}
    if not all(may_send(limit, key) for limit, key in limits.items()):
        return _("That was a lot in a short time. Please wait a few minutes."), 429
    return "", 0
