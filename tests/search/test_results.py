"""The search page, as readers use it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests.factories import ArticleFactory, AuthorFactory, SectionFactory, TopicFactory

pytestmark = pytest.mark.django_db


def search(client, q="", **filters):
    response = client.get("/recherche/", {"q": q, **filters})
    assert response.status_code == 200
    return response.content.decode()


def headlines(client, q, **filters):
    return re.findall(r'class="card-text".*?<h2><a [^>]*>(.*?)</a>', search(client, q, **filters), re.DOTALL)


@pytest.mark.parametrize("q", ["cote d'ivoire", "COTE D’IVOIRE", "Côte d'Ivoire", "l’Ivoire cote"])
def test_accents_case_and_apostrophes_make_no_difference(section, client, q):
    ArticleFactory(parent=section, title="La Côte d’Ivoire récolte")
    ArticleFactory(parent=section, title="Le Ghana récolte")
    assert headlines(client, q) == ["La Côte d’Ivoire récolte"]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("headline", {"title": "Le néré refleurit"}),
        ("standfirst", {"standfirst": "On attendait le néré depuis mai."}),
        ("body", {"body": [("paragraph", "<p>Sous le <b>néré</b>, on parle.</p>")]}),
    ],
)
def test_a_word_is_found_in(section, client, field, text):
    ArticleFactory(parent=section, **text)
    ArticleFactory(parent=section)
    assert len(headlines(client, "nere")) == 1, field


def test_an_article_is_found_by_its_authors_and_topics_as_soon_as_it_is_published(section, client):
    author, topic = AuthorFactory(name="Bintou Coulibaly"), TopicFactory(name="Cabotage")
    boat = ArticleFactory(parent=section, title="Un bateau", authors=[author], topics=[topic])
    boat.save_revision().publish()
    ArticleFactory(parent=section, title="Un camion")
    assert headlines(client, "coulibaly") == headlines(client, "cabotage") == ["Un bateau"]


def test_an_article_is_found_by_the_new_name_of_its_author_or_topic(section, client):
    author, topic = AuthorFactory(name="Bintou Coulibaly"), TopicFactory(name="Cabotage")
    ArticleFactory(parent=section, title="Un bateau", authors=[author], topics=[topic])
    author.name, topic.name = "Bintou Diarra", "Navigation"
    author.save()
    topic.save()
    assert headlines(client, "diarra") == headlines(client, "navigation") == ["Un bateau"]
    assert headlines(client, "coulibaly") == headlines(client, "cabotage") == []


def test_what_keeps_its_name_is_not_indexed_again(section, monkeypatch):
    author = AuthorFactory()
    ArticleFactory(parent=section, authors=[author])
    monkeypatch.setattr("search.signals.index_articles", None)
    author.role = "Correspondante"
    author.save()


def test_all_words_must_be_there(section, client):
    ArticleFactory(parent=section, title="Le riz et le mil")
    ArticleFactory(parent=section, title="Le riz seul")
    assert headlines(client, "riz mil") == ["Le riz et le mil"]


def test_drafts_and_private_articles_are_not_found(section, home_page, client):
    hidden = SectionFactory(parent=home_page, title="Interne")
    ArticleFactory(parent=section, title="Fonio au brouillon", live=False)
    ArticleFactory(parent=hidden, title="Fonio en privé")
    PageViewRestriction.objects.create(page=hidden, restriction_type="password", password="x")
    assert headlines(client, "fonio") == []
    assert '<option value="interne">' not in search(client, "fonio")
    assert client.get("/recherche/suggestions/?q=fonio").json() == {"suggestions": []}


def test_a_section_has_what_lies_below_it_and_what_also_stands_in_it(section, home_page, client):
    sahel = SectionFactory(parent=section, title="Sahel", slug="sahel")
    other = SectionFactory(parent=home_page, title="Société", slug="societe")
    ArticleFactory(parent=sahel, title="Fonio du Sahel")
    ArticleFactory(parent=other, title="Fonio partout", further_sections=[section])
    ArticleFactory(parent=other, title="Fonio ailleurs")
    assert set(headlines(client, "fonio", section="afrique")) == {"Fonio du Sahel", "Fonio partout"}
    assert headlines(client, "fonio", section="afrique/sahel") == ["Fonio du Sahel"]
    assert "— Sahel</option>" in search(client, "fonio")


def test_an_author_and_a_period_narrow_it_down(section, client):
    author = AuthorFactory(name="Awa Bamba", slug="awa-bamba")
    ArticleFactory(parent=section, title="Mil d’Awa", authors=[author])
    ArticleFactory(parent=section, title="Vieux mil", published_at=timezone.now() - timedelta(days=40))
    assert headlines(client, "mil", author="awa-bamba") == ["Mil d’Awa"]
    assert headlines(client, "mil", period="week") == ["Mil d’Awa"]
    assert len(headlines(client, "mil", period="year")) == 2


def test_the_best_comes_first_or_the_newest(section, client):
    ArticleFactory(parent=section, title="Manioc", published_at=timezone.now() - timedelta(days=2))
    ArticleFactory(parent=section, title="La route", body=[("paragraph", "<p>On y vend aussi du manioc.</p>")])
    assert headlines(client, "manioc") == ["Manioc", "La route"]
    assert headlines(client, "manioc", order="date") == ["La route", "Manioc"]


def test_hits_are_marked_in_the_excerpt(section, client):
    ArticleFactory(parent=section, body=[("paragraph", "<p>À l’aube, l’ÉLÈVE et ses <i>élèves</i> & co.</p>")])
    assert "l’<mark>ÉLÈVE</mark> et ses <mark>élèves</mark> &amp; co." in search(client, "eleve")


def test_results_are_paged_and_counted_and_keep_their_filters(section, client):
    for number in range(13):
        ArticleFactory(parent=section, title=f"Sorgho {number}")
    first = search(client, "sorgho", order="date")
    assert "10 " in first.split('role="status">')[1].split("<")[0]
    assert 'href="?q=sorgho&amp;order=date&amp;page=2"' in first
    assert 'href="?q=sorgho&amp;page=1"' in search(client, "sorgho", page=2)
    assert len(headlines(client, "sorgho", page=2)) == 3
    assert "13 " in search(client, "sorgho", page=2).split('role="status">')[1].split("<")[0]
    assert client.get("/recherche/?q=sorgho&page=3").status_code == 404
    assert client.get("/recherche/?q=sorgho&page=-1").status_code == 404


def test_finding_nothing_helps_on(section, client):
    topic = TopicFactory(name="Transport fluvial", slug="transport-fluvial")
    ArticleFactory(parent=section, title="Le bac", topics=[topic], authors=[AuthorFactory(name="Bintou Coulibaly")])
    html = search(client, "Bintou Couliballi")
    assert "Bintou Couliballi" in html
    assert "/recherche/?q=Bintou%20Coulibaly" in html
    assert "/sujets/transport-fluvial/" in html
    assert "Le bac" in html


def test_the_empty_search_shows_topics_and_the_latest(section, client):
    ArticleFactory(parent=section, title="Le bac", topics=[TopicFactory(slug="transport-fluvial")])
    for query in ("", "   ", "\x00\x01"):
        html = search(client, query)
        assert "/sujets/transport-fluvial/" in html
        assert "Le bac" in html


def test_an_over_long_query_gets_a_message_and_is_kept(section, client):
    html = search(client, "mil " * 51 + "fin")
    assert "200" in html.split('role="alert">')[1].split("</p>")[0]
    assert "mil mil fin" in html


@pytest.mark.parametrize("name", ["section", "author", "period", "order"])
def test_an_unknown_filter_gets_a_message_and_the_query_is_kept(section, client, name):
    html = search(client, "manioc", **{name: "<nope>"})
    assert 'role="alert"' in html
    assert 'value="manioc"' in html
    assert "<nope>" not in html


def test_markup_in_a_query_is_shown_not_run(section, client):
    ArticleFactory(parent=section, title="Alert")
    for query in ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'):
        html = search(client, query)
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "&lt;script&gt;" in html or "&lt;img" in html


@pytest.mark.parametrize(
    "query",
    [
        "\x00mil\x1b", '"', "'", "\\", "mil*", "AND OR NOT NEAR(", "mil:* & !riz | (", "%s %d %", "title : mil", "^mil",
        "{body} : mil", "-- ;", "’’’", "²", "😀", "ﬁ İ ß", " ".join(map(str, range(70))), "a" * 200, "mil\ud800",
    ],
)  # fmt: skip
def test_nothing_a_reader_types_is_an_error(section, client, query):
    ArticleFactory(parent=section, title="Le mil")
    query = query.encode("utf-8", "surrogatepass")
    assert client.get("/recherche/", {"q": query}).status_code == 200
    assert client.get("/recherche/suggestions/", {"q": query}).status_code == 200


def test_search_results_are_for_no_index(section, client):
    assert '<meta name="robots" content="noindex, follow">' in search(client, "mil")
