"""The desk's screen: what is typed on it comes back filled, and is saved unless somebody else saved meanwhile."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from aminata24.theme.surroundings import surroundings
from home.desk.arrangement import as_story, desk_rails, rearranged
from home.models import HomePage
from news.models import ArticlePage, PageListing

MOST_STORIES = 20


def front_page() -> HomePage:
    """The front page of the site; raises Http404 where that is another kind of page."""
    return get_object_or_404(HomePage, pk=surroundings().site.root_page_id)


def may_arrange(user: Any) -> bool:
    """Whether somebody may publish the front page."""
    page = Page.objects.filter(pk=surroundings().site.root_page_id).first()
    return page is not None and page.permissions_for_user(user).can_publish()


def edition(page: Page) -> str:
    """Which revision somebody looks at; one that was saved over since counts as another."""
    revision = page.latest_revision
    return f"{revision.pk} {revision.created_at.isoformat()}" if revision else ""


def keys(values: list[str]) -> list[int]:
    """Those of the values that can be keys of stories."""
    return [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 18]


class DeskView(WagtailAdminTemplateMixin, TemplateView):
    """The rails with their stories, to be dragged or moved by buttons."""

    template_name = "home/desk/desk.html"
    page_title = _("Front page desk")
    header_icon = "home"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_arrange(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.draft.pk])
        live = surroundings().path(self.draft)
        return [
            Button(_("Edit the rails"), edit, icon_name="edit"),
            Button(_("View live"), live, icon_name="view", attrs={"target": "_blank", "rel": "noreferrer"}),
        ]

    @cached_property
    def draft(self) -> HomePage:
        """The front page as it was saved last."""
        return front_page().get_latest_revision_as_object()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lock = self.draft.get_lock()
        return {
            **super().get_context_data(**kwargs),
            "page": self.draft,
            "revision": self.draft.latest_revision,
            "edition": edition(self.draft),
            "rails": desk_rails(self.draft.rails),
            "stories": newest_stories(""),
            "is_locked": bool(lock and lock.for_user(self.request.user)),
            **kwargs,
        }

    def arrange(self, posted: QueryDict) -> None:
        """Put the draft's rails into the order that was sent, with the stories that were pinned."""
        order = posted.getlist("rail")
        pins = {key: keys(posted.getlist(f"pins-{key}")) for key in order}
        self.draft.rails = rearranged(self.draft.rails, order, pins)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        action = request.POST.get("action")
        if action not in ("draft", "publish"):
            self.arrange(request.POST)
            context = {"edition": request.POST.get("edition", ""), "rails": desk_rails(self.draft.rails)}
            return render(request, "home/desk/rails.html", context)
        with transaction.atomic():
            # One after the other, so that the second sees that the first saved.
            Page.objects.select_for_update().get(pk=surroundings().site.root_page_id)
            seen = edition(self.draft)
            self.arrange(request.POST)
            context = self.get_context_data(rails=desk_rails(self.draft.rails))
            if context["is_locked"] or request.POST.get("edition") != seen:
                return self.render_to_response({**context, "is_outdated": not context["is_locked"]}, status=409)
            revision = self.draft.save_revision(user=request.user, log_action=True)
            if action == "publish":
                revision.publish(user=request.user)
        messages.success(
            request,
            gettext("The front page is published.") if action == "publish" else gettext("The draft is saved."),
            buttons=[messages.button(surroundings().path(self.draft), gettext("View live"), new_window=True)],
        )
        return HttpResponseRedirect(reverse("front_page_desk"))


def newest_stories(query: str) -> list[Any]:
    """The newest stories, or the newest that a query finds."""
    stories = ArticlePage.objects.live().filter(pk__in=PageListing.everything().values("article")).for_cards()
    if query:
        return [as_story(story) for story in stories.autocomplete(query, operator="and")[:MOST_STORIES]]
    return [as_story(story) for story in ArticlePage.objects.latest(MOST_STORIES)]


def stories(request: HttpRequest) -> HttpResponse:
    """The stories that may be pinned, found by words of their headline."""
    if not may_arrange(request.user):
        raise PermissionDenied
    found = newest_stories(request.GET.get("q", "").strip()[:200])
    return render(request, "home/desk/stories.html", {"stories": found})
