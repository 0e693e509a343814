"""What an entry of a live coverage is made of: few blocks, each once, so that it is written on a phone in seconds."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from news.blocks.context import KeyPointsBlock
from news.blocks.media import EmbedBlock, ImageBlock
from news.blocks.text import TEXT_GROUP, QuoteBlock


class EntryTextBlock(blocks.TextBlock):
    """Plain text as a phone's keyboard writes it; `news.entry_text` makes paragraphs and links of it."""

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = TEXT_GROUP
        template = "news/blocks/entry_text.html"
        description = _("Plain text with an empty line between paragraphs.")
        preview_value = "Le bac accoste. **Deux cents passagers** attendent sur le quai."


class EntryBody(blocks.StreamBlock):
    """The body of an entry; the desk's form has a place for each of these, in this order."""

    text = EntryTextBlock()
    image = ImageBlock()
    quote = QuoteBlock()
    embed = EmbedBlock()
    key_points = KeyPointsBlock()

    class Meta:
        block_counts = {name: {"max_num": 1} for name in ("text", "image", "quote", "embed", "key_points")}


class KeyFactsBody(blocks.StreamBlock):
    """« Ce qu’il faut savoir »: what a reader who comes in now has to know."""

    fact = blocks.CharBlock(label=_("Key fact"), max_length=300, icon="list-ul")
