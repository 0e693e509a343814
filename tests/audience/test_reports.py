"""The report of what was read most."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from aminata24.audience import reads
from tests.factories import ArticleFactory, AuthorFactory, SectionFactory

pytestmark = pytest.mark.django_db

REPORT = "/admin/reports/most-read/"


@pytest.fixture
def stories(home_page, section):
    """Three of the last days and one of last month, read so and so often."""
    aya, koffi = AuthorFactory(name="Aya"), AuthorFactory(name="Koffi")
    other = SectionFactory(parent=home_page, title="Société")
    stories = [
        ArticleFactory(parent=section, title="Le bac", authors=[aya]),
        ArticleFactory(parent=section, title="Le port", authors=[koffi, aya]),
        ArticleFactory(parent=other, title="La pluie", authors=[koffi]),
    ]
    now = timezone.now()
    days = {0: (3, 5, 4), 30: (1000, 0, 0)}
    reads.save(
        {
            (story.pk, now - timedelta(days=ago)): count
            for ago, counts in days.items()
            for story, count in zip(stories, counts, strict=True)
            if count
        }
    )
    return stories


def titles(client, **query):
    response = client.get(REPORT, query)
    assert response.status_code == 200
    return [(article.title, article.reads) for article in response.context["object_list"]]


def test_it_shows_the_last_seven_days_by_reads(client, sign_in, stories):
    sign_in("Editors")
    assert titles(client) == [("Le port", 5), ("La pluie", 4), ("Le bac", 3)]
    html = client.get(REPORT).content.decode()
    assert "Koffi, Aya" in html
    assert f"/admin/pages/{stories[0].pk}/edit/" in html


def test_it_is_narrowed_to_days_a_section_and_an_author(client, sign_in, stories):
    sign_in("Editors")
    month_ago = str(timezone.localdate() - timedelta(days=31))
    assert titles(client, day_from=month_ago)[0] == ("Le bac", 1003)
    assert titles(client, day_to=month_ago) == []
    assert titles(client, section=stories[0].section_id) == [("Le port", 5), ("Le bac", 3)]
    assert titles(client, author=stories[0].authors[0].pk) == [("Le port", 5), ("Le bac", 3)]
    assert titles(client, ordering="reads")[0] == ("Le bac", 3)
    assert titles(client, day_from="hier", section="x")


def test_what_readers_may_not_see_is_not_in_it(client, sign_in, stories):
    sign_in("Editors")
    stories[1].unpublish()
    assert titles(client) == [("La pluie", 4), ("Le bac", 3)]


def test_its_cost_does_not_grow_with_its_length(client, sign_in, stories, section, django_assert_max_num_queries):
    sign_in("Editors")
    client.get(REPORT)
    more = [ArticleFactory(parent=section, authors=[AuthorFactory()]) for _ in range(12)]
    reads.save({(story.pk, timezone.now()): 2 for story in more})
    with django_assert_max_num_queries(20):
        assert len(titles(client)) == 15


def test_it_is_exported_as_csv_and_xlsx(client, sign_in, stories):
    sign_in("Editors")
    text = b"".join(client.get(REPORT, {"export": "csv"}).streaming_content).decode()
    heading, first, *_rest = text.splitlines()
    assert heading == "Titre,Adresse,Rubrique,Auteurs,Publié,Lectures"
    assert first.startswith(f'Le port,{stories[1].path_on_site},Afrique,"Koffi, Aya",')
    assert first.endswith(",5")
    book = load_workbook(BytesIO(b"".join(client.get(REPORT, {"export": "xlsx"}).streaming_content)))
    assert [row[0].value for row in book.active.rows] == ["Titre", "Le port", "La pluie", "Le bac"]


def test_only_those_who_publish_find_it_in_their_menu(client, home_page, sign_in):
    for role, sees in (("Editors", True), ("Editors-in-chief", True), ("Reporters", False), ("Sales", False)):
        sign_in(role)
        assert (REPORT in client.get("/admin/").content.decode()) is sees, role
