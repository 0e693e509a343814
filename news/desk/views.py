"""
The screens of the desk.

A form that `desk.js` sends is answered with JSON: `{"message": …}` when all is well, `{"errors": {field: […]}}` or
`{"conflict": "<html>"}` when not. The same form sent by a browser alone gets a page.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from news.desk import actions
from news.desk.forms import EntryForm
from news.desk.permissions import may_edit, may_open, may_publish, may_write
from news.models import LiveCoveragePage, LiveEntry
from news.models.live_coverage import is_key
from news.models.live_entry import LiveEntryQuerySet, Status, with_bodies

ROWS = 30
CLOSED_SHOWN = 20

DONE = {
    "publish": gettext_lazy("Published."),
    "draft": gettext_lazy("Kept as a draft."),
    "edit": gettext_lazy("Saved."),
    "withdraw": gettext_lazy("Withdrawn: readers no longer see it."),
    "restore": gettext_lazy("Restored: readers see it again."),
    "pin": gettext_lazy("Pinned on top."),
    "unpin": gettext_lazy("No longer pinned."),
    "essential": gettext_lazy("Now among the essentials."),
    "ordinary": gettext_lazy("No longer among the essentials."),
    "discard": gettext_lazy("Draft thrown away."),
}

get_and_post = require_http_methods(["GET", "HEAD", "POST"])


def on_coverage(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view its coverage, for somebody who may write in it."""

    @wraps(view)
    def on_this(request: HttpRequest, coverage: int, *args: Any, **kwargs: Any) -> HttpResponse:
        page = get_object_or_404(LiveCoveragePage.objects.select_related("state"), pk=coverage)
        if not may_write(request.user, page):
            raise PermissionDenied
        return view(request, page, *args, **kwargs)

    return on_this


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Which coverages there are to write in."""
    if not may_open(request.user):
        raise PermissionDenied
    coverages = LiveCoveragePage.objects.select_related("state").order_by("-pk")
    return render(
        request,
        "news/desk/index.html",
        {
            "running": coverages.filter(state__closed_at__isnull=True),
            "closed": coverages.filter(state__closed_at__isnull=False)[:CLOSED_SHOWN],
        },
    )


@get_and_post
@on_coverage
def desk(request: HttpRequest, coverage: LiveCoveragePage) -> HttpResponse:
    """One coverage: the form of a new entry on top, the entries below."""
    if request.method == "POST":
        return _create(request, coverage)
    return _show_desk(request, coverage, EntryForm.new(request.user))


def _create(request: HttpRequest, coverage: LiveCoveragePage) -> HttpResponse:
    publish = request.POST.get("action") == "publish"
    if publish and not may_publish(request.user, coverage):
        raise PermissionDenied
    done = DONE["publish" if publish else "draft"]
    form = EntryForm(request.POST, request.FILES, user=request.user)
    key = form.fields["key"].widget.value_from_datadict(form.data, form.files, "key")
    if _came_already(key, coverage):
        return _done(request, coverage, done)
    if not form.is_valid():
        return _refuse(request, form) or _show_desk(request, coverage, form, status=422)
    words = form.words(may_mark=may_publish(request.user, coverage))
    actions.create(coverage, request.user, form.cleaned_data["key"], words, publish)
    return _done(request, coverage, done)


def _came_already(key: Any, coverage: LiveCoveragePage) -> bool:
    # Before its picture is taken in a second time.
    cleaned = EntryForm.base_fields["key"].clean
    try:
        return LiveEntry.objects.filter(key=cleaned(key), coverage=coverage).exists()
    except Exception:
        return False


def _show_desk(request: HttpRequest, coverage: LiveCoveragePage, form: EntryForm, status: int = 200) -> HttpResponse:
    change = coverage.progress.change
    entries = _visible(request, coverage).order_by("-pk")
    before = request.GET.get("avant")
    if before is not None:
        if not is_key(before):
            raise Http404
        entries = entries.filter(pk__lt=int(before))
    rows = with_bodies(entries[: ROWS + 1])
    context = {
        "coverage": coverage,
        "form": form,
        "entries": rows[:ROWS],
        "older": rows[ROWS - 1].pk if len(rows) > ROWS else None,
        "is_top": before is None,
        "change": change,
    }
    return render(request, "news/desk/desk.html", {**context, **_rows_context(request, coverage)}, status=status)


def _visible(request: HttpRequest, coverage: LiveCoveragePage) -> LiveEntryQuerySet:
    """What somebody sees at the desk: the drafts of others only who may publish them."""
    entries = coverage.entries_so_far.select_related("created_by", "editing_by")
    if may_publish(request.user, coverage):
        return entries
    return entries.exclude(status=Status.DRAFT) | entries.filter(created_by=request.user.pk)


def _rows_context(request: HttpRequest, coverage: LiveCoveragePage) -> dict[str, Any]:
    return {"may_publish": may_publish(request.user, coverage), "me": request.user}


@require_safe
@on_coverage
def changes(request: HttpRequest, coverage: LiveCoveragePage) -> HttpResponse:
    """The rows that changed after the change `?depuis=` names, for a desk that is open."""
    since = request.GET.get("depuis", "")
    if not is_key(since):
        raise Http404
    change = coverage.progress.change
    found = _visible(request, coverage).changed_since(int(since))[:ROWS]
    context = {"coverage": coverage, "change": change, "entries": with_bodies(found)}
    return render(request, "news/desk/changes.html", {**context, **_rows_context(request, coverage)})


@require_POST
@on_coverage
def state(request: HttpRequest, coverage: LiveCoveragePage) -> HttpResponse:
    """Close the coverage, or open it again."""
    if not may_publish(request.user, coverage):
        raise PermissionDenied
    closed = request.POST.get("action") == "close"
    actions.close(coverage, request.user, closed)
    return _done(request, coverage, _("Closed: readers see that it is over.") if closed else _("Open again."))


@get_and_post
@on_coverage
def entry(request: HttpRequest, coverage: LiveCoveragePage, entry: int) -> HttpResponse:
    """An entry in its form."""
    found = _entry(request, coverage, entry)
    if not may_edit(request.user, found):
        raise PermissionDenied
    if request.method == "POST":
        return _change(request, coverage, found)
    beside = found.editor_beside(request.user)
    if not beside:
        actions.open_for(found, request.user)
    return _show_entry(request, coverage, found, EntryForm.of(found, request.user), beside=beside)


def _change(request: HttpRequest, coverage: LiveCoveragePage, found: LiveEntry) -> HttpResponse:
    form = EntryForm(request.POST, request.FILES, user=request.user)
    if not form.is_valid():
        return _refuse(request, form) or _show_entry(request, coverage, found, form, status=422)
    publisher = may_publish(request.user, coverage)
    publish = request.POST.get("action") == "publish"
    if publish and not publisher:
        raise PermissionDenied
    try:
        actions.change(found, request.user, form.cleaned_data["version"], form.words(may_mark=publisher))
    except actions.ConflictError as conflict:
        return _show_conflict(request, coverage, conflict.current, form)
    if publish:
        actions.step(found, request.user, "publish")
    return _done(request, coverage, DONE["publish" if publish else "edit"])


def _show_conflict(
    request: HttpRequest, coverage: LiveCoveragePage, current: LiveEntry, form: EntryForm
) -> HttpResponse:
    """Both versions: theirs as it stands, ours in its form, which now knows of theirs."""
    with_bodies([current])
    if _wants_json(request):
        html = render_to_string("news/desk/conflict.html", {"theirs": current}, request)
        answer = {"conflict": html, "version": current.version, "image": form["image"].value()}
        return JsonResponse(answer, status=409)
    form.send_back("version", current.version)
    return _show_entry(request, coverage, current, form, theirs=current, status=409)


def _show_entry(
    request: HttpRequest, coverage: LiveCoveragePage, found: LiveEntry, form: EntryForm, status: int = 200, **extra: Any
) -> HttpResponse:
    context = {"coverage": coverage, "entry": found, "form": form, "may_publish": may_publish(request.user, coverage)}
    return render(request, "news/desk/entry.html", {**context, **extra}, status=status)


@require_POST
@on_coverage
def step(request: HttpRequest, coverage: LiveCoveragePage, entry: int) -> HttpResponse:
    """One of the buttons below an entry."""
    name = request.POST.get("action", "")
    found = _entry(request, coverage, entry)
    if name == "discard" and may_edit(request.user, found):
        actions.discard(found, request.user)
    elif name in actions.STEPS and may_publish(request.user, coverage):
        actions.step(found, request.user, name)
    else:
        raise PermissionDenied
    return _done(request, coverage, DONE[name])


def _entry(request: HttpRequest, coverage: LiveCoveragePage, key: int) -> LiveEntry:
    return get_object_or_404(_visible(request, coverage), pk=key)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _done(request: HttpRequest, coverage: LiveCoveragePage, message: Any) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"message": str(message)})
    messages.success(request, message)
    return redirect(reverse("live_desk", args=[coverage.pk]))


def _refuse(request: HttpRequest, form: EntryForm) -> HttpResponse | None:
    """What is wrong with a form, for the script; a browser alone gets the page again."""
    if not _wants_json(request):
        return None
    errors = {"" if name == "__all__" else name: list(messages) for name, messages in form.errors.items()}
    return JsonResponse({"errors": errors, "image": form["image"].value()}, status=422)
