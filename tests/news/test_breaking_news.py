"""The ticker's lines."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from news.models import BreakingNews
from tests.factories import ArticleFactory, BreakingNewsFactory

pytestmark = pytest.mark.django_db


def running():
    return list(BreakingNews.objects.running())


def test_lines_run_in_their_order():
    second, first = BreakingNewsFactory(sort_order=2), BreakingNewsFactory(sort_order=1)
    assert running() == [first, second]


def test_a_line_runs_from_its_start_until_its_end():
    now = timezone.now()
    minute = timedelta(minutes=1)
    current = BreakingNewsFactory(shown_from=now - minute, shown_until=now + minute)
    BreakingNewsFactory(shown_from=now + minute)
    BreakingNewsFactory(shown_until=now - minute)
    assert running() == [current]


def test_a_draft_does_not_run():
    BreakingNewsFactory(live=False)
    assert running() == []


def test_a_line_leads_to_its_page(section):
    article = ArticleFactory(parent=section, slug="le-bac")
    assert BreakingNewsFactory(page=article).link == "/afrique/le-bac/"


def test_a_line_whose_article_was_withdrawn_does_not_run(section):
    article = ArticleFactory(parent=section)
    BreakingNewsFactory(page=article)
    article.unpublish()
    assert running() == []


def test_a_line_with_page_and_address_is_refused(section):
    line = BreakingNewsFactory.build(page=ArticleFactory(parent=section), url="https://example.org/")
    with pytest.raises(ValidationError) as refusal:
        line.full_clean()
    assert "url" in refusal.value.message_dict


def test_a_line_that_ends_before_it_starts_is_refused():
    now = timezone.now()
    line = BreakingNewsFactory.build(shown_from=now, shown_until=now - timedelta(minutes=1))
    with pytest.raises(ValidationError) as refusal:
        line.full_clean()
    assert "shown_until" in refusal.value.message_dict
