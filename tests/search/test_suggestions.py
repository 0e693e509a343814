"""Suggestions while one types."""

import pytest

from search.suggestions import MOST_SUGGESTIONS
from tests.factories import ArticleFactory, AuthorFactory, SectionFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def suggest(client):
    def suggest(query):
        found = client.get("/recherche/suggestions/", {"q": query}).json()["suggestions"]
        return [(each["kind"], each["label"], each["url"]) for each in found]

    return suggest


def test_every_kind_is_suggested_whatever_its_accents(home_page, suggest):
    section = SectionFactory(parent=home_page, title="Économie", slug="economie")
    author, topic = AuthorFactory(name="Éco Kouassi", slug="eco"), TopicFactory(name="Écoles", slug="ecoles")
    ArticleFactory(parent=section, title="L’écologie d’abord", slug="ecologie", authors=[author], topics=[topic])
    assert suggest("eco") == [
        ("section", "Économie", "/economie/"),
        ("topic", "Écoles", "/sujets/ecoles/"),
        ("author", "Éco Kouassi", "/auteurs/eco/"),
        ("article", "L’écologie d’abord", "/economie/ecologie/"),
    ]


def test_there_are_at_most_eight(section, suggest):
    for number in range(12):
        ArticleFactory(parent=section, title=f"Le marché {number}", authors=[AuthorFactory(name="Marché Koné")])
    assert len(suggest("marche")) == MOST_SUGGESTIONS


def test_what_leads_nowhere_is_not_suggested(home_page, suggest):
    AuthorFactory(name="Vide Konan")
    TopicFactory(name="Vide")
    assert suggest("vide") == []


def test_nothing_typed_suggests_nothing(section, suggest):
    ArticleFactory(parent=section)
    assert suggest("") == suggest("'") == []
