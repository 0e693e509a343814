"""What search engines and social networks read of a page."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone
from wagtail.models import Site

from aminata24.theme.models import BrandSettings
from news.structured_data import as_json_ld
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    ImageFactory,
    InformationPageFactory,
    SectionFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

SITE = "https://aminata24.example"


@pytest.fixture(autouse=True)
def _address(settings):
    settings.SITE_URL = SITE


def head(client, url):
    return client.get(url, headers={"Host": "evil.example"}).content.decode().split("</head>")[0]


def meta(html, name):
    found = re.search(rf'<meta (?:name|property)="{name}" content="([^"]*)">', html)
    return found and unescape(found[1])


def link(html, rel):
    found = re.search(rf'<link rel="{rel}" href="([^"]*)">', html)
    return found and unescape(found[1])


def json_ld(html):
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    return {data["@type"]: data for data in map(json.loads, scripts)}


@pytest.fixture
def article(section):
    image = ImageFactory(description="Un étal de tissus", file__width=1280, file__height=720)
    image.make_shape("wide")
    return ArticleFactory(
        parent=section,
        title="Le riz « monte »",
        slug="le-riz",
        standfirst="Dix pour cent & plus.",
        lead_image=image,
        authors=[AuthorFactory(name="Awa Bamba", slug="awa-bamba")],
        updated_at=timezone.now(),
    )


def test_an_article_tells_social_networks_what_it_is(article, client):
    html = head(client, "/afrique/le-riz/")
    assert link(html, "canonical") == meta(html, "og:url") == f"{SITE}/afrique/le-riz/"
    assert meta(html, "og:type") == "article"
    assert meta(html, "og:title") == meta(html, "twitter:title") == "Le riz « monte »"
    assert meta(html, "description") == meta(html, "og:description") == "Dix pour cent & plus."
    assert meta(html, "og:image").startswith(f"{SITE}/media/")
    assert meta(html, "og:image").endswith(".jpg")
    assert (meta(html, "og:image:width"), meta(html, "og:image:height")) == ("1200", "675")
    assert meta(html, "og:image:alt") == "Un étal de tissus"
    assert meta(html, "twitter:card") == "summary_large_image"
    assert meta(html, "article:published_time") == article.published_at.isoformat(timespec="seconds")
    assert meta(html, "article:modified_time") == article.updated_at.isoformat(timespec="seconds")
    assert meta(html, "article:section") == "Afrique"
    assert meta(html, "article:author") == f"{SITE}/auteurs/awa-bamba/"
    assert "evil.example" not in html


def test_an_article_is_a_news_article_to_search_engines(article, client):
    data = json_ld(head(client, "/afrique/le-riz/"))["NewsArticle"]
    assert data["headline"] == "Le riz « monte »"
    assert data["mainEntityOfPage"] == f"{SITE}/afrique/le-riz/"
    assert data["datePublished"] == article.published_at.isoformat(timespec="seconds")
    assert data["dateModified"] == article.updated_at.isoformat(timespec="seconds")
    assert data["author"] == [{"@type": "Person", "name": "Awa Bamba", "url": f"{SITE}/auteurs/awa-bamba/"}]
    assert data["publisher"]["name"] == "Aminata24"
    assert data["image"][0]["width"] == 1200
    assert data["articleSection"] == "Afrique"


def test_the_way_to_an_article_names_every_section(section, client):
    sahel = SectionFactory(parent=section, title="Sahel", slug="sahel")
    ArticleFactory(parent=sahel, title="Le puits", slug="le-puits")

    def way(url):
        steps = json_ld(head(client, url))["BreadcrumbList"]["itemListElement"]
        return [(step["position"], step["name"], step["item"].removeprefix(SITE)) for step in steps]

    above = [(1, "Aminata24", "/"), (2, "Afrique", "/afrique/"), (3, "Sahel", "/afrique/sahel/")]
    assert way("/afrique/sahel/le-puits/") == [*above, (4, "Le puits", "/afrique/sahel/le-puits/")]
    assert way("/afrique/sahel/") == above
    assert way("/afrique/") == above[:2]


def test_what_an_editor_writes_can_not_end_the_script():
    text = "</script><script>alert(1)</script> & \u2028"
    written = as_json_ld({"headline": text})
    assert "<" not in written
    assert ">" not in written
    assert "&" not in written
    assert "\u2028" not in written
    assert json.loads(written) == {"headline": text}


def test_a_headline_with_markup_stays_text(section, client):
    title = '</script><script>alert("1")</script>'
    ArticleFactory(parent=section, title=title, slug="balise")
    html = client.get("/afrique/balise/").content.decode()
    assert "<script>alert" not in html
    assert json_ld(html)["NewsArticle"]["headline"] == title


def test_search_fields_of_a_page_win(section, client):
    ArticleFactory(parent=section, slug="a", seo_title="Pour les moteurs", search_description="En bref.")
    html = head(client, "/afrique/a/")
    assert meta(html, "og:title") == "Pour les moteurs"
    assert meta(html, "description") == "En bref."


def test_an_article_without_picture_or_author_falls_back_on_the_brand(section, client):
    BrandSettings.objects.create(site=Site.objects.get(), logo=ImageFactory())
    ArticleFactory(parent=section, slug="sans", standfirst="")
    html = head(client, "/afrique/sans/")
    assert meta(html, "og:image").startswith(f"{SITE}/media/")
    data = json_ld(html)["NewsArticle"]
    assert data["author"]["name"] == "Aminata24"
    assert "image" not in data
    assert data["publisher"]["logo"]["url"].startswith(f"{SITE}/media/")


def test_every_kind_of_page_has_title_description_and_canonical(section, home_page, client):
    author = AuthorFactory(name="Awa Bamba", slug="awa", biography="<p>Née à <b>Man</b>.</p>")
    ArticleFactory(parent=section, authors=[author], topics=[TopicFactory(name="Riz", slug="riz")])
    InformationPageFactory(parent=home_page, title="À propos", slug="a-propos", introduction="Qui nous sommes.")
    expected = {
        "/": "Aminata24",
        "/afrique/": "Afrique",
        "/auteurs/awa/": "Awa Bamba",
        "/sujets/riz/": "Riz",
        "/a-propos/": "À propos",
        "/en-continu/": None,
    }
    for url, title in expected.items():
        html = head(client, url)
        assert link(html, "canonical") == SITE + url, url
        assert meta(html, "description"), url
        assert meta(html, "og:type") == "website", url
        assert meta(html, "og:title") == title or (title is None and meta(html, "og:title")), url
    assert meta(head(client, "/auteurs/awa/"), "description") == "Née à Man."
    assert meta(head(client, "/a-propos/"), "description") == "Qui nous sommes."


def test_pages_of_a_list_know_their_neighbours(section, client):
    now = timezone.now()
    for number in range(41):
        ArticleFactory(parent=section, published_at=now - timedelta(minutes=number))
    for base in ("/afrique/", "/en-continu/"):
        first, second, third = (head(client, f"{base}?page={number}") for number in (1, 2, 3))
        assert (link(first, "prev"), link(first, "next")) == (None, f"{base}?page=2")
        assert (link(second, "prev"), link(second, "next")) == (base, f"{base}?page=3")
        assert (link(third, "prev"), link(third, "next")) == (f"{base}?page=2", None)
        assert link(first, "canonical") == SITE + base
        assert link(second, "canonical") == f"{SITE}{base}?page=2"


def test_a_page_that_is_not_there_is_kept_out_of_search_engines(section, client):
    html = head(client, "/afrique/rien-de-tel/")
    assert meta(html, "robots") == "noindex"
    assert link(html, "canonical") is None


def test_the_title_of_the_front_page_ends_with_the_tagline_or_the_name(home_page, client):
    brand = BrandSettings.objects.create(site=Site.objects.get(), tagline="Le monde d’ici")
    assert "<title>Aminata24 – Le monde d’ici</title>" in head(client, "/")
    brand.tagline = ""
    brand.save()
    assert "<title>Aminata24</title>" in head(client, "/")


def test_a_logo_on_a_host_of_its_own_keeps_its_address(section, client, monkeypatch):
    logo = ImageFactory()
    BrandSettings.objects.create(site=Site.objects.get(), logo=logo)
    monkeypatch.setattr("news.metadata.default_storage.url", lambda path: f"https://files.example/{path}")
    ArticleFactory(parent=section, slug="sans")
    data = json_ld(head(client, "/afrique/sans/"))["NewsArticle"]
    assert data["publisher"]["logo"]["url"] == f"https://files.example/{logo.file.name}"
