"""The rails of the front page, and the body of an information page."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from aminata24.ads.models import Slot
from aminata24.audience.models import Period
from aminata24.audience.ranking import FEWEST, PLACES
from news.blocks.context import ContextBoxBlock, KeyPointsBlock
from news.blocks.text import RICH_TEXT_FEATURES, HeadingBlock, ParagraphBlock, QuestionAnswerBlock


def _pinned(max_num: int) -> blocks.ListBlock:
    return blocks.ListBlock(
        blocks.PageChooserBlock(page_type="news.ArticlePage", label=_("Story")),
        label=_("Pinned stories"),
        required=False,
        min_num=0,
        max_num=max_num,
        default=[],
        help_text=_("Shown first, in this order. The newest stories fill what is left."),
    )


class RailBlock(blocks.StructBlock):
    """What all rails share: a preview filled with the stories it would show now."""

    class Meta:
        preview_template = "home/blocks/preview.html"

    def get_preview_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        from home.rails import fill_rails

        stream = blocks.StreamValue(Rails(), [{"type": self.name, "value": self.get_prep_value(value)}], is_lazy=True)
        return {**super().get_preview_context(value, parent_context), "rails": fill_rails(stream)}


class LeadPackageBlock(RailBlock):
    """The top of the page: one lead story, then four more."""

    pinned = _pinned(5)

    class Meta:
        icon = "pick"
        label = _("Lead package")
        template = "home/blocks/lead_package.html"
        description = _("The lead story and four more.")


class SectionRailBlock(RailBlock):
    """The newest of one section."""

    section = blocks.PageChooserBlock(page_type="news.SectionPage", label=_("Section"))
    count = blocks.IntegerBlock(label=_("Stories"), default=5, min_value=3, max_value=9)
    pinned = _pinned(3)

    class Meta:
        icon = "folder-open-inverse"
        label = _("Section rail")
        template = "home/blocks/section_rail.html"
        description = _("The newest stories of a section.")

    def get_preview_value(self) -> Any:
        section = self.child_blocks["section"].model_class.objects.live().order_by("path").first()
        return self.normalize({"section": section, "count": 5, "pinned": []})


class LatestRailBlock(RailBlock):
    """« En continu »."""

    count = blocks.IntegerBlock(label=_("Stories"), default=8, min_value=3, max_value=20)

    class Meta:
        icon = "history"
        label = _("Latest news")
        template = "home/blocks/latest.html"
        description = _("All news as it comes in.")


class FormatRailBlock(RailBlock):
    """The newest of one journalistic form, such as opinion or video."""

    title = blocks.CharBlock(label=_("Title"), max_length=60)
    count = blocks.IntegerBlock(label=_("Stories"), default=3, min_value=2, max_value=6)
    pinned = _pinned(3)


class OpinionRailBlock(FormatRailBlock):
    """Opinion pieces, with their authors' names in front."""

    class Meta:
        icon = "openquote"
        label = _("Opinion")
        template = "home/blocks/opinion.html"
        description = _("The newest opinion pieces.")
        preview_value = {"title": "Opinions", "count": 3, "pinned": []}


class VideoRailBlock(FormatRailBlock):
    """Films."""

    class Meta:
        icon = "media"
        label = _("Videos")
        template = "home/blocks/video.html"
        description = _("The newest videos.")
        preview_value = {"title": "En vidéo", "count": 3, "pinned": []}


class MostReadRailBlock(RailBlock):
    """« Les plus lus »."""

    title = blocks.CharBlock(label=_("Title"), max_length=60)
    period = blocks.ChoiceBlock(label=_("Period"), choices=Period.choices, default=Period.DAY)
    count = blocks.IntegerBlock(label=_("Stories"), default=5, min_value=FEWEST, max_value=PLACES)

    class Meta:
        icon = "list-ol"
        label = _("Most read")
        template = "home/blocks/most_read.html"
        description = _("What readers read most, while enough was read.")
        preview_value = {"title": "Les plus lus", "period": Period.WEEK, "count": 5}


class AdRailBlock(RailBlock):
    """An ad between two rails."""

    slot = blocks.ChoiceBlock(label=_("Placement"), choices=Slot.choices, default=Slot.BETWEEN_RAILS)

    class Meta:
        icon = "tag"
        label = _("Ad")
        template = "home/blocks/ad.html"
        description = _("An ad between two rails.")


class NewsletterRailBlock(RailBlock):
    """The invitation to the newsletter."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.CharBlock(label=_("Text"), max_length=200, required=False)

    class Meta:
        icon = "mail"
        label = _("Newsletter")
        template = "home/blocks/newsletter.html"
        description = _("The invitation to the newsletter.")
        preview_value = {"title": "La lettre de midi", "text": "Cinq nouvelles, chaque jour ouvré."}


class Rails(blocks.StreamBlock):
    """The front page from top to bottom."""

    lead_package = LeadPackageBlock()
    section_rail = SectionRailBlock()
    latest = LatestRailBlock()
    opinion = OpinionRailBlock()
    video = VideoRailBlock()
    most_read = MostReadRailBlock()
    ad = AdRailBlock()
    newsletter = NewsletterRailBlock()


class InformationBody(blocks.StreamBlock):
    """The blocks that make sense on a page that is no news."""

    paragraph = ParagraphBlock(features=RICH_TEXT_FEATURES)
    heading = HeadingBlock(max_length=120)
    key_points = KeyPointsBlock()
    context_box = ContextBoxBlock()
    question_answer = QuestionAnswerBlock()
