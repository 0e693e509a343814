"""Sitemaps and robots.txt."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from news.models import ArticlePage
from news.sitemaps import ArticlesPart
from tests.factories import ArticleFactory, AuthorFactory, InformationPageFactory, SectionFactory, TopicFactory

pytestmark = pytest.mark.django_db

SITE = "https://aminata24.example"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


@pytest.fixture(autouse=True)
def _address(settings):
    settings.SITE_URL = SITE


def read(client, url):
    response = client.get(url, headers={"Host": "evil.example"})
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/xml")
    assert response["Cache-Control"].startswith("public")
    return ElementTree.fromstring(response.content)


def addresses(client, url):
    return [loc.text.removeprefix(SITE) for loc in read(client, url).iter(f"{MAP}loc")]


def test_the_index_names_every_part_and_each_part_can_be_read(section, client):
    ArticleFactory(parent=section, authors=[AuthorFactory()], topics=[TopicFactory()])
    parts = addresses(client, "/sitemap.xml")
    assert parts == ["/sitemap-pages.xml", "/sitemap-articles.xml", "/sitemap-auteurs.xml", "/sitemap-sujets.xml"]
    for part in parts:
        assert addresses(client, part)


def test_everything_readers_may_see_is_in_it_with_its_last_change(section, home_page, client):
    InformationPageFactory(parent=home_page, slug="a-propos")
    author, topic = AuthorFactory(slug="awa"), TopicFactory(slug="riz")
    updated = timezone.now()
    ArticleFactory(parent=section, slug="le-bac", authors=[author], topics=[topic], updated_at=updated)
    assert addresses(client, "/sitemap-pages.xml") == ["/", "/afrique/", "/a-propos/"]
    assert addresses(client, "/sitemap-articles.xml") == ["/afrique/le-bac/"]
    assert addresses(client, "/sitemap-auteurs.xml") == ["/auteurs/awa/"]
    assert addresses(client, "/sitemap-sujets.xml") == ["/sujets/riz/"]
    changed = read(client, "/sitemap-articles.xml").find(f".//{MAP}lastmod").text
    assert changed == updated.date().isoformat()


def test_drafts_private_pages_and_what_is_empty_are_not(section, home_page, client):
    hidden = SectionFactory(parent=home_page, slug="interne")
    ArticleFactory(parent=hidden, authors=[AuthorFactory()], topics=[TopicFactory()])
    PageViewRestriction.objects.create(page=hidden, restriction_type="password", password="x")
    ArticleFactory(parent=section, live=False)
    assert addresses(client, "/sitemap-pages.xml") == ["/", "/afrique/"]
    for part in ("articles", "auteurs", "sujets"):
        assert addresses(client, f"/sitemap-{part}.xml") == []


def test_articles_are_paged_the_oldest_first(section, client, monkeypatch):
    monkeypatch.setattr(ArticlesPart, "limit", 2)
    now = timezone.now()
    for age in range(3):
        ArticleFactory(parent=section, slug=f"age-{age}", published_at=now - timedelta(days=age))
    assert "/sitemap-articles.xml?p=2" in addresses(client, "/sitemap.xml")
    assert addresses(client, "/sitemap-articles.xml") == ["/afrique/age-2/", "/afrique/age-1/"]
    assert addresses(client, "/sitemap-articles.xml?p=2") == ["/afrique/age-0/"]
    for page in ("3", "0", "x", "9" * 30):
        assert client.get(f"/sitemap-articles.xml?p={page}").status_code == 404
    assert client.get("/sitemap-rien.xml").status_code == 404


def test_more_articles_take_no_more_queries(section, client, settings):
    settings.SURROUNDINGS_CACHE_SECONDS = 60
    ArticleFactory(parent=section)
    client.get("/robots.txt")

    def count(url):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    urls = ("/sitemap.xml", "/sitemap-articles.xml", "/sitemap-actualites.xml")
    few = [count(url) for url in urls]
    for _ in range(5):
        ArticleFactory(parent=section)
    assert [count(url) for url in urls] == few
    assert max(few) <= 8


def test_the_news_sitemap_has_the_last_two_days(section, client):
    ArticleFactory(parent=section, title="Neuf & <vif>", slug="neuf", published_at=timezone.now() - timedelta(hours=47))
    ArticleFactory(parent=section, title="Vieux", published_at=timezone.now() - timedelta(hours=49))
    (url,) = read(client, "/sitemap-actualites.xml").findall(f"{MAP}url")
    assert url.findtext(f"{MAP}loc") == f"{SITE}/afrique/neuf/"
    assert url.findtext(f".//{NEWS}title") == "Neuf & <vif>"
    assert url.findtext(f".//{NEWS}name") == "Aminata24"
    assert url.findtext(f".//{NEWS}language") == "fr"
    published = ArticlePage.objects.get(slug="neuf").published_at
    assert url.findtext(f".//{NEWS}publication_date") == published.isoformat(timespec="seconds")


def test_robots_may_read_the_news_and_find_the_sitemaps(home_page, client):
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    for path in ("/admin/", "/recherche/", "/moi/", "/compte/"):
        assert f"Disallow: {path}" in lines
    assert f"Sitemap: {SITE}/sitemap.xml" in lines
    assert f"Sitemap: {SITE}/sitemap-actualites.xml" in lines
    assert "Disallow: /" not in lines
