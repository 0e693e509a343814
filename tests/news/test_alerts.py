"""« Alerte »: on the ticker within a click, and off again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from aminata24.readers.models import User
from news.models import BreakingNews, SectionPage
from tests.factories import ArticleFactory, BreakingNewsFactory

pytestmark = pytest.mark.django_db

ALERT = "/admin/alerte/"


def send(client: Client, **changes: Any) -> Any:
    """Send the form."""
    return client.post(ALERT, {"text": "Le bac est arrêté", "minutes": "60", "page": "", **changes}, follow=True)


def test_an_alert_is_on_every_page_at_once_and_on_top(
    client: Client, section: SectionPage, sign_in: Callable[..., User]
) -> None:
    BreakingNewsFactory(text="Le port rouvre", sort_order=1)
    article = ArticleFactory(parent=section, slug="le-bac")
    sign_in("Editors")
    assert send(client, page=article.pk).status_code == 200
    page = client.get("/afrique/").content.decode()
    assert page.index('<a href="/afrique/le-bac/">Le bac est arrêté</a>') < page.index("Le port rouvre")
    assert "Le bac est arrêté" in client.get("/en-continu/frais/").content.decode()


def test_an_alert_ends_by_itself(client: Client, section: SectionPage, sign_in: Callable[..., User]) -> None:
    sign_in("Editors")
    send(client, minutes="15")
    line = BreakingNews.objects.get()
    assert line.shown_until is not None
    assert abs(line.shown_until - timezone.now() - timedelta(minutes=15)) < timedelta(seconds=20)
    BreakingNews.objects.update(shown_until=timezone.now() - timedelta(seconds=1))
    assert "Le bac est arrêté" not in client.get("/afrique/").content.decode()


def test_an_alert_may_stay_until_it_is_taken_off(
    client: Client, section: SectionPage, sign_in: Callable[..., User]
) -> None:
    sign_in("Editors")
    send(client, minutes="0")
    line = BreakingNews.objects.running().get()
    assert line.shown_until is None
    client.post(f"/admin/alerte/{line.pk}/retirer/")
    assert not BreakingNews.objects.running().exists()
    assert "Le bac est arrêté" not in client.get("/afrique/").content.decode()


def test_the_history_tells_who_raised_an_alert_and_who_took_it_off(
    client: Client, section: SectionPage, sign_in: Callable[..., User]
) -> None:
    editor = sign_in("Editors")
    send(client)
    line = BreakingNews.objects.get()
    chief = sign_in("Editors-in-chief")
    client.post(f"/admin/alerte/{line.pk}/retirer/")
    history = client.get(f"/admin/snippets/news/breakingnews/history/{line.pk}/").content.decode()
    assert editor.email in history
    assert chief.email in history


def test_a_second_click_adds_no_second_line(client: Client, section: SectionPage, sign_in: Callable[..., User]) -> None:
    sign_in("Editors")
    send(client)
    again = send(client)
    assert again.status_code == 422
    assert "Le bac est arrêté" in again.content.decode()
    assert BreakingNews.objects.count() == 1


@pytest.mark.parametrize("changes", [{"text": ""}, {"text": "x" * 141}, {"minutes": "7"}, {"page": "999999"}])
def test_a_form_that_cannot_be_keeps_what_was_typed(
    client: Client, section: SectionPage, sign_in: Callable[..., User], changes: dict[str, str]
) -> None:
    sign_in("Editors")
    answer = send(client, **changes)
    assert answer.status_code == 422
    assert not BreakingNews.objects.exists()
    assert changes.get("text", "Le bac est arrêté") in answer.content.decode()


def test_the_form_is_filled_in_for_an_article(
    client: Client, section: SectionPage, sign_in: Callable[..., User]
) -> None:
    article = ArticleFactory(parent=section, title="Le bac est arrêté", short_headline="Bac arrêté")
    sign_in("Editors")
    form = client.get(f"{ALERT}?page={article.pk}").context["form"]
    assert (form["text"].value(), form["page"].value()) == ("Bac arrêté", article.pk)
    editor = client.get(f"/admin/pages/{article.pk}/edit/").content.decode()
    assert f"{ALERT}?page={article.pk}" in editor


@pytest.mark.parametrize("page", ["", "x", "999999", "1" * 40, "²"])
def test_an_article_that_is_none_leaves_the_form_empty(
    client: Client, section: SectionPage, sign_in: Callable[..., User], page: str
) -> None:
    sign_in("Editors")
    assert client.get(f"{ALERT}?page={page}").context["form"].initial == {}


def test_a_draft_raises_no_alert(client: Client, section: SectionPage, sign_in: Callable[..., User]) -> None:
    draft = ArticleFactory(parent=section, live=False)
    sign_in("Editors")
    assert send(client, page=draft.pk).status_code == 422
    assert f"{ALERT}?page={draft.pk}" not in client.get(f"/admin/pages/{draft.pk}/edit/").content.decode()


@pytest.mark.parametrize("role", ["Reporters", "Moderators", "Sales"])
def test_only_editors_raise_alerts(
    client: Client, section: SectionPage, sign_in: Callable[..., User], role: str
) -> None:
    line = BreakingNewsFactory()
    sign_in(role)
    send(client)
    client.post(f"/admin/alerte/{line.pk}/retirer/")
    assert BreakingNews.objects.running().get() == line
    assert ALERT not in client.get("/admin/").content.decode()


def test_the_home_page_raises_an_alert_and_comes_back(
    client: Client, section: SectionPage, sign_in: Callable[..., User]
) -> None:
    sign_in("Editors")
    assert f'action="{ALERT}"' in client.get("/admin/").content.decode()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    token = strict.get("/admin/").context["csrf_token"]
    home = send(strict, next="/admin/", csrfmiddlewaretoken=token)
    assert home.request["PATH_INFO"] == "/admin/"
    assert "Le bac est arrêté" in home.content.decode()


def test_an_alert_leads_to_no_other_site(client: Client, section: SectionPage, sign_in: Callable[..., User]) -> None:
    sign_in("Editors")
    assert send(client, next="https://example.org/").request["PATH_INFO"] == ALERT
