"""What is scheduled goes live, and what expires is taken off, whatever the clock does."""

from datetime import timedelta
from threading import Event

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ModelLogEntry, PageLogEntry, Revision
from wagtail.signals import page_published

from aminata24.delivery import schedule as schedule_module
from aminata24.delivery.schedule import Schedule, expire, go_live
from news.models import ArticlePage, Correction, PageListing
from tests.factories import ArticleFactory, BreakingNewsFactory, CampaignFactory, CreativeFactory, schedule

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def publisher():
    """Does what is due, as the worker has it done every second."""
    return Schedule(Event())


def scheduled_article(section, at, **fields):
    return schedule(ArticleFactory(parent=section, live=False, **fields), at)


def is_live(thing):
    return type(thing).objects.get(pk=thing.pk).live


def times_published(article):
    return PageLogEntry.objects.filter(page=article.pk, action="wagtail.publish.scheduled").count()


def test_an_article_goes_live_at_its_minute_and_not_before(section, clock, publisher):
    article = scheduled_article(section, clock.now + HOUR)
    clock.turn(minutes=59, seconds=59)
    publisher.run()
    assert not is_live(article)
    clock.turn(seconds=1)
    publisher.run()
    assert is_live(article)
    assert PageListing.objects.filter(article=article).exists()


def test_what_is_published_is_published_once(section, clock, publisher):
    article = scheduled_article(section, clock.now)
    for _second in range(3):
        publisher.run()
    assert times_published(article) == 1
    assert not go_live(article.latest_revision_id, clock.now)


def test_an_article_is_dated_with_the_time_it_was_scheduled_for(section, clock, publisher):
    at = clock.now
    article = scheduled_article(section, at)
    clock.turn(hours=5)
    publisher.run()
    article.refresh_from_db()
    assert article.published_at == at
    assert PageListing.objects.filter(article=article, published_at=at).exists()


def test_an_article_with_a_publication_time_of_its_own_keeps_it(section, clock, publisher):
    article = ArticleFactory(parent=section, live=False)
    article.published_at = imported = clock.now - timedelta(days=900)
    schedule(article, clock.now)
    publisher.run()
    article.refresh_from_db()
    assert (article.live, article.published_at) == (True, imported)


def test_a_scheduled_update_leaves_the_publication_time_as_it_is(section, clock, publisher):
    article = ArticleFactory(parent=section, title="Le bac attend", published_at=clock.now - timedelta(days=1))
    article.save_revision().publish()
    article.refresh_from_db()
    published_at = article.published_at
    article.title = "Le bac repart"
    schedule(article, clock.now)
    assert ArticlePage.objects.get(pk=article.pk).title == "Le bac attend"
    publisher.run()
    article.refresh_from_db()
    assert (article.title, article.published_at) == ("Le bac repart", published_at)


def test_a_time_that_passed_while_the_article_waited_for_its_review_is_not_its_date(section, clock):
    article = ArticleFactory(parent=section, live=False)
    article.go_live_at = clock.now - HOUR
    article.save_revision().publish()
    article.refresh_from_db()
    assert article.published_at == clock.now


def test_an_unscheduled_article_stays_a_draft(section, clock, publisher):
    article = scheduled_article(section, clock.now)
    Revision.objects.filter(pk=article.latest_revision_id).update(approved_go_live_at=None)
    publisher.run()
    assert not is_live(article)


def test_an_article_expires_at_its_minute(section, clock, publisher):
    article = ArticleFactory(parent=section)
    article.expire_at = clock.now + HOUR
    article.save_revision().publish()
    clock.turn(minutes=59, seconds=59)
    publisher.run()
    assert is_live(article)
    clock.turn(seconds=1)
    publisher.run()
    article.refresh_from_db()
    assert (article.live, article.expired) == (False, True)
    assert not PageListing.objects.filter(article=article).exists()
    assert PageLogEntry.objects.filter(page=article.pk, action="wagtail.unpublish.scheduled").count() == 1


def test_ticker_lines_and_campaigns_go_live_and_expire_too(clock, publisher):
    things = [BreakingNewsFactory(live=False), CreativeFactory(campaign=CampaignFactory(live=False)).campaign]
    for thing in things:
        thing.expire_at = clock.now + HOUR
        schedule(thing, clock.now)
    publisher.run()
    assert all(is_live(thing) for thing in things)
    clock.turn(hours=1)
    publisher.run()
    assert not any(is_live(thing) for thing in things)
    for thing in things:
        actions = ModelLogEntry.objects.filter(object_id=thing.pk, content_type=thing.get_content_type())
        assert actions.filter(action="wagtail.publish.scheduled").count() == 1
        assert actions.filter(action="wagtail.unpublish.scheduled").count() == 1


