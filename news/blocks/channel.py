"""Blocks of LE DIRECT: the slots of the programme, and films to see again."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

DAYS = [
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
    ("5", _("Saturday")),
    ("6", _("Sunday")),
]


class SlotBlock(blocks.StructBlock):
    """A programme and when it is on."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.CharBlock(label=_("What it is about"), max_length=200, required=False)
    starts = blocks.TimeBlock(label=_("From"))
    ends = blocks.TimeBlock(label=_("Until"), required=False, help_text=_("Empty: until the next one begins."))
    days = blocks.MultipleChoiceBlock(
        label=_("Days"), choices=DAYS, required=False, help_text=_("None chosen: every day."), search_index=False
    )

    class Meta:
        icon = "time"
        label = _("Programme")


class ReplayBlock(blocks.StructBlock):
    """A programme to see again: an article of ours, or an address; what is empty is the article's."""

    page = blocks.PageChooserBlock(label=_("Article"), page_type="news.ArticlePage", required=False)
    url = blocks.URLBlock(label=_("Address"), max_length=400, required=False, help_text=_("Instead of an article."))
    title = blocks.CharBlock(label=_("Title"), max_length=160, required=False)
    image = ImageChooserBlock(label=_("Image"), required=False)
    date = blocks.DateBlock(label=_("Date"), required=False)
    minutes = blocks.IntegerBlock(label=_("Duration in minutes"), min_value=1, max_value=1_440, required=False)

    class Meta:
        icon = "history"
        label = _("Replay")

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        errors = {}
        if bool(value["page"]) == bool(value["url"]):
            errors["url"] = ValidationError(_("Choose an article or write an address, one of the two."))
        elif value["url"] and not value["title"]:
            errors["title"] = ValidationError(_("An address needs a title."))
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return value
