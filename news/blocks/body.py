"""The body of an article: every block an editor can put in it."""

from wagtail import blocks

from news.blocks.context import (
    AdBreakBlock,
    ContextBoxBlock,
    FiguresBlock,
    KeyPointsBlock,
    ReadAlsoBlock,
    TableBlock,
    TimelineBlock,
)
from news.blocks.media import AudioBlock, DocumentBlock, EmbedBlock, GalleryBlock, ImageBlock, VideoBlock
from news.blocks.text import (
    RICH_TEXT_FEATURES,
    HeadingBlock,
    ParagraphBlock,
    PullQuoteBlock,
    QuestionAnswerBlock,
    QuoteBlock,
)


class ArticleBody(blocks.StreamBlock):
    """A body, block by block."""

    paragraph = ParagraphBlock(features=RICH_TEXT_FEATURES)
    heading = HeadingBlock(max_length=120)
    quote = QuoteBlock()
    pull_quote = PullQuoteBlock()
    question_answer = QuestionAnswerBlock()
    image = ImageBlock()
    gallery = GalleryBlock()
    embed = EmbedBlock()
    video = VideoBlock()
    audio = AudioBlock()
    document = DocumentBlock()
    key_points = KeyPointsBlock()
    context_box = ContextBoxBlock()
    read_also = ReadAlsoBlock()
    table = TableBlock()
    figures = FiguresBlock()
    timeline = TimelineBlock()
    ad_break = AdBreakBlock()
