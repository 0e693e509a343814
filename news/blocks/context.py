"""Blocks that put an article in context: key points, boxes, figures, tables, timelines, further reading."""

from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from news.blocks import examples
from news.blocks.text import RICH_TEXT_FEATURES

CONTEXT_GROUP = _("Context")


class KeyPointsBlock(blocks.StructBlock):
    """« L’essentiel »: the article in three or four points."""

    title = blocks.CharBlock(label=_("Title"), max_length=80, default="L’essentiel")
    points = blocks.ListBlock(blocks.CharBlock(max_length=300), label=_("Points"), min_num=1, max_num=8)

    class Meta:
        icon = "list-ul"
        label = _("Key points")
        group = CONTEXT_GROUP
        template = "news/blocks/key_points.html"
        description = _("The article in a few points.")
        preview_value = {"title": "L’essentiel", "points": ["Le pont ouvre lundi.", "Le péage reste gratuit un mois."]}


class ContextBoxBlock(blocks.StructBlock):
    """« Encadré »: background that stands beside the story."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT_FEATURES)

    class Meta:
        icon = "form"
        label = _("Context box")
        group = CONTEXT_GROUP
        template = "news/blocks/context_box.html"
        description = _("Background in a box.")
        preview_value = {"title": "Repères", "text": "<p>La lagune Ébrié s’étend sur 130 kilomètres.</p>"}


class ReadAlsoBlock(blocks.StructBlock):
    """« Lire aussi »: stories of ours on the way."""

    articles = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="news.ArticlePage", label=_("Article")),
        label=_("Articles"),
        min_num=1,
        max_num=3,
    )

    class Meta:
        icon = "doc-full"
        label = _("Read also")
        group = CONTEXT_GROUP
        template = "news/blocks/read_also.html"
        description = _("One to three stories of ours.")

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """`stories`: those of the articles that readers may see."""
        keys = [article.pk for article in value["articles"] if article]
        stories = apps.get_model("news.ArticlePage").objects.in_order_of(keys)
        return {**super().get_context(value, parent_context=parent_context), "stories": stories}

    def get_preview_value(self) -> Any:
        return self.normalize({"articles": examples.articles(2)})


class TableBlock(blocks.StructBlock):
    """A table with its caption."""

    caption = blocks.CharBlock(label=_("Caption"), max_length=200)
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(required=False, label=_("Text"))),
            ("number", blocks.CharBlock(required=False, label=_("Number"))),
        ],
        label=_("Table"),
    )

    class Meta:
        icon = "table"
        label = _("Table")
        group = CONTEXT_GROUP
        template = "news/blocks/table.html"
        description = _("Rows and columns with a caption.")
        preview_value = {
            "caption": "Prix bord champ",
            "table": {
                "columns": [{"type": "text", "heading": "Produit"}, {"type": "number", "heading": "FCFA / kg"}],
                "rows": [{"values": ["Cacao", "1 800"]}, {"values": ["Anacarde", "275"]}],
            },
        }


class FigureBlock(blocks.StructBlock):
    """One figure with what it counts."""

    value = blocks.CharBlock(label=_("Figure"), max_length=20)
    label = blocks.CharBlock(label=_("What it counts"), max_length=120)
    note = blocks.CharBlock(label=_("Note"), max_length=160, required=False)

    class Meta:
        icon = "order"
        label = _("Figure")


class FiguresBlock(blocks.StructBlock):
    """« Chiffres clés »: a row of figures."""

    title = blocks.CharBlock(label=_("Title"), max_length=80, default="Chiffres clés")
    figures = blocks.ListBlock(FigureBlock(), label=_("Figures"), min_num=1, max_num=6)

    class Meta:
        icon = "order"
        label = _("Figure row")
        group = CONTEXT_GROUP
        template = "news/blocks/figures.html"
        description = _("A row of key figures.")
        preview_value = {
            "title": "Chiffres clés",
            "figures": [
                {"value": "2,3 M", "label": "d’élèves", "note": ""},
                {"value": "41", "label": "villes", "note": ""},
            ],
        }


class EventBlock(blocks.StructBlock):
    """One date of a timeline."""

    date = blocks.CharBlock(label=_("Date"), max_length=60)
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), required=False)

    class Meta:
        icon = "date"
        label = _("Event")


class TimelineBlock(blocks.StructBlock):
    """What happened when."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    events = blocks.ListBlock(EventBlock(), label=_("Events"), min_num=1)

    class Meta:
        icon = "history"
        label = _("Timeline")
        group = CONTEXT_GROUP
        template = "news/blocks/timeline.html"
        description = _("Dates in their order.")
        preview_value = {
            "title": "Le chantier en dates",
            "events": [{"date": "12 mars", "title": "Première pierre", "text": ""}],
        }


class AdBreakBlock(blocks.StaticBlock):
    """Where an ad may stand in the text."""

    class Meta:
        icon = "minus"
        label = _("Ad break")
        group = CONTEXT_GROUP
        template = "news/blocks/ad_break.html"
        admin_text = _("An ad stands here.")
        description = _("Where an ad may stand in the text.")
        preview_value = None
