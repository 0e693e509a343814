"""What is under embargo is found nowhere before its minute and everywhere after it; what has expired is gone."""

from copy import deepcopy
from datetime import timedelta
from threading import Event

import pytest
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Site

from aminata24.ads.models import Creative
from aminata24.delivery.schedule import Schedule
from aminata24.theme.models import BrandSettings, ConsentSettings, MenuSettings
from home.models import HomePage
from news.models import ArticlePage, PinnedStory, RelatedStory
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    BreakingNewsFactory,
    CampaignFactory,
    CreativeFactory,
    InformationPageFactory,
    PlacementFactory,
    TopicFactory,
    schedule,
)
from tests.newsroom import make_newsroom

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SECRET = "Le palais change d’occupant"
SLUG = "palais-secret"
# Where a story stands that an editor put in every place there is.
EVERYWHERE = {
    *("front page", "section", "article", "author", "topic", "latest", "fresh", "direct", "live coverage", "saved"),
    *("search", "promotion", "suggestions", "feed", "section feed", "author feed", "section sitemap", "news sitemap"),
}


@pytest.fixture(scope="module")
def common_newsroom(made_once):
    return make_newsroom(HomePage.objects.get(), articles=8)


@pytest.fixture
def newsroom(common_newsroom, db):
    return deepcopy(common_newsroom)


def work():
    Schedule(Event()).run()


@pytest.fixture
def embargoed(newsroom, clock):
    """A story for the next hour, already in every place where an editor can put one."""
    story = ArticleFactory(
        parent=newsroom.section,
        title=SECRET,
        slug=SLUG,
        standfirst=f"{SECRET} : le récit.",
        live=False,
        authors=[newsroom.author],
        topics=[newsroom.topic],
    )
    # A draft's authors and topics are in its revision only.
    story = schedule(story.get_latest_revision_as_object(), clock.now + HOUR)
    PinnedStory.objects.create(section=newsroom.section, story=story)
    newsroom.home.rails = [
        ("lead_package", {"pinned": [story]}),
        ("section_rail", {"section": newsroom.section, "count": 5, "pinned": [story]}),
    ]
    newsroom.home.save_revision().publish()
    article = ArticlePage.objects.get(pk=newsroom.article.pk)
    article.related_stories.add(RelatedStory(story=story))
    article.body = [
        ("read_also", {"articles": [story]}),
        ("paragraph", f'<p>À lire <a linktype="page" id="{story.pk}">ailleurs</a>.</p>'),
    ]
    article.save_revision().publish()
    BreakingNewsFactory(text=f"URGENT {SECRET}", page=story)
    SearchPromotion.objects.create(query=Query.get("lagune"), page=story)
    menus = MenuSettings.objects.get()
    menus.header = menus.footer = [("link", {"page": story, "url": "", "label": SECRET})]
    menus.save()
    return story


def places(newsroom, client):
    """{place: whether it gives the story away} of everything readers may ask for."""
    urls = {
        **newsroom.urls,
        "search": "/recherche/?q=palais",
        "promotion": "/recherche/?q=lagune",
        "suggestions": "/recherche/suggestions/?q=palais",
        "section sitemap": "/sitemap-articles.xml",
        "who am I": "/moi/",
    }
    shown = {}
    for name, url in urls.items():
        page = client.get(url).content.decode(errors="replace")
        # The search page says what was searched for.
        shown[name] = SECRET in page or f"/{SLUG}/" in page
    return shown


def test_an_embargoed_story_is_found_nowhere_before_its_minute_and_everywhere_after(newsroom, embargoed, client, clock):
    clock.turn(minutes=59, seconds=59)
    work()
    before = places(newsroom, client)
    assert [name for name, shown in before.items() if shown] == []
    assert client.get(f"/afrique/{SLUG}/").status_code == 404
    assert client.get(f"/afrique/{SLUG}/", headers={"x-requested-with": "XMLHttpRequest"}).status_code == 404

    clock.turn(seconds=1)
    work()
    after = places(newsroom, client)
    assert client.get(f"/afrique/{SLUG}/").status_code == 200
    assert {name for name, shown in after.items() if shown} >= EVERYWHERE


