"""Blocks that are read in the flow: paragraphs, headings, quotes, questions and answers."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

TEXT_GROUP = _("Text")
RICH_TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul", "superscript", "subscript"]


class ParagraphBlock(blocks.RichTextBlock):
    """Running text; headings, pictures and quotes have blocks of their own."""

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        group = TEXT_GROUP
        template = "news/blocks/paragraph.html"
        description = _("Running text with links and lists.")
        preview_value = "<p>Le marché de gros ouvre à quatre heures. À cinq heures, tout est vendu.</p>"


class HeadingBlock(blocks.CharBlock):
    """An intertitle."""

    class Meta:
        icon = "title"
        label = _("Heading")
        group = TEXT_GROUP
        template = "news/blocks/heading.html"
        description = _("A heading inside the text.")
        preview_value = "Une récolte sous surveillance"


class QuoteBlock(blocks.StructBlock):
    """What somebody said, with name and role."""

    text = blocks.TextBlock(label=_("Quote"), help_text=_("Without quotation marks: the page sets them."))
    speaker = blocks.CharBlock(label=_("Who says it"), max_length=120)
    role = blocks.CharBlock(label=_("Role"), max_length=160, required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        group = TEXT_GROUP
        template = "news/blocks/quote.html"
        description = _("A statement with its speaker.")
        preview_value = {
            "text": "Nous n’avons pas attendu la pluie pour planter.",
            "speaker": "Awa Bamba",
            "role": "présidente de coopérative",
        }


class PullQuoteBlock(blocks.StructBlock):
    """A sentence of the article set large (« exergue »)."""

    text = blocks.TextBlock(label=_("Sentence"), max_length=240)
    speaker = blocks.CharBlock(label=_("Who says it"), max_length=120, required=False)

    class Meta:
        icon = "doc-full-inverse"
        label = _("Pull quote")
        group = TEXT_GROUP
        template = "news/blocks/pull_quote.html"
        description = _("A strong sentence of the text, set large.")
        preview_value = {"text": "La lagune nous nourrit, à nous de la garder.", "speaker": ""}


class QuestionAnswerBlock(blocks.StructBlock):
    """One exchange of an interview, or one point of an explainer."""

    question = blocks.TextBlock(label=_("Question"))
    answer = blocks.RichTextBlock(label=_("Answer"), features=RICH_TEXT_FEATURES)

    class Meta:
        icon = "help"
        label = _("Question and answer")
        group = TEXT_GROUP
        template = "news/blocks/question_answer.html"
        description = _("One exchange of an interview.")
        preview_value = {"question": "Pourquoi maintenant ?", "answer": "<p>Parce que le fleuve n’attend pas.</p>"}
