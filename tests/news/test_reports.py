"""The desk's reports: they tell what is so, narrow it down, export it, and cost the same for many articles."""

import csv
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook  # type: ignore[import-untyped]
from wagtail.models import Page, PageLogEntry

from aminata24.readers.models import User
from aminata24.theme.models import MenuSettings
from news.models import ArticlePage, SectionPage
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    BreakingNewsFactory,
    ImageFactory,
    SectionFactory,
    TopicFactory,
)
from tests.news.test_roles import write

pytestmark = pytest.mark.django_db

SLUGS = ["output", "incomplete", "in-review", "corrections", "broken-links"]


@pytest.fixture(autouse=True)
def editor(home_page: Page, sign_in: Callable[..., User]) -> User:
    """An editor, signed in."""
    return sign_in("Editors")


def rows(client: Client, slug: str, **query: str) -> list[list[str]]:
    """A report's rows, without their heading, as its CSV has them; the page itself must open as well."""
    assert client.get(f"/admin/reports/{slug}/", query).status_code == 200
    response: Any = client.get(f"/admin/reports/{slug}/", {**query, "export": "csv"})
    text = b"".join(response.streaming_content).decode()
    return list(csv.reader(text.splitlines()))[1:]


def complete(section: SectionPage, **changes: Any) -> ArticlePage:
    """An article that misses nothing."""
    parts = {"lead_image": ImageFactory(), "topics": [TopicFactory()], "authors": [AuthorFactory()]}
    return ArticleFactory(parent=section, **{**parts, **changes})


@pytest.mark.parametrize("slug", SLUGS)
def test_each_report_opens_narrows_down_and_exports(client: Client, section: SectionPage, slug: str) -> None:
    ArticleFactory(parent=section)

    assert client.get(f"/admin/reports/{slug}/").status_code == 200
    assert client.get(f"/admin/reports/{slug}/results/", {"published_at_from": "hier"}).status_code == 200
    response: Any = client.get(f"/admin/reports/{slug}/", {"export": "xlsx"})
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    assert all(cell.value for cell in next(sheet.iter_rows()))


@pytest.mark.parametrize("slug", SLUGS)
def test_the_menu_leads_to_each_report(client: Client, slug: str) -> None:
    assert f"/admin/reports/{slug}/" in client.get("/admin/").content.decode()


def test_articles_are_counted_by_author_section_and_day(client: Client, home_page: Page, section: SectionPage) -> None:
    aya, koffi = AuthorFactory(name="Aya"), AuthorFactory(name="Koffi")
    below, society = SectionFactory(parent=section, title="Sahel"), SectionFactory(parent=home_page, title="Société")
    today = timezone.localtime().replace(hour=12)
    earlier = today - timedelta(days=3)
    ArticleFactory(parent=section, authors=[aya], published_at=earlier)
    ArticleFactory(parent=below, authors=[aya, koffi], published_at=earlier)
    ArticleFactory(parent=society, authors=[aya], published_at=timezone.now())
    ArticleFactory(parent=society, authors=[aya], live=False)

    def counted(**query: str) -> list[tuple[str, str]]:
        return [(name, count) for name, count, _newest in rows(client, "output", **query)]

    day, before = today.date().isoformat(), earlier.date().isoformat()
    assert counted() == [("Aya", "3"), ("Koffi", "1")]
    assert counted(by="section") == [("Afrique", "2"), ("Sahel", "1"), ("Société", "1")]
    assert counted(by="day") == [(day, "1"), (before, "2")]
    assert counted(published_at_from=day) == [("Aya", "1")]
    assert counted(by="section", published_at_to=before) == [("Afrique", "2"), ("Sahel", "1")]


def test_what_misses_a_picture_a_topic_or_an_author_is_listed(client: Client, section: SectionPage) -> None:
    complete(section)
    complete(section, title="Une tribune", lead_image=None, format="opinion")
    complete(section, title="Sans image", lead_image=None)
    complete(section, title="Sans sujet", topics=[])
    complete(section, title="Sans auteur", authors=[])
    complete(section, title="Image muette", lead_image=ImageFactory(description=""))
    complete(section, title="Un brouillon", topics=[], live=False)

    def titles(**query: str) -> list[str]:
        return sorted(row[0] for row in rows(client, "incomplete", **query))

    assert titles() == ["Image muette", "Sans auteur", "Sans image", "Sans sujet"]
    assert titles(missing="alternative") == ["Image muette"]
    assert titles(missing="picture") == ["Sans image"]
    assert titles(missing="topic") == ["Sans sujet"]
    assert titles(missing="author") == ["Sans auteur"]
    assert titles(section=str(SectionFactory(parent=section).pk)) == []


