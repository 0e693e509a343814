"""The days of a month or a week, with what stands on them."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.models import SectionPage
from news.planning.entries import Entry, Status, entries

# What a day of the month shows of what was published; the week shows all.
PUBLISHED_SHOWN = 4
WEEK = timedelta(days=7)
YEARS = range(1990, 2101)


class View(models.TextChoices):
    """How much of the calendar is seen at once."""

    MONTH = "month", _("Month")
    WEEK = "week", _("Week")


def _reasonable(day: date) -> None:
    if day.year not in YEARS:
        raise ValidationError(_("This date is out of the calendar's reach."))


class CalendarForm(forms.Form):
    """What part of the calendar is asked for; an empty field, or one that makes no sense, stands for the usual."""

    view = forms.ChoiceField(choices=View.choices, required=False)
    date = forms.DateField(validators=[_reasonable], required=False)
    section = forms.ModelChoiceField(
        SectionPage.objects.order_by("path"), label=_("Section"), required=False, empty_label=_("All sections")
    )


@dataclass
class Day:
    """A day with what is shown of it, and how many more were published."""

    date: date
    is_outside: bool
    entries: list[Entry] = field(default_factory=list)
    more: int = 0

    @property
    def is_today(self) -> bool:
        """Whether this is today."""
        return self.date == timezone.localdate()


@dataclass(frozen=True)
class Calendar:
    """A month in whole weeks, or a week, around a day."""

    view: View
    day: date
    section: SectionPage | None = None

    @property
    def first(self) -> date:
        """The Monday it begins with."""
        day = self.day.replace(day=1) if self.view == View.MONTH else self.day
        return day - timedelta(days=day.weekday())

    @property
    def last(self) -> date:
        """The Sunday it ends with."""
        if self.view == View.WEEK:
            return self.first + WEEK - timedelta(days=1)
        end = _next_month(self.day) - timedelta(days=1)
        return end + timedelta(days=6 - end.weekday())

    @property
    def previous(self) -> date:
        """A day in the part before."""
        return self.first - WEEK if self.view == View.WEEK else self.day.replace(day=1) - timedelta(days=1)

    @property
    def next(self) -> date:
        """A day in the part after."""
        return self.first + WEEK if self.view == View.WEEK else _next_month(self.day)

    def days(self, user: Any) -> list[Day]:
        """Every day with its entries, as a user may see them."""
        by_day = defaultdict(list)
        for entry in entries(_midnight(self.first), _midnight(self.last + timedelta(days=1)), user, self.section):
            by_day[timezone.localdate(entry.at)].append(entry)
        count = (self.last - self.first).days + 1
        return [self._day(self.first + timedelta(days=number), by_day) for number in range(count)]

    def _day(self, day: date, by_day: dict[date, list[Entry]]) -> Day:
        all_entries = by_day[day]
        shown = all_entries if self.view == View.WEEK else _most_telling(all_entries)
        is_outside = self.view == View.MONTH and day.month != self.day.month
        return Day(day, is_outside, shown, more=len(all_entries) - len(shown))


def _most_telling(all_entries: list[Entry]) -> list[Entry]:
    """What is still to come never gives way to what was published."""
    room = PUBLISHED_SHOWN
    shown = []
    for entry in all_entries:
        if entry.status == Status.PUBLISHED:
            room -= 1
            if room < 0:
                continue
        shown.append(entry)
    return shown


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
