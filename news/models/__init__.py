"""The content model of the newsroom, one module a thing."""

from news.models.article import ArticleAuthor, ArticlePage, Correction, Format, RelatedStory
from news.models.author import Author
from news.models.breaking_news import BreakingNews
from news.models.direct import AirMode, DirectPage
from news.models.listing import AuthorListing, Listing, PageListing, TopicListing
from news.models.live_coverage import LiveCoverageAuthor, LiveCoveragePage
from news.models.live_entry import LiveEntry, LiveState
from news.models.printed_card import PrintedCard
from news.models.printed_story import PrintedStory
from news.models.section import Accent, PinnedStory, SectionPage
from news.models.topic import ArticleTopic, Topic

__all__ = [
    "Accent",
    "AirMode",
    "ArticleAuthor",
    "ArticlePage",
    "ArticleTopic",
    "Author",
    "AuthorListing",
    "BreakingNews",
    "Correction",
    "DirectPage",
    "Format",
    "Listing",
    "LiveCoverageAuthor",
    "LiveCoveragePage",
    "LiveEntry",
    "LiveState",
    "PageListing",
    "PinnedStory",
    "PrintedCard",
    "PrintedStory",
    "RelatedStory",
    "SectionPage",
    "Topic",
    "TopicListing",
]
