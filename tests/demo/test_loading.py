"""Loading the demo: a site one can read and sign in to, and a second time nothing."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from PIL import Image
from wagtail.models import Page, Revision, Site

from aminata24.ads.models import AdFigures, Campaign, Placement
from aminata24.audience.models import DailyReads, HourlyReads, MostRead
from aminata24.comments.models import Comment
from aminata24.demo import content
from aminata24.demo.loader import load_demo
from aminata24.demo.people import ACCOUNTS
from aminata24.demo.progress import Progress
from aminata24.demo.removal import remove_demo
from aminata24.images.models import NewsImage, Rendition
from aminata24.readers.models import User
from aminata24.theme.surroundings import surroundings
from home.models import HomePage
from news.models import (
    ArticlePage,
    Author,
    BreakingNews,
    DirectPage,
    LiveCoveragePage,
    LiveEntry,
    PageListing,
    SectionPage,
)
from tests.factories import root_page

PASSWORD = "Une-longue-phrase-24"
# An article that readers comment on, with one comment that waits.
DISCUSSED = "kumasi-pagne-quarante-metres"


def a_few() -> set[str]:
    """Some articles, and those they say "read also" of."""
    articles = {article["slug"]: article for article in content.articles()}
    wanted: set[str] = set()
    found = [*sorted(articles)[::14], DISCUSSED]
    while found:
        slug = found.pop()
        if slug not in wanted:
            wanted.add(slug)
            found += [other for entry in articles[slug]["body"] for other in entry.get("read_also", [])]
    return wanted


FEW = a_few()


def load() -> str:
    """Load them; what was printed meanwhile. What the pictures look like is tested elsewhere, here they are plain."""
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("aminata24.demo.drawing.catalogue.draw", lambda key: Image.new("RGB", (480, 270), "#b93c0a"))
        load_demo(Progress(out), PASSWORD, only=FEW)
    return out.getvalue()


@pytest.fixture(scope="module")
def loaded(made_once: None) -> None:
    """A part of the demo, loaded where nothing was but the page that Wagtail makes."""
    Site.objects.all().delete()
    HomePage.objects.get().delete()
    welcome = root_page().add_child(instance=Page(title="Welcome to your new Wagtail site!", slug="home"))
    Site.objects.create(hostname="localhost", root_page=welcome, is_default_site=True)
    load()


@pytest.fixture
def demo(loaded: None, db: None) -> None:
    """That part of the demo, as it was loaded."""


AUDIENCE = (DailyReads, HourlyReads, MostRead, AdFigures)


def everything() -> dict[str, Any]:
    """All that a second load must leave alone."""
    counted = (
        Page,
        Revision,
        NewsImage,
        Rendition,
        User,
        Author,
        BreakingNews,
        Placement,
        Campaign,
        PageListing,
        LiveEntry,
        Comment,
        *AUDIENCE,
    )
    return {
        **{model.__name__: model.objects.count() for model in counted},
        "pages": list(Page.objects.order_by("pk").values()),
        "articles": list(ArticlePage.objects.order_by("pk").values()),
        "home": list(HomePage.objects.values()),
    }


def test_loading_twice_changes_nothing(demo: None) -> None:
    before = everything()
    assert load() == ""
    assert everything() == before


def test_readers_discuss_and_a_moderator_finds_one_comment_waiting(demo: None, client: Client) -> None:
    article = ArticlePage.objects.get(slug=DISCUSSED)
    published = Comment.objects.published().filter(article=article)
    assert article.comment_count == published.count() > 0
    assert "J’ai relu la phrase trois fois" in client.get(article.path_on_site).content.decode()
    assert Comment.objects.waiting().get().held_because
    remove_demo()
    assert not Comment.objects.exists()


def test_a_reader_finds_the_articles_where_wagtail_welcomed(demo: None, client: Client) -> None:
    assert Page.objects.filter(depth=2).get().specific_class is HomePage
    assert Site.objects.get(is_default_site=True).root_page.specific_class is HomePage
    newest = ArticlePage.objects.newest()[0]
    assert f'href="{newest.path_on_site}"' in client.get("/").content.decode()
    for path in (newest.path_on_site, "/en-continu/", "/afrique/", "/mentions-legales/", "/auteurs/aya-kouame/"):
        assert client.get(path).status_code == 200


def test_articles_are_published_with_revisions_listings_and_pictures(demo: None) -> None:
    assert set(ArticlePage.objects.live().values_list("slug", flat=True)) == FEW
    for article in ArticlePage.objects.all():
        assert article.live_revision_id
        assert article.published_at == article.first_published_at
        assert not article.has_unpublished_changes
        assert PageListing.objects.filter(article=article, page=article.section_id).exists()
        assert article.lead_image.sources["wide"]["avif"]


def test_the_channel_is_on_by_its_programme_and_a_coverage_runs(demo: None, client: Client) -> None:
    channel = DirectPage.objects.get()
    assert channel.schedule.following
    assert channel.stream.endswith("demo/direct.m3u8")
    running, closed = LiveCoveragePage.objects.running().get(), LiveCoveragePage.objects.closed().get()
    assert running.entries_so_far.published().count() == 25
    assert client.get(running.path_on_site).status_code == client.get(closed.path_on_site).status_code == 200
    assert running.title in client.get("/direct/").content.decode()


def test_a_fresh_start_writes_the_coverages_anew_and_keeps_the_channel(demo: None) -> None:
    channel = DirectPage.objects.get()
    remove_demo()
    assert not LiveCoveragePage.objects.exists()
    assert DirectPage.objects.get() == channel
    load()
    assert LiveEntry.objects.filter(coverage__live=True).count() == 34


def test_an_invented_audience_read_and_saw_it_until_it_is_removed(demo: None, client: Client) -> None:
    assert '<ol class="ranking">' in client.get("/").content.decode()
    assert AdFigures.objects.filter(impressions__gt=0, clicks__gt=0).exists()
    remove_demo()
    for model in AUDIENCE:
        assert not model.objects.exists(), model


def test_everybody_can_sign_in(demo: None, client: Client) -> None:
    for account in ACCOUNTS:
        assert client.login(username=account.email, password=PASSWORD)
        assert User.objects.get(email=account.email).groups.get().name == account.role


def test_a_fresh_start_keeps_sections_and_what_the_newsroom_wrote(demo: None) -> None:
    section = SectionPage.objects.get(slug="afrique")
    section.add_child(instance=ArticlePage(title="De la rédaction", slug="de-la-redaction"))
    remove_demo()
    assert list(ArticlePage.objects.values_list("slug", flat=True)) == ["de-la-redaction"]
    load()
    assert ArticlePage.objects.count() == len(FEW) + 1


def test_a_fresh_start_leaves_the_front_page_as_an_editor_composed_it(demo: None) -> None:
    home = HomePage.objects.get()
    assert len(home.rails) > 1
    home.rails = [("latest", {"count": 4})]
    home.save_revision().publish()
    remove_demo()
    load()
    assert [rail.block_type for rail in HomePage.objects.get().rails] == ["latest"]


def test_a_fresh_start_keeps_an_article_with_the_same_slug_in_another_section(demo: None) -> None:
    its = ArticlePage.objects.newest()[0]
    other = SectionPage.objects.exclude(pk=its.section_id).exclude(slug__in=its.path_on_site.split("/"))[0]
    own = other.add_child(instance=ArticlePage(title="De la rédaction", slug=its.slug))
    remove_demo()
    assert list(ArticlePage.objects.values_list("pk", flat=True)) == [own.pk]


def test_a_free_placement_leads_to_the_page_for_advertisers(demo: None) -> None:
    assert surroundings().brand.advertising_page.slug == "annoncez-chez-nous"


def test_progress_says_how_much_was_done() -> None:
    out = io.StringIO()
    assert list(Progress(out).each("Articles", "abc", 3)) == ["a", "b", "c"]
    assert out.getvalue().strip() == "Articles 3/3"


def test_outside_development_the_public_password_is_refused(db: None) -> None:
    with pytest.raises(CommandError, match="--password"):
        call_command("load_demo", stdout=io.StringIO())


def test_a_site_with_a_front_page_is_left_alone_if_asked(demo: None) -> None:
    remove_demo()
    out = io.StringIO()
    call_command("load_demo", "--if-empty", "--password", PASSWORD, stdout=out)
    assert not ArticlePage.objects.exists()
    assert ACCOUNTS[0].email in out.getvalue()
