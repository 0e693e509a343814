"""An article to comment on, and readers who do."""

import pytest

from news.models import ArticlePage, SectionPage
from tests.comments.visitors import Visitor
from tests.factories import ArticleFactory


@pytest.fixture
def article(section: SectionPage) -> ArticlePage:
    """An article whose discussion is open."""
    return ArticleFactory(parent=section, slug="le-bac")


@pytest.fixture
def visitor(article: ArticlePage) -> Visitor:
    """Somebody without an account."""
    return Visitor(article)
