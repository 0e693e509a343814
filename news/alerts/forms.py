"""The form that raises an alert."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from news.models import BreakingNews

LONGEST_TEXT = BreakingNews._meta.get_field("text").max_length

# Minutes on the ticker; 0 stands for "until taken off".
DURATIONS = [
    (15, _("15 minutes")),
    (30, _("30 minutes")),
    (60, _("1 hour")),
    (180, _("3 hours")),
    (720, _("12 hours")),
    (0, _("Until it is taken off")),
]


class AlertForm(forms.Form):
    """What to say, for how long, and which article it leads to."""

    text = forms.CharField(
        label=_("Line"), max_length=LONGEST_TEXT, help_text=_("One line. A phone shows about 60 characters.")
    )
    minutes = forms.TypedChoiceField(label=_("Shown for"), choices=DURATIONS, coerce=int, initial=60)
    page = forms.ModelChoiceField(Page.objects.live(), required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        # A second click on the button, or two editors with the same news.
        if BreakingNews.objects.running().filter(text=cleaned.get("text"), page=cleaned.get("page")).exists():
            raise ValidationError(_now("This line is on the ticker already."))
        return cleaned

    def raise_alert(self, user: Any) -> BreakingNews:
        """Put the line on top of the ticker."""
        minutes = self.cleaned_data["minutes"]
        line = BreakingNews(
            text=self.cleaned_data["text"],
            page=self.cleaned_data["page"],
            shown_until=timezone.now() + timedelta(minutes=minutes) if minutes else None,
            sort_order=0,
            live=False,
        )
        line.save()
        line.save_revision(user=user, log_action="wagtail.create").publish(user=user)
        return line
