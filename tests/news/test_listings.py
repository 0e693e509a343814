"""Where articles are listed, and how a long list is paged."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.http import Http404
from django.test import RequestFactory
from django.utils import timezone
from wagtail.models import PageViewRestriction

from news.cards import print_cards
from news.listings import ARTICLES_PER_PAGE, page_of, requested_page
from news.models import ArticlePage, AuthorListing, Correction, PageListing, PinnedStory, RelatedStory, TopicListing
from tests.factories import ArticleFactory, AuthorFactory, ImageFactory, SectionFactory, TopicFactory

pytestmark = pytest.mark.django_db


def keys(listing):
    return [card.pk for card in listing.cards]


def listed_on(page):
    return keys(page_of(PageListing, page.pk, 1))


def test_an_article_is_listed_in_its_section_the_one_above_and_on_the_front(home_page, section):
    sahel = SectionFactory(parent=section)
    article = ArticleFactory(parent=sahel)
    assert listed_on(sahel) == listed_on(section) == listed_on(home_page) == [article.pk]


def test_an_article_is_listed_in_its_further_sections_once(home_page, section):
    news = SectionFactory(parent=home_page)
    article = ArticleFactory(parent=section, further_sections=[news, section])
    assert listed_on(news) == [article.pk]
    assert listed_on(section) == [article.pk]


def test_an_article_is_listed_by_author_and_topic(section):
    author, topic = AuthorFactory(), TopicFactory()
    article = ArticleFactory(parent=section, authors=[author], topics=[topic])
    assert keys(page_of(AuthorListing, author.pk, 1)) == [article.pk]
    assert keys(page_of(TopicListing, topic.pk, 1)) == [article.pk]


def test_lists_are_ordered_by_publication_time(section):
    now = timezone.now()
    old = ArticleFactory(parent=section, published_at=now - timedelta(days=2))
    new = ArticleFactory(parent=section, published_at=now - timedelta(hours=1))
    middle = ArticleFactory(parent=section, published_at=now - timedelta(days=1))
    assert listed_on(section) == [new.pk, middle.pk, old.pk]


def test_a_draft_is_listed_nowhere(home_page, section):
    ArticleFactory(parent=section, live=False)
    assert listed_on(home_page) == []


def test_an_unpublished_article_leaves_every_list(home_page, section):
    article = ArticleFactory(parent=section, authors=[AuthorFactory()], topics=[TopicFactory()])
    article.unpublish()
    assert not PageListing.objects.exists()
    assert not AuthorListing.objects.exists()
    assert not TopicListing.objects.exists()


def test_a_scheduled_article_is_not_listed_before_its_time(home_page, section):
    article = ArticleFactory(parent=section, live=False)
    article.go_live_at = timezone.now() + timedelta(hours=1)
    article.save_revision().publish()
    assert listed_on(home_page) == []


def test_a_private_article_leaves_the_lists_and_comes_back(home_page, section):
    article = ArticleFactory(parent=section)
    restriction = PageViewRestriction.objects.create(page=section, restriction_type="login")
    assert listed_on(home_page) == []
    restriction.delete()
    assert listed_on(home_page) == [article.pk]


def test_a_moved_section_takes_its_articles_along(home_page, section):
    society = SectionFactory(parent=home_page)
    sahel = SectionFactory(parent=section)
    article = ArticleFactory(parent=sahel)
    sahel.move(society, pos="last-child")
    assert listed_on(section) == []
    assert listed_on(society) == [article.pk]


def test_a_list_says_whether_more_follows_without_counting(section, django_assert_num_queries):
    print_cards([ArticleFactory(parent=section).pk for _ in range(ARTICLES_PER_PAGE + 1)])
    with django_assert_num_queries(2):
        first = page_of(PageListing, section.pk, 1)
    last = page_of(PageListing, section.pk, 2)
    assert (len(first.cards), first.has_next, first.has_previous) == (ARTICLES_PER_PAGE, True, False)
    assert (len(last.cards), last.has_next, last.has_previous) == (1, False, True)


def test_a_page_past_the_end_is_not_found(section):
    with pytest.raises(Http404):
        page_of(PageListing, section.pk, 2)


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.5", "²", "٣", "9" * 40, "", " 1"])
def test_a_page_number_that_is_none_is_not_found(number):
    with pytest.raises(Http404):
        requested_page(RequestFactory().get("/", {"page": number}))


def test_listings_can_be_rebuilt_from_the_articles(section):
    article = ArticleFactory(parent=section)
    PageListing.objects.all().delete()
    call_command("rebuild_listings")
    assert listed_on(section) == [article.pk]


def test_related_stories_are_the_chosen_ones_then_by_topic_then_by_section(section):
    topic = TopicFactory()
    in_section = ArticleFactory(parent=section)
    on_topic = ArticleFactory(parent=section, topics=[topic])
    chosen = ArticleFactory(parent=section)
    article = ArticleFactory(parent=section, topics=[topic])
    RelatedStory.objects.create(article=article, story=chosen)
    assert list(ArticlePage.objects.related_to(article, 4)) == [chosen, on_topic, in_section]


def test_an_article_is_not_related_to_itself_nor_to_drafts(section):
    topic = TopicFactory()
    article = ArticleFactory(parent=section, topics=[topic])
    ArticleFactory(parent=section, topics=[topic], live=False)
    assert list(ArticlePage.objects.related_to(article, 4)) == []


def test_a_private_article_is_neither_among_the_latest_nor_related_nor_pinned(home_page, section):
    topic = TopicFactory()
    hidden = ArticleFactory(parent=SectionFactory(parent=home_page), topics=[topic])
    article = ArticleFactory(parent=section, topics=[topic])
    PinnedStory.objects.create(section=section, story=hidden)
    RelatedStory.objects.create(article=article, story=hidden)
    PageViewRestriction.objects.create(page=hidden.get_parent(), restriction_type="login")
    assert list(ArticlePage.objects.latest(5)) == [article]
    assert list(ArticlePage.objects.related_to(article, 4)) == []
    assert list(ArticlePage.objects.pinned_to(section)) == []


def test_a_section_moves_even_where_an_article_would_not_pass_its_own_checks_today(home_page, section):
    image = ImageFactory()
    article = ArticleFactory(parent=section, lead_image=image)
    image.description = ""
    image.save()
    society = SectionFactory(parent=home_page)
    section.move(society, pos="last-child")
    assert listed_on(society) == [article.pk]
    assert ArticlePage.objects.get(pk=article.pk).section.pk == section.pk


def test_an_alias_is_listed_like_the_article_it_repeats(home_page, section, django_capture_on_commit_callbacks):
    society = SectionFactory(parent=home_page)
    article = ArticleFactory(parent=section)
    with django_capture_on_commit_callbacks(execute=True):
        article.create_alias(parent=society)
    assert len(listed_on(society)) == 1


def test_a_copy_is_news_of_its_own_time(section):
    article = ArticleFactory(parent=section, published_at=timezone.now() - timedelta(days=400))
    Correction.objects.create(article=article, text="Une date était fausse.")
    copy = article.copy(update_attrs={"slug": "copie"}, keep_live=False)
    copy.get_latest_revision().publish()
    copy = ArticlePage.objects.get(slug="copie")
    assert copy.published_at > timezone.now() - timedelta(minutes=1)
    assert not copy.corrections.exists()