def test_what_came_and_went_while_no_worker_ran_was_never_seen(section, clock, publisher, monkeypatch):
    article = ArticleFactory(parent=section, live=False)
    article.expire_at = clock.now + HOUR
    schedule(article, clock.now)
    clock.turn(hours=2)
    committed = []
    # What a reader could see is what the outermost transaction leaves.
    monkeypatch.setattr(schedule_module, "_log", lambda event, *rest: committed.append((event, is_live(article))))
    publisher.run()
    assert committed == [("expired", False), ("published", False)]
    assert times_published(article) == 1


def test_a_version_that_replaces_an_expiring_one_keeps_the_page_on_the_site(section, clock, publisher):
    article = ArticleFactory(parent=section)
    article.expire_at = clock.now + HOUR
    article.save_revision().publish()
    article.expire_at = None
    clock.turn(hours=1)
    schedule(article, clock.now)
    publisher.run()
    article.refresh_from_db()
    assert (article.live, article.expire_at) == (True, None)


def test_an_article_that_expires_comes_back_when_its_next_version_is_planned(section, clock, publisher):
    article = ArticleFactory(parent=section)
    article.expire_at = clock.now + HOUR
    article.save_revision().publish()
    article.expire_at = None
    schedule(article, clock.now + 3 * HOUR)
    clock.turn(hours=1)
    publisher.run()
    assert not is_live(article)
    clock.turn(hours=2)
    publisher.run()
    assert is_live(article)


def test_a_clock_set_forward_publishes_what_lies_between_and_one_set_back_publishes_nothing_twice(
    section, clock, publisher
):
    first, second = (scheduled_article(section, clock.now + hours * HOUR) for hours in (1, 5))
    clock.turn(hours=3)
    publisher.run()
    assert (is_live(first), is_live(second)) == (True, False)
    clock.turn(hours=-3)
    publisher.run()
    clock.turn(hours=6)
    publisher.run()
    assert (times_published(first), times_published(second)) == (1, 1)


def test_one_that_fails_holds_up_no_other_and_is_tried_again(section, clock, publisher, monkeypatch, caplog):
    failing = scheduled_article(section, clock.now - HOUR)
    others = [scheduled_article(section, clock.now) for _ in range(2)]
    seconds = [0.0]
    monkeypatch.setattr(schedule_module.time, "monotonic", lambda: seconds[0])
    publish = ArticlePage.publish

    def fail(self, *args, **kwargs):
        publish(self, *args, **kwargs)
        if self.pk == failing.pk:
            raise RuntimeError("No more ink.")

    with monkeypatch.context() as out_of_order:
        out_of_order.setattr(ArticlePage, "publish", fail)
        publisher.run()
        publisher.run()
    assert all(is_live(other) for other in others)
    assert not is_live(failing)
    assert not PageListing.objects.filter(article=failing).exists()
    assert caplog.text.count("schedule_failed kind=revision") == 1
    seconds[0] += 3
    publisher.run()
    assert is_live(failing)
    assert times_published(failing) == 1


def test_a_worker_told_to_stop_finishes_the_publication_it_is_at(section, clock):
    first, second = (scheduled_article(section, clock.now - hours * HOUR) for hours in (2, 1))
    stopping = Event()

    def stop(**kwargs):
        stopping.set()

    page_published.connect(stop)
    try:
        Schedule(stopping).run()
    finally:
        page_published.disconnect(stop)
    assert (is_live(first), is_live(second)) == (True, False)


def test_what_somebody_prolonged_meanwhile_does_not_expire(section, clock):
    article = ArticleFactory(parent=section)
    article.expire_at = clock.now + HOUR
    article.save_revision().publish()
    assert not expire(ArticlePage, article.pk, clock.now)
    assert is_live(article)


def test_a_correction_is_told_of_when_readers_see_it_not_when_it_is_scheduled(section, clock, publisher):
    article = ArticleFactory(parent=section, live=False)
    article.corrections.add(Correction(text="Le bac part à six heures."))
    article = schedule(article, clock.now + HOUR)
    told = PageLogEntry.objects.filter(page=article.pk, action="news.correct")
    assert not told.exists()
    clock.turn(hours=1)
    publisher.run()
    assert told.count() == 1


def test_an_update_before_the_scheduled_publication_is_refused_when_it_is_written(section, clock):
    article = ArticleFactory(parent=section, live=False)
    article.updated_at, article.go_live_at = clock.now, clock.now + HOUR
    with pytest.raises(ValidationError) as refusal:
        article.full_clean()
    assert "updated_at" in refusal.value.message_dict