def test_what_waits_longest_for_an_editor_comes_first(
    client: Client, section: SectionPage, sign_in: Callable[..., User], editor: User
) -> None:
    reporter = sign_in("Reporters", first_name="Mariam", last_name="Cissé")
    for number in (1, 2):
        write(client, section, title=f"Récit {number}", slug=f"recit-{number}", **{"action-submit": "1"})
    second = ArticlePage.objects.get(slug="recit-2").current_workflow_state.current_task_state
    second.started_at = timezone.now() - timedelta(days=2)
    second.save()
    client.force_login(editor)

    found = rows(client, "in-review")

    assert [(row[0], row[3]) for row in found] == [("Récit 2", str(reporter)), ("Récit 1", str(reporter))]
    second.approve(user=editor)
    assert [row[0] for row in rows(client, "in-review")] == ["Récit 1"]


def test_a_correction_stands_in_the_report_and_once_in_the_history(client: Client, section: SectionPage) -> None:
    article = ArticleFactory(parent=section, title="Le bac")
    article.corrections.create(text="La première version disait « hier ».")
    for _ in range(2):
        article.save_revision().publish()
    draft = ArticleFactory(parent=section, live=False)
    draft.corrections.create(text="Personne ne l’a lu.")

    found = rows(client, "corrections")
    history = client.get(f"/admin/pages/{article.pk}/history/").content.decode()

    assert found == [["Le bac", "La première version disait « hier ».", timezone.localdate().isoformat(), "Afrique"]]
    assert PageLogEntry.objects.filter(page=article.pk, action="news.correct").count() == 1
    assert "La première version disait « hier »." in history
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert rows(client, "corrections", made_on_from=tomorrow) == []


def test_broken_links_are_named_with_their_place_and_where_to_mend_them(client: Client, section: SectionPage) -> None:
    gone = ArticleFactory(parent=section, title="Un brouillon", live=False)
    body = [("paragraph", f'<p>Voir <a linktype="page" id="{gone.pk}">le dossier</a>.</p>')]
    article = ArticleFactory(parent=section, title="Le bac", body=body)
    BreakingNewsFactory(text="Alerte", page=gone)
    menu = [
        ("link", {"page": gone, "url": "", "label": ""}),
        ("link", {"page": None, "url": "/rien/", "label": "Rien"}),
    ]
    MenuSettings.for_site(section.get_site()).delete()
    MenuSettings.objects.create(site=section.get_site(), header=menu)

    found = rows(client, "broken-links")

    assert sorted((source, target) for source, _place, target, _problem in found) == [
        ("Alerte", "Un brouillon"),
        ("Le bac", "Un brouillon"),
        ("Menus", "/rien/"),
        ("Menus", "Un brouillon"),
    ]
    page = client.get("/admin/reports/broken-links/").content.decode()
    assert f"/admin/pages/{article.pk}/edit/" in page


@pytest.mark.parametrize("slug", SLUGS)
def test_a_report_costs_the_same_for_many_articles(
    client: Client, section: SectionPage, sign_in: Callable[..., User], editor: User, slug: str
) -> None:
    missing = SectionFactory(parent=section, live=False)

    def add(count: int) -> None:
        for _ in range(count):
            body = [("paragraph", f'<p><a linktype="page" id="{missing.pk}">là-bas</a> <a href="/rien/">ici</a></p>')]
            article = ArticleFactory(parent=section, authors=[AuthorFactory()], body=body)
            article.corrections.create(text="Une date.")
            draft = ArticleFactory(parent=section, live=False)
            draft.get_workflow().start(draft, editor)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/admin/reports/{slug}/results/").status_code == 200
        return len(captured)

    add(2)
    client.get(f"/admin/reports/{slug}/results/")
    few = queries()
    add(6)
    assert queries() == few <= 40
