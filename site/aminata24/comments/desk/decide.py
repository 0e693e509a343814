"""What the buttons of the desk send: a decision on one comment or on those that are ticked, or its undoing."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from aminata24.comments import moderation
from aminata24.comments.desk.context import as_seen, key_of
from aminata24.comments.models import Comment
from aminata24.comments.moderation import Decision
from aminata24.readers.models import User

# Each decision, and what the moderator is told.
DECISIONS: dict[str, tuple[Callable[..., Decision], Any]] = {
    "approve": (moderation.approve, ngettext_lazy("Comment published.", "%(count)d comments published.", "count")),
    "reject": (moderation.reject, ngettext_lazy("Comment rejected.", "%(count)d comments rejected.", "count")),
    "spam": (
        moderation.mark_as_spam,
        ngettext_lazy("Comment marked as spam.", "%(count)d comments marked as spam.", "count"),
    ),
    "requeue": (
        moderation.back_to_queue,
        ngettext_lazy("Comment put back into the queue.", "%(count)d comments put back into the queue.", "count"),
    ),
}
# More than a page holds was ticked by no moderator.
MOST_AT_ONCE = 100


@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Do what a button says, tell so with a way back, and return to the list as it was."""
    if not request.user.has_perm("comments.change_comment"):
        raise PermissionDenied
    user = cast(User, request.user)
    if "undo" in request.POST:
        _undo(request, user)
    else:
        action, _colon, single = request.POST.get("do", "").partition(":")
        if action == "ban":
            _ban(request, user, single)
        elif action in DECISIONS:
            chosen = [single] if single else request.POST.getlist("comment")[:MOST_AT_ONCE]
            _decide(request, user, action, chosen)
    return redirect(_back(request))


def _decide(request: HttpRequest, user: User, action: str, chosen: list[str]) -> None:
    if not chosen:
        messages.warning(request, _("Tick at least one comment first."))
        return
    act, told = DECISIONS[action]
    decision = act(as_seen(chosen), user, _reason(request))
    count = len(decision.comments)
    if count:
        _tell(request, told % {"count": count}, decision)
    if left := len(set(chosen)) - count:
        messages.warning(
            request,
            ngettext(
                "A comment was left as it is: somebody has decided on it or changed it meanwhile.",
                "%(count)d comments were left as they are: somebody has decided on them or changed them meanwhile.",
                left,
            )
            % {"count": left},
        )


def _ban(request: HttpRequest, user: User, single: str) -> None:
    comment = Comment.objects.select_related("reader").filter(pk=key_of(single)).first()
    if comment is None:
        messages.warning(request, _("This comment was deleted meanwhile."))
        return
    decision = moderation.ban_author(
        comment,
        user,
        _reason(request),
        with_address="with_address" in request.POST,
        reject_waiting="reject_waiting" in request.POST,
    )
    told = _("%(name)s is banned.") if decision.bans else _("%(name)s was banned before.")
    told %= {"name": comment.author_name}
    if count := len(decision.comments):
        told += " " + ngettext(
            "The comment that waited is rejected.", "The %(count)d comments that waited are rejected.", count
        ) % {"count": count}
    _tell(request, told, decision)


def _undo(request: HttpRequest, user: User) -> None:
    try:
        decision = moderation.undo(UUID(request.POST["undo"]), user)
    except ValueError:
        decision = Decision()
    if decision.comments or decision.bans:
        messages.success(request, _("Taken back."))
    else:
        messages.warning(request, _("There was nothing left to take back."))


def _reason(request: HttpRequest) -> str:
    return " ".join(request.POST.get("reason", "").replace("\0", "").split())[:200]


def _back(request: HttpRequest) -> str:
    """The screen that sent this, with its filters; only the desk's own."""
    index = reverse("comments_comment_modeladmin_index")
    here = request.POST.get("next", "")
    return here if here.startswith(index) else index


def _tell(request: HttpRequest, told: str, decision: Decision) -> None:
    """Say what was done, with a way to take it back."""
    context = {"told": told, "decision": decision, "decide_url": request.path, "next": _back(request)}
    messages.success(request, render_to_string("comments/desk/message.html", context, request=request))
