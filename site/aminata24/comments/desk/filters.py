"""What a moderator narrows the list of comments down to; each is a parameter of the list's address."""

from datetime import timedelta
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import DjangoORMSearchHandler

from aminata24.comments.models import Status
from aminata24.readers.models import User
from news.models.section import live_sections

EVERYTHING = "all"
NEWEST = ("-created_at", "-pk")
OLDEST = ("created_at", "pk")


class StatusFilter(SimpleListFilter):
    """Where they stand: those that wait, unless somebody searches, who then means all."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        self.is_search = bool(request.GET.get("q"))
        return [*Status.choices, (EVERYTHING, _("All"))]

    def value(self) -> str:
        chosen = super().value()
        if chosen in (*Status.values, EVERYTHING):
            return chosen
        return EVERYTHING if self.is_search else Status.PENDING

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == EVERYTHING:
            return queryset.order_by(*NEWEST)
        found = queryset.filter(status=self.value())
        return found.order_by(*(OLDEST if self.value() == Status.PENDING else NEWEST))


class ReportedFilter(SimpleListFilter):
    """Those that readers reported."""

    title = _("reports")
    parameter_name = "reported"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Reported by readers"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(report_count__gt=0) if self.value() == "yes" else queryset


class AuthorFilter(SimpleListFilter):
    """Who wrote them."""

    title = _("author")
    parameter_name = "by"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("staff", _("The newsroom")), ("account", _("Readers with an account")), ("visitor", _("Visitors"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "staff":
            return queryset.filter(is_staff=True)
        if self.value() in ("account", "visitor"):
            return queryset.filter(is_staff=False, reader__isnull=self.value() == "visitor")
        return queryset


class SectionFilter(SimpleListFilter):
    """The section their article lies in, or one below it."""

    title = _("section")
    parameter_name = "section"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(str(section.pk), section.title) for section in live_sections().values()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = next((one for one in live_sections().values() if str(one.pk) == self.value()), None)
        if chosen is None:
            return queryset
        below = [one.pk for one in live_sections().values() if one.path.startswith(chosen.path)]
        return queryset.filter(article__section__in=below)


class PeriodFilter(SimpleListFilter):
    """How long ago they were written."""

    title = _("date")
    parameter_name = "since"
    DAYS = {"day": 1, "week": 7, "month": 30}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("day", _("The last 24 hours")), ("week", _("The last 7 days")), ("month", _("The last 30 days"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        days = self.DAYS.get(self.value() or "")
        return queryset.filter(created_at__gte=timezone.now() - timedelta(days=days)) if days else queryset


class OrderFilter(SimpleListFilter):
    """Which come first; unless told, the queue starts with who has waited longest, all else with the latest."""

    title = _("order")
    parameter_name = "order"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("newest", _("Newest first")), ("oldest", _("Oldest first"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        order = {"newest": NEWEST, "oldest": OLDEST}.get(self.value() or "")
        return queryset.order_by(*order) if order else queryset


class Search(DjangoORMSearchHandler):
    """Words of a text or a name; or an e-mail address, or how one begins, also that of an account."""

    def search_queryset(self, queryset: QuerySet, search_term: str, **kwargs: Any) -> QuerySet:
        # PostgreSQL refuses a NUL, which nobody types.
        search_term = search_term.replace("\0", "").strip()
        if "@" not in search_term:
            return super().search_queryset(queryset, search_term, **kwargs)
        readers = User.objects.filter(email__istartswith=search_term)
        return queryset.filter(Q(email__istartswith=search_term) | Q(reader__in=readers))
