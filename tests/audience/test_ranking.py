"""« Les plus lus »: what stands there, and what it costs."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from aminata24.audience import ranking, reads
from aminata24.audience.models import DailyReads, HourlyReads, MostRead
from aminata24.audience.ranking import most_read
from tests.factories import ArticleFactory, SectionFactory
from tests.newsroom import add_articles, make_newsroom, read_most

pytestmark = pytest.mark.django_db

TITLE = "Les plus lus"


def hours_ago(hours):
    return timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=hours)


def read(counts, hours=0):
    """Have these articles been read so often, so many hours ago; and rank."""
    reads.save({(article.pk, hours_ago(hours)): count for article, count in counts.items()})
    ranking.refresh(timezone.now())


def ranked(page, period="day"):
    """The keys of what the lists of a page show."""
    return [article.pk for article in most_read(page.pk).get(period, ())]


def keys(*articles):
    return [article.pk for article in articles]


@pytest.fixture
def stories(section):
    return [ArticleFactory(parent=section) for _ in range(4)]


def test_articles_stand_in_the_order_of_their_reads(section, stories):
    read(dict(zip(stories, (5, 30, 10, 20), strict=True)))
    assert ranked(section) == keys(stories[1], stories[3], stories[2], stories[0])


def test_of_two_that_were_read_as_often_the_newer_comes_first(section, stories):
    read(dict.fromkeys(reversed(stories), 7))
    assert ranked(section) == keys(*stories)


def test_a_day_and_a_week_are_ranked_apart(section, stories):
    read(dict(zip(stories, (100, 1, 1, 1), strict=True)), hours=30)
    read(dict(zip(stories, (1, 4, 3, 2), strict=True)))
    read(dict(zip(stories, (1, 1, 1, 500), strict=True)), hours=24 * 8)
    assert ranked(section, "day") == keys(stories[1], stories[2], stories[3], stories[0])
    assert ranked(section, "week") == keys(*stories)


def test_a_section_ranks_what_it_lists_and_the_front_page_everything(home_page, section, stories):
    other = SectionFactory(parent=home_page)
    below = SectionFactory(parent=section)
    elsewhere, deeper = ArticleFactory(parent=other), ArticleFactory(parent=below)
    read({elsewhere: 50, deeper: 40, stories[0]: 30, stories[1]: 20})
    assert ranked(section) == keys(deeper, stories[0], stories[1])
    assert ranked(home_page) == keys(elsewhere, deeper, stories[0], stories[1])
    # One alone is no ranking.
    assert most_read(other.pk) == {}


def test_what_is_withdrawn_or_private_is_gone_at_once(section, stories, client):
    read(dict.fromkeys(stories, 9))
    stories[0].unpublish()
    client.get("/")
    assert ranked(section) == keys(*stories[1:])
    PageViewRestriction.objects.create(page=stories[1], restriction_type="login")
    client.get("/")
    assert most_read(section.pk) == {}
    ranking.refresh(timezone.now())
    assert set(MostRead.objects.values_list("article", flat=True)) == {stories[2].pk, stories[3].pk}


def test_it_is_made_anew_by_the_next_reads_but_once_a_minute_at_most(
    section, stories, django_capture_on_commit_callbacks, monkeypatch
):
    made = []
    monkeypatch.setattr(ranking, "refresh", lambda now, refresh=ranking.refresh: (made.append(now), refresh(now)))
    for _ in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            reads.save({(story.pk, hours_ago(0)): 1 for story in stories})
    assert len(made) == 1
    MostRead.objects.update(made_at=timezone.now() - timedelta(seconds=61))
    with django_capture_on_commit_callbacks(execute=True):
        reads.save({(stories[3].pk, hours_ago(0)): 1})
    assert len(made) == 2
    assert ranked(section)[0] == stories[3].pk


def test_old_hours_are_forgotten_and_their_days_kept(stories):
    for hours in (1, 47, 49, 200):
        read({stories[0]: 1}, hours=hours)
    assert reads.roll_up(timezone.now()) == 2
    assert HourlyReads.objects.count() == 2
    assert sum(DailyReads.objects.values_list("count", flat=True)) == 4
    assert reads.roll_up(timezone.now()) == 0


def test_ranking_costs_the_same_for_many_articles(home_page, django_assert_num_queries):
    newsroom = make_newsroom(home_page, articles=4)
    add_articles(newsroom, 60)
    articles = list(type(newsroom.article).objects.all())
    reads.save({(article.pk, hours_ago(0)): number for number, article in enumerate(articles, 1)})
    # Both periods, the places, what is no place any more, and a savepoint around them.
    with django_assert_num_queries(6):
        ranking.refresh(timezone.now())
    with django_assert_num_queries(1):
        most_read(newsroom.section.pk)


def test_readers_see_it_on_the_section_the_article_and_the_front_page(home_page, client):
    newsroom = make_newsroom(home_page, articles=6)
    pages = {"front page": "/", "section": "/afrique/", "article": newsroom.article.path_on_site}
    home_page.rails = [("most_read", {"title": TITLE, "period": "day", "count": 3})]
    home_page.save_revision().publish()
    for kind, path in pages.items():
        assert TITLE not in client.get(path).content.decode(), kind

    stories = list(newsroom.section.get_children().specific())
    read_most(stories)
    for kind, path in pages.items():
        html = client.get(path).content.decode()
        assert TITLE in html, kind
        ranked = html.partition('<ol class="ranking">')[2].partition("</ol>")[0]
        assert ranked.index(stories[0].path_on_site) < ranked.index(stories[1].path_on_site), kind


def test_a_section_shows_the_week_folded_under_the_day(section, stories, client):
    read(dict.fromkeys(stories, 3))
    html = client.get("/afrique/").content.decode()
    assert html.count('<details name="ranking"') == 2
    assert html.count('<details name="ranking" open>') == 1
    read(dict.fromkeys(stories, 3), hours=30)
    HourlyReads.objects.filter(hour__gt=hours_ago(24)).delete()
    ranking.refresh(timezone.now())
    html = client.get("/afrique/").content.decode()
    assert "<details" not in html
    assert "Sur 7 jours" in html
