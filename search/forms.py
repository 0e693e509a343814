"""What a reader may ask for."""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from search.filters import Choice, Filters

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


class QueryField(forms.CharField):
    """Words; characters that can't be seen count as spaces."""

    def to_python(self, value: Any) -> str:
        return super().to_python(_CONTROL.sub(" ", value or "")) or ""


class SearchForm(forms.Form):
    """The query and its filters, checked. Each field is optional; a wrong one says so and nothing typed is lost."""

    q = QueryField(
        max_length=LONGEST_QUERY,
        required=False,
        error_messages={
            "max_length": _("Your search is too long: %(limit_value)d characters at most. A few words are enough.")
        },
    )
    section = forms.ChoiceField(required=False, error_messages={"invalid_choice": _("There is no such section.")})
    author = forms.ChoiceField(required=False, error_messages={"invalid_choice": _("There is no such author.")})
    period = forms.ChoiceField(
        required=False,
        choices=[("", _("Any time")), *Period.choices],
        error_messages={"invalid_choice": _("There is no such period.")},
    )
    order = forms.ChoiceField(
        required=False, choices=Order.choices, error_messages={"invalid_choice": _("There is no such order.")}
    )

    def __init__(self, data: QueryDict, filters: Filters) -> None:
        super().__init__(data)
        self._offer("section", _("All sections"), filters.sections)
        self._offer("author", _("All authors"), filters.authors)

    def _offer(self, name: str, all_of_them: Any, choices: Iterable[Choice]) -> None:
        field = cast(forms.ChoiceField, self.fields[name])
        field.choices = [("", all_of_them), *((choice.key, choice.label) for choice in choices)]