def test_the_author_and_the_topic_of_an_embargoed_story_alone_are_not_announced(newsroom, client, clock):
    author, topic = AuthorFactory(name="Plume Secrète", slug="plume-secrete"), TopicFactory(name="Palais secret")
    story = ArticleFactory(parent=newsroom.section, live=False, authors=[author], topics=[topic])
    schedule(story.get_latest_revision_as_object(), clock.now + HOUR)
    for path in (
        "/sitemap-auteurs.xml",
        "/sitemap-sujets.xml",
        "/recherche/",
        "/recherche/suggestions/?q=palais",
        "/recherche/suggestions/?q=plume",
    ):
        page = client.get(path).content.decode()
        assert "secret" not in page, path
        assert "Secrète" not in page, path
    clock.turn(hours=1)
    work()
    assert "plume-secrete" in client.get("/sitemap-auteurs.xml").content.decode()
    assert "Palais secret" in client.get("/recherche/suggestions/?q=palais").content.decode()


def test_an_embargoed_new_version_changes_nothing_before_its_minute(newsroom, client, clock):
    article = ArticlePage.objects.get(pk=newsroom.article.pk)
    title = article.title
    article.title, article.standfirst = SECRET, SECRET
    schedule(article, clock.now + HOUR)
    work()
    assert [name for name, shown in places(newsroom, client).items() if shown] == []
    assert title in client.get(article.path_on_site).content.decode()

    clock.turn(hours=1)
    work()
    assert SECRET in client.get(article.path_on_site).content.decode()
    assert places(newsroom, client)["feed"]


def test_an_embargoed_information_page_is_linked_nowhere(newsroom, client, clock):
    page = InformationPageFactory(parent=newsroom.home, title=SECRET, slug=SLUG, live=False)
    schedule(page, clock.now + HOUR)
    site = Site.objects.get()
    ConsentSettings.objects.update_or_create(site=site, defaults={"privacy_page": page, "terms_page": page})
    BrandSettings.objects.update_or_create(site=site, defaults={"advertising_page": page})
    Creative.objects.all().delete()
    assert [name for name, shown in places(newsroom, client).items() if shown] == []
    assert client.get(f"/{SLUG}/").status_code == 404
    clock.turn(hours=1)
    work()
    assert client.get(f"/{SLUG}/").status_code == 200
    assert places(newsroom, client)["front page"]


def test_an_expired_story_is_gone_from_everywhere(newsroom, embargoed, client, clock):
    clock.turn(hours=1)
    work()
    story = ArticlePage.objects.get(pk=embargoed.pk)
    story.expire_at = clock.now + HOUR
    story.save_revision().publish()
    assert places(newsroom, client)["front page"]
    clock.turn(hours=1)
    work()
    assert [name for name, shown in places(newsroom, client).items() if shown] == []
    assert client.get(f"/afrique/{SLUG}/").status_code == 404


def test_a_page_seen_after_the_last_minute_of_an_ad_or_a_ticker_line_shows_it_no_more(newsroom, client, clock):
    ticker = BreakingNewsFactory(text="Le bac est en panne", shown_until=clock.now + MINUTE)
    campaign = CampaignFactory(starts_at=clock.now - HOUR, ends_at=clock.now + MINUTE, url="https://example.com/toits")
    Creative.objects.all().delete()
    CreativeFactory(campaign=campaign, placement=PlacementFactory(slot="footer"), text="Toits de tôle")

    def shown():
        page = client.get("/en-continu/").content.decode()
        return ticker.text in page, "Toits de tôle" in page

    clock.turn(seconds=59)
    assert shown() == (True, True)
    clock.turn(seconds=1)
    assert shown() == (False, False)


def test_a_page_seen_after_the_expiry_of_a_line_or_a_campaign_shows_it_no_more(newsroom, client, clock):
    ticker = BreakingNewsFactory(text="Le bac est en panne")
    campaign = CampaignFactory(starts_at=clock.now - HOUR, url="https://example.com/toits")
    Creative.objects.all().delete()
    CreativeFactory(campaign=campaign, placement=PlacementFactory(slot="footer"), text="Toits de tôle")
    for thing in (ticker, campaign):
        thing.expire_at = clock.now + MINUTE
        thing.save_revision().publish()
    page = client.get("/en-continu/").content.decode()
    assert ticker.text in page
    assert "Toits de tôle" in page
    clock.turn(minutes=1)
    work()
    page = client.get("/en-continu/").content.decode()
    assert ticker.text not in page
    assert "Toits de tôle" not in page
