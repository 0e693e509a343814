"""The content model of the newsroom, one module a thing."""

from news.models.article import ArticleAuthor, ArticlePage, Correction, Format, RelatedStory
from news.models.author import Author
from news.models.breaking_news import BreakingNews
from news.models.listing import AuthorListing, Listing, PageListing, TopicListing
from news.models.printed_story import PrintedStory
from news.models.section import Accent, PinnedStory, SectionPage
from news.models.topic import ArticleTopic, Topic

__all__ = [
    "Accent",
    "ArticleAuthor",
    "ArticlePage",
    "ArticleTopic",
    "Author",
    "AuthorListing",
    "BreakingNews",
    "Correction",
    "Format",
    "Listing",
    "PageListing",
    "PinnedStory",
    "PrintedStory",
    "RelatedStory",
    "SectionPage",
    "Topic",
    "TopicListing",
]
