"""
« Mes sauvegardes »: the page, which the browser fills, and the list of a reader who is signed in.

A visitor's list lives in the browser alone. With the first page after signing in it goes into the account, change
by change, and from then on the browser holds what the account says. Signing out takes all of that off the browser
again, copies for reading offline included: on a shared phone nobody sees what somebody else reads, and nothing is
lost, for the account has it. Only what the account never heard of (saved while the line was down) stays.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from aminata24.delivery.cache import public
from aminata24.images.picture import picture
from aminata24.readers.me import tells
from aminata24.readers.models import Change, Changes, SavedArticle, User
from aminata24.readers.models.saved_article import MOST_SAVED, merged
from aminata24.theme.surroundings import absolute
from news.cards import cards
from news.listings import ARTICLES_PER_PAGE, ListingPage, requested_page
from news.models import ArticlePage

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)

# What a browser may hold, saved and removed.
MOST_CHANGES = 2 * MOST_SAVED
LARGEST_KEY = 2**63 - 1


class BadChangesError(ValueError):
    """What was sent is no list of changes; says in words why."""


@public
def saved(request: HttpRequest) -> HttpResponse:
    """The page is empty for everyone; the browser fills it."""
    return render(request, "readers/saved.html")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def saved_list(request: HttpRequest) -> HttpResponse:
    """The account's list without JavaScript, to read and to remove from."""
    assert isinstance(request.user, User)
    if request.method == "POST":
        key = request.POST.get("article", "")
        if key.isascii() and key.isdigit() and int(key[:20]) <= LARGEST_KEY:
            SavedArticle.objects.merge(request.user, {int(key): Change(timezone.now(), is_saved=False)})
        return redirect("saved_list")
    number = requested_page(request)
    start = (number - 1) * ARTICLES_PER_PAGE
    articles = [article for _entry, article in _on_the_list(request.user)]
    shown = articles[start : start + ARTICLES_PER_PAGE]
    listing = ListingPage(number, cards(article.pk for article in shown), has_next=len(articles) > start + len(shown))
    headlines = {article.pk: article.list_headline for article in shown}
    return render(request, "readers/saved_list.html", {"listing": listing, "headlines": headlines})


@require_POST
def sync(request: HttpRequest) -> JsonResponse:
    """
    Merge the changes that a browser made into the account; answer with the whole list.

    `{"changes": [{"id": 12, "at": 1764000000000, "removed": true}, …]}` gets
    `{"version": "…", "saved": [{"id": 12, "at": …, "url": …, "title": …, "section": …, "image": …, "published": …}]}`,
    times in milliseconds since 1970, the latest first.
    """
    if not isinstance(request.user, User):
        return JsonResponse({"error": _("Please sign in.")}, status=401)
    try:
        changes = read_changes(request)
    except BadChangesError as error:
        return JsonResponse({"error": str(error)}, status=400)
    SavedArticle.objects.merge(request.user, changes)
    rows = SavedArticle.objects.of(request.user)
    return JsonResponse(
        {"version": rows.version(), "saved": [_entry(row, article) for row, article in _on_the_list(request.user)]}
    )


def read_changes(request: HttpRequest) -> Changes:
    """The changes in the body of a request; raises BadChangesError. What lies in the future happened now."""
    try:
        body = request.body
    except RequestDataTooBig:
        raise BadChangesError(_("This is too much at once.")) from None
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise BadChangesError(_("This is no JSON.")) from None
    changes = data.get("changes") if isinstance(data, dict) else None
    if not isinstance(changes, list):
        raise BadChangesError(_("There is no list of changes."))
    if len(changes) > MOST_CHANGES:
        raise BadChangesError(_("This is too much at once."))
    now = _milliseconds(timezone.now())
    return merged(_read_change(change, now) for change in changes)


def _read_change(change: Any, now: int) -> tuple[int, Change]:
    if not isinstance(change, dict):
        raise BadChangesError(_("A change is an object."))
    key, at, removed = change.get("id"), change.get("at"), change.get("removed") or False
    # To Python, True and False are numbers too.
    if type(key) is not int or not 0 < key <= LARGEST_KEY:
        raise BadChangesError(_("“id” is the number of an article."))
    if type(at) is not int or at < 0:
        raise BadChangesError(_("“at” is a time in milliseconds since 1970."))
    if type(removed) is not bool:
        raise BadChangesError(_("“removed” is true or false."))
    return key, Change(EPOCH + min(at, now) * MILLISECOND, is_saved=not removed)


def _milliseconds(moment: datetime) -> int:
    return (moment - EPOCH) // MILLISECOND


def _on_the_list(reader: User) -> list[tuple[SavedArticle, ArticlePage]]:
    """What is on a reader's list, the latest first; what was withdrawn since is left out, and may come back."""
    rows = list(SavedArticle.objects.of(reader).saved())
    articles = ArticlePage.objects.listed().for_cards().in_bulk([row.article_id for row in rows])
    return [(row, articles[row.article_id]) for row in rows if row.article_id in articles]


def _entry(row: SavedArticle, article: ArticlePage) -> dict[str, Any]:
    """What the browser keeps of an article: enough for a card, as the save buttons say it."""
    shown = picture(article.lead_image)
    return {
        "id": article.pk,
        "at": _milliseconds(row.changed_at),
        "url": article.path_on_site,
        "title": article.list_headline,
        "section": article.main_section.title if article.main_section else "",
        "image": shown.src if shown else "",
        "published": article.published_at.isoformat(timespec="seconds") if article.published_at else "",
    }


@tells
def saved_version(request: HttpRequest) -> dict[str, Any]:
    """Whether the list has changed since the browser last asked for it."""
    assert isinstance(request.user, User)
    return {"saved": SavedArticle.objects.of(request.user).version()}


def saved_articles_of(reader: User) -> list[dict[str, Any]]:
    """All that is kept on what a reader saved or removed, for the copy of their data."""
    rows = SavedArticle.objects.of(reader).select_related("article").order_by("-changed_at")
    return [
        {
            "title": row.article.title,
            "address": absolute(row.article.path_on_site),
            "saved": row.is_saved,
            "changed_at": row.changed_at.isoformat(timespec="seconds"),
        }
        for row in rows
    ]
