"""The screens of the desk: the list with the queue, one comment in its thread, its history, its end."""

from typing import Any, cast
from uuid import uuid4

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.log_actions import registry as log_registry
from wagtail_modeladmin.views import DeleteView, HistoryView, IndexView, InspectView, WMABaseView

from aminata24.comments import moderation
from aminata24.comments.desk.context import Row, answers_below, around, rows_of, with_context
from aminata24.comments.desk.filters import EVERYTHING, StatusFilter
from aminata24.comments.models import Comment, Status
from aminata24.comments.models.comment import LONGEST_TEXT
from aminata24.readers.models import User

ROWS = 25
# Whoever has to look further back searches or filters; a database walks through all it skips.
LAST_PAGE = 400
HISTORY_SHOWN = 20


class KnownParameters:
    """A list that takes from its address what its filters are called, and nothing that asks other tables."""

    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        names = {list_filter.parameter_name for list_filter in self.list_filter}  # type: ignore[attr-defined]
        return {name: values for name, values in self.params.lists() if name in names}  # type: ignore[attr-defined]


class QueueView(KnownParameters, IndexView):
    """Comments to decide on; pages are told apart without counting what is on them."""

    FORMATS = ()

    def get_page_title(self) -> str:
        return _("Comments")

    def get_ordering(self, request: HttpRequest, queryset: Any) -> list[str]:
        return list(queryset.query.order_by)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        number = min(max(self.page_num, 1), LAST_PAGE)
        rows, has_more = self._page(number)
        if not rows and number > 1:
            # Decided meanwhile: the rest of the queue has moved up.
            number = 1
            rows, has_more = self._page(number)
        return WMABaseView.get_context_data(
            self,
            rows=rows,
            tabs=self._tabs(),
            filters=[spec for spec in self.filter_specs if not isinstance(spec, StatusFilter)],
            narrowed=[spec for spec in self.filter_specs if spec.value() and not isinstance(spec, StatusFilter)],
            status=self._status().value(),
            shows_status=self._status().value() == EVERYTHING,
            previous_url=self.get_query_string({"p": number - 1}) if number > 1 else None,
            next_url=self.get_query_string({"p": number + 1}) if has_more and number < LAST_PAGE else None,
            may_decide=self.permission_helper.user_can_decide(self.request.user),
            here=self.request.get_full_path(),
            **kwargs,
        )

    def _page(self, number: int) -> tuple[list[Row], bool]:
        """The rows of a page, and whether another one follows."""
        start = (number - 1) * ROWS
        # Keys first: a database that has to sort many comments sorts light ones.
        keys = list(self.queryset.values_list("pk", flat=True)[start : start + ROWS + 1])
        comments = with_context(Comment.objects.filter(pk__in=keys[:ROWS])).in_bulk()
        return rows_of(comments[key] for key in keys[:ROWS] if key in comments), len(keys) > ROWS

    def _status(self) -> StatusFilter:
        return next(spec for spec in self.filter_specs if isinstance(spec, StatusFilter))

    def _tabs(self) -> list[dict[str, Any]]:
        """One tab a status; the queue says how long it is."""
        status = self._status()
        return [
            {
                "label": label,
                "url": self.get_query_string({"status": value}),
                "is_current": value == status.value(),
                "count": Comment.objects.waiting().count() if value == Status.PENDING else None,
            }
            for value, label in status.lookup_choices
        ]


class ReplyForm(forms.Form):
    """The newsroom's answer."""

    text = forms.CharField(
        label=gettext_lazy("Your answer"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Please write an answer first.")},
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class CommentView(InspectView):
    """One comment, with what stands around it in its thread, what is known of its author, and what was decided."""

    def get_page_title(self) -> str:
        return _("Comment by %(name)s") % {"name": self.instance.author_name}

    def get_page_subtitle(self) -> str:
        return ""

    def get_meta_title(self) -> str:
        return self.get_page_title()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        comment = with_context(Comment.objects.filter(pk=self.instance.pk)).get()
        history = log_registry.get_logs_for_instance(comment).select_related("user", "content_type")
        return WMABaseView.get_context_data(
            self,
            row=rows_of([comment])[0],
            thread=around(comment),
            history=history[:HISTORY_SHOWN],
            history_url=self.url_helper.get_action_url("history", comment.pk),
            delete_url=self.url_helper.get_action_url("delete", comment.pk),
            may_decide=self.permission_helper.user_can_decide(self.request.user),
            may_delete=self.permission_helper.user_can_delete_obj(self.request.user, comment),
            here=self.request.get_full_path(),
            **{"form": ReplyForm(), **kwargs},
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Publish the newsroom's answer."""
        if not self.permission_helper.user_can_decide(request.user):
            raise PermissionDenied
        form = ReplyForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        row = rows_of(with_context(Comment.objects.filter(pk=self.instance.pk)))[0]
        if not row.may_be_answered:
            form.add_error(
                None, _("Readers would not see an answer here. Publish the comment, and those above, first.")
            )
            return self.render_to_response(self.get_context_data(form=form), status=422)
        answer = moderation.reply(self.instance, by=cast(User, request.user), **form.cleaned_data)
        messages.success(request, _("Your answer is published."))
        return redirect(self.url_helper.get_action_url("inspect", answer.pk))


class DeskHistoryView(HistoryView):
    """Who did what when, for those who may see the list; wagtail-modeladmin shows it to all who may sign in."""

    def check_action_permitted(self, user: Any) -> bool:
        return self.permission_helper.user_can_list(user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": self.index_url, "label": capfirst(self.opts.verbose_name_plural)},
            {"url": "", "label": _("History"), "sublabel": str(self.instance)},
        ]


class CommentDeleteView(DeleteView):
    """Deletes a comment for good, after it asked."""

    def get_page_subtitle(self) -> str:
        return self.instance.author_name

    def confirmation_message(self) -> str:
        question = _("Delete this comment for good? To keep it from readers, rejecting it is enough.")
        if answers := answers_below(self.instance):
            question += " " + ngettext(
                "Its answer is deleted with it.", "Its %(count)d answers are deleted with it.", answers
            ) % {"count": answers}
        return question

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        moderation.delete(self.instance, cast(User, request.user))
        messages.success(request, _("The comment is deleted."))
        return redirect(self.index_url)
