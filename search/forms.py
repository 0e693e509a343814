"""What a reader may ask for."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import models
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from aminata24.delivery.memory import remember_briefly
from search.filters import Choice, filters

LONGEST_QUERY = 200

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


class Period(models.TextChoices):
    """How far back to look."""

    DAY = "24h", _("Last 24 hours")
    WEEK = "week", _("Last 7 days")
    MONTH = "month", _("Last month")
    YEAR = "year", _("Last year")

    @property
    def length(self) -> timedelta:
        """The period as a stretch of time."""
        return timedelta(days={"24h": 1, "week": 7, "month": 31, "year": 366}[self.value])


class Order(models.TextChoices):
    """What comes first."""

    RELEVANCE = "relevance", _("Most relevant first")
    DATE = "date", _("Newest first")


@dataclass(frozen=True)
class Select:
    """A filter as readers see it: what is chosen, among which values and labels, and what is said of any other."""

    name: str
    label: Any
    chosen: str
    choices: Iterable[tuple[str, Any]]
    error: Any = None


class SearchForm:
    """
    The query and its filters, checked. Each is optional; a wrong one says so and nothing typed is lost.

    No Django form: making one and its fields, with all their choices, took longer than the search.
    """

    def __init__(self, data: QueryDict) -> None:
        self.typed = data.get("q", "")
        # Characters that can't be seen count as spaces.
        self.query = _CONTROL.sub(" ", self.typed).strip()
        self.section, self.author, self.period, self.order = (
            data.get(name, "") for name in ("section", "author", "period", "order")
        )

    @property
    def is_too_long(self) -> bool:
        """Whether the query is longer than any that makes sense."""
        return len(self.query) > LONGEST_QUERY

    @property
    def is_valid(self) -> bool:
        """Whether it can be searched for."""
        return not self.is_too_long and not any(
            (
                _is_wrong(self.section, filters().section_by_key),
                _is_wrong(self.author, filters().author_by_key),
                _is_wrong(self.period, Period.values),
                _is_wrong(self.order, Order.values),
            )
        )

    @property
    def selects(self) -> Markup:
        """The filters as HTML."""
        return _selects(self.section, self.author, self.period, self.order)


def _is_wrong(value: str, offered: Collection[str]) -> bool:
    return bool(value) and value not in offered


@remember_briefly
def _selects(section: str, author: str, period: str, order: str) -> Markup:
    offered = filters()
    wrong_section = _is_wrong(section, offered.section_by_key) and _("There is no such section.")
    wrong_author = _is_wrong(author, offered.author_by_key) and _("There is no such author.")
    wrong_period = _is_wrong(period, Period.values) and _("There is no such period.")
    wrong_order = _is_wrong(order, Order.values) and _("There is no such order.")
    periods = [("", _("Any time")), *Period.choices]
    selects = [
        Select("section", _("Section"), section, _with_all(_("All sections"), offered.sections), wrong_section),
        Select("author", _("Author"), author, _with_all(_("All authors"), offered.authors), wrong_author),
        Select("period", _("Period"), period, periods, wrong_period),
        Select("order", _("Sort by"), order, Order.choices, wrong_order),
    ]
    return Markup(render_to_string("search/selects.html", {"selects": selects}))


def _with_all(label: Any, choices: Iterable[Choice]) -> list[tuple[str, Any]]:
    return [("", label), *((choice.key, choice.label) for choice in choices)]
