"""RSS for the site, each section and each author."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from news.feeds import ITEMS
from news.models import ArticlePage
from tests.factories import ArticleFactory, AuthorFactory, ImageFactory, SectionFactory

pytestmark = pytest.mark.django_db

DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"


@pytest.fixture(autouse=True)
def _address(settings):
    settings.SITE_URL = "https://aminata24.example"


def read(client, url, **headers):
    response = client.get(url, headers=headers)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content).find("channel")


def titles(channel):
    return [item.findtext("title") for item in channel.findall("item")]


def test_the_site_feed_has_the_newest_with_all_that_readers_of_feeds_want(section, client):
    image = ImageFactory()
    image.make_shape("wide")
    authors = [AuthorFactory(name="Awa Bamba"), AuthorFactory(name="Éric Koffi")]
    ArticleFactory(
        parent=section, title="Cacao & riz", slug="cacao", standfirst="Le chapô.", authors=authors, lead_image=image
    )
    channel = read(client, "/flux/")
    assert channel.findtext("title") == "Aminata24"
    assert channel.findtext("link") == "https://aminata24.example/"
    (item,) = channel.findall("item")
    assert item.findtext("title") == "Cacao & riz"
    assert item.findtext("link") == "https://aminata24.example/afrique/cacao/"
    assert item.findtext("description") == "Le chapô."
    assert item.findtext(f"{DUBLIN_CORE}creator") == "Awa Bamba, Éric Koffi"
    assert item.findtext("category") == "Afrique"
    assert item.findtext("guid") == "https://aminata24.example/afrique/cacao/"
    enclosure = item.find("enclosure")
    assert enclosure.get("type") == "image/jpeg"
    assert enclosure.get("url").startswith("https://aminata24.example/media/")


def test_a_section_has_a_feed_with_what_lies_below_it(section, home_page, client):
    ArticleFactory(parent=SectionFactory(parent=section, title="Sahel"), title="Au Sahel")
    ArticleFactory(parent=SectionFactory(parent=home_page, title="Sport"), title="Au stade")
    channel = read(client, "/afrique/flux/")
    assert titles(channel) == ["Au Sahel"]
    assert channel.findtext("title") == "Afrique – Aminata24"
    assert channel.findtext("link") == "https://aminata24.example/afrique/"


def test_an_author_has_a_feed(section, client):
    ArticleFactory(parent=section, title="Signé", authors=[AuthorFactory(name="Awa Bamba", slug="awa-bamba")])
    ArticleFactory(parent=section, title="D’une autre")
    assert titles(read(client, "/auteurs/awa-bamba/flux/")) == ["Signé"]
    assert client.get("/auteurs/personne/flux/").status_code == 404


def test_drafts_and_private_articles_are_in_no_feed(section, home_page, client):
    hidden = SectionFactory(parent=home_page, title="Interne", slug="interne")
    ArticleFactory(parent=section, live=False)
    ArticleFactory(parent=hidden)
    PageViewRestriction.objects.create(page=hidden, restriction_type="password", password="x")
    assert titles(read(client, "/flux/")) == []
    assert b"<rss" not in client.get("/interne/flux/").content


def test_a_private_section_has_no_feed_even_for_those_who_may_see_it(section, client, sign_in):
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    sign_in()
    response = client.get("/afrique/flux/")
    assert response.status_code == 404


def test_a_feed_is_newest_first_and_not_endless(section, client):
    now = timezone.now()
    for number in range(ITEMS + 2):
        ArticleFactory(parent=section, title=f"Numéro {number}", published_at=now - timedelta(minutes=number))
    assert titles(read(client, "/flux/")) == [f"Numéro {number}" for number in range(ITEMS)]


def test_any_cache_may_keep_a_feed_and_ask_whether_it_changed(section, client):
    ArticleFactory(parent=section)
    first = client.get("/flux/")
    assert first["Cache-Control"].startswith("public")
    assert first["Content-Type"].startswith("application/rss+xml")
    assert first["Last-Modified"]
    assert client.get("/flux/", headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_no_address_comes_from_the_host_header(section, client):
    ArticleFactory(parent=section)
    assert b"evil.example" not in client.get("/flux/", headers={"Host": "evil.example"}).content


def test_a_pasted_control_character_breaks_no_feed(section, client):
    article = ArticleFactory(parent=section)
    ArticlePage.objects.filter(pk=article.pk).update(title="Le\x0b riz", standfirst="Un mot\x1f.")
    channel = read(client, "/flux/")
    assert titles(channel) == ["Le riz"]


def test_a_section_names_its_own_feed(section, client):
    html = client.get("/afrique/").content.decode()
    assert '<link rel="alternate" type="application/rss+xml" title="Afrique" href="/afrique/flux/">' in html
