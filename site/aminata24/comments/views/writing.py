"""Writing a comment, a reply, or a change to one; with or without JavaScript, and without losing what was typed."""

import logging
from typing import Any

from django.db import DatabaseError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from aminata24.comments.forms import CommentForm, TextForm
from aminata24.comments.models import Comment, Status
from aminata24.comments.people import Person, blurred, person_of, remember
from aminata24.comments.spam.attempt import Attempt, Refused
from aminata24.comments.stamp import new_stamp, read_stamp
from aminata24.comments.text import one_line
from aminata24.comments.views.common import EXPIRED, discussed, form_view, rules, stopped
from aminata24.comments.writing import change, send
from aminata24.delivery.client import client_address
from aminata24.delivery.csrf import is_forged
from news.models import ArticlePage

logger = logging.getLogger(__name__)


@csrf_exempt
@form_view
def write(request: HttpRequest, article_id: int, parent_id: int | None = None) -> HttpResponse:
    """A comment on an article, or a reply to another comment."""
    article = discussed(article_id)
    if article is None:
        return _article_gone(request)
    if not rules().are_open_for(article):
        return _closed(request, article)
    parent = Comment.objects.in_sight().filter(article=article.pk, pk=parent_id).first() if parent_id else None
    person = person_of(request)
    context = {"article": article, "parent": parent, "person": person}
    # Several forms may be opened within one page.
    ids = f"comment-{parent.pk if parent else 'new'}-%s"
    if request.method != "POST":
        if parent_id and not parent:
            raise Http404
        return _form(request, CommentForm(person=person, auto_id=ids), new_stamp(), 200, **context)
    form = CommentForm(request.POST, person=person, auto_id=ids)
    field = request.POST.get("stamp", "")
    stamp = read_stamp(field)
    status = 422
    if is_forged(request) or stamp is None:
        status, field = 403, field if stamp else new_stamp()
        form.add_error(None, EXPIRED)
    elif form.was_signed_in:
        form.add_error(None, _("You are signed out. Sign in again in another window, or send this as a visitor."))
    elif parent_id and not parent:
        status = 409
        form.add_error(None, _("The comment you answer is gone. You can publish your text as a comment of its own."))
    elif form.is_valid():
        try:
            comment = send(
                Attempt(
                    **_origin(request, article, person, form),
                    parent=parent,
                    email=form.cleaned_data.get("email", ""),
                    submission=stamp.submission,
                    seconds=stamp.seconds,
                    website=form.cleaned_data["website"],
                )
            )
        except Refused as refusal:
            status, field = refusal.status, new_stamp() if refusal.needs_new_form else field
            form.add_error(None, refusal.reason)
        except DatabaseError:
            status = _note_failure(form)
        else:
            return remember(_sent(request, article, comment), comment.person)
    return _form(request, form, field, status, **context)


@csrf_exempt
@form_view
def edit(request: HttpRequest, article_id: int, comment_id: int) -> HttpResponse:
    """A change to one's own comment, within the first minutes."""
    article = discussed(article_id)
    if article is None:
        return _article_gone(request)
    person = person_of(request)
    comment = Comment.objects.filter(article=article.pk, pk=comment_id).exclude(status=Status.REJECTED).first()
    if comment is None or not person.wrote(comment):
        return stopped(request, _("This is not your comment"), _("Only its author can change a comment."), article)
    if not comment.may_be_edited:
        text = _("A comment can be changed within five minutes. You can still answer it.")
        return stopped(request, _("The five minutes are over"), text, article)
    context = {"article": article, "comment": comment, "person": person}
    ids = f"comment-edit-{comment.pk}-%s"
    if request.method != "POST":
        return _form(request, TextForm(initial={"text": comment.text}, auto_id=ids), "", 200, **context)
    form = TextForm(request.POST, auto_id=ids)
    status = 422
    if is_forged(request):
        status = 403
        form.add_error(None, EXPIRED)
    elif form.is_valid():
        try:
            origin = _origin(request, article, person, form) | {"name": comment.name}
            comment = change(comment, Attempt(**origin, email=comment.email, submission=comment.submission))
        except Refused as refusal:
            status = refusal.status
            form.add_error(None, refusal.reason)
        except DatabaseError:
            status = _note_failure(form)
        else:
            return _sent(request, article, comment)
    return _form(request, form, "", status, **context)


def _origin(request: HttpRequest, article: ArticlePage, person: Person, form: Form) -> dict[str, Any]:
    """What an attempt says of where it comes from."""
    return {
        "article": article,
        "person": person,
        "rules": rules(),
        "text": form.cleaned_data["text"],
        "name": one_line(person.name)[:60] or form.cleaned_data.get("name", ""),
        "network": blurred(client_address(request)),
        "user_agent": request.headers.get("User-Agent", ""),
    }


def _note_failure(form: Form) -> int:
    """What the reader can't help: they keep their text and hear of it, we read of it in the log."""
    logger.exception("comment_not_stored")
    form.add_error(None, _("Something went wrong on our side. Nothing was lost: please try again in a moment."))
    return 503


def _form(request: HttpRequest, form: Form, stamp: str, status: int, **context: Any) -> HttpResponse:
    return render(request, "comments/write.html", {"form": form, "stamp": stamp, **context}, status=status)


def _sent(request: HttpRequest, article: ArticlePage, comment: Comment) -> HttpResponse:
    context = {"article": article, "comment": comment, "is_open": rules().are_open_for(article)}
    return render(request, "comments/sent.html", context)


def _closed(request: HttpRequest, article: ArticlePage) -> HttpResponse:
    return stopped(request, _("The discussion is closed"), _("What was written can still be read."), article)


def _article_gone(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        raise Http404
    text = _("This article is no longer online, and neither is its discussion.")
    return stopped(request, _("The article is gone"), text, status=410)
