"""What an article knows about itself, and what its editor refuses."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Revision

from news.models import ArticlePage
from tests.factories import ArticleFactory, AuthorFactory, SectionFactory

pytestmark = pytest.mark.django_db


def test_a_published_article_knows_when_it_was_published(section):
    before = timezone.now()
    article = ArticleFactory(parent=section, published_at=None)
    assert before <= article.published_at <= timezone.now()


def test_an_imported_article_keeps_its_own_publication_time(section):
    long_ago = timezone.now() - timedelta(days=4000)
    assert ArticleFactory(parent=section, published_at=long_ago).published_at == long_ago


def test_publishing_a_correction_does_not_move_an_article_up(section):
    article = ArticleFactory(parent=section, published_at=None)
    first = article.published_at
    article.title = "Le bac de la lagune a repris"
    article.save_revision().publish()
    assert ArticlePage.objects.get(pk=article.pk).published_at == first


def test_a_draft_written_before_publication_does_not_lose_its_time_afterwards(section):
    article = ArticleFactory(parent=section, live=False)
    early_draft = article.save_revision()
    early_draft.publish()
    first = ArticlePage.objects.get(pk=article.pk).published_at
    Revision.objects.get(pk=early_draft.pk).publish()
    assert ArticlePage.objects.get(pk=article.pk).published_at == first


def test_a_publication_time_in_the_future_is_refused(section):
    article = ArticleFactory(parent=section)
    article.published_at = timezone.now() + timedelta(hours=2)
    with pytest.raises(ValidationError) as refusal:
        article.full_clean()
    assert "published_at" in refusal.value.message_dict


def test_an_update_before_the_publication_is_refused(section):
    article = ArticleFactory(parent=section)
    article.updated_at = article.published_at - timedelta(minutes=1)
    with pytest.raises(ValidationError) as refusal:
        article.full_clean()
    assert "updated_at" in refusal.value.message_dict


def test_the_section_of_an_article_is_the_page_it_lies_in(section):
    assert ArticleFactory(parent=section).section == section


def test_a_moved_article_takes_the_section_it_was_moved_to(home_page, section):
    article = ArticleFactory(parent=section)
    society = SectionFactory(parent=home_page, title="Société", slug="societe")
    article.move(society, pos="last-child")
    assert ArticlePage.objects.get(pk=article.pk).section == society


def test_sections_start_with_the_main_one_and_name_none_twice(home_page, section):
    society = SectionFactory(parent=home_page)
    article = ArticleFactory(parent=section, further_sections=[society, section])
    assert article.sections == [section, society]


def test_authors_stand_in_the_order_of_the_byline(section):
    second, first = AuthorFactory(name="Brahima"), AuthorFactory(name="Zadi")
    assert ArticleFactory(parent=section, authors=[first, second]).authors == [first, second]


def test_reading_time_counts_the_words_of_every_block(section):
    body = [("heading", "Le port"), ("paragraph", f"<p>{'mot ' * 400}</p>"), ("paragraph", f"<p>{'mot ' * 60}</p>")]
    assert ArticleFactory(parent=section, body=body).reading_minutes == 3


def test_lists_show_the_short_headline_where_there_is_one(section):
    article = ArticleFactory(parent=section, title="Un très long titre", short_headline="Court")
    assert (article.list_headline, article.headline) == ("Court", "Un très long titre")
