"""Who may do what in the page editor, and the way of an article from a reporter to the readers."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Workflow
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from aminata24.readers.models import User
from news.models import ArticlePage, SectionPage
from tests.factories import ArticleFactory, AuthorFactory

pytestmark = pytest.mark.django_db

ROLES = ["Reporters", "Editors", "Editors-in-chief", "Moderators", "Sales"]
CHIEF = {"Editors-in-chief"}
EDITORS = {"Editors", "Editors-in-chief"}
WRITERS = {"Reporters", *EDITORS}
SALES = {"Sales", *CHIEF}
MODERATORS = {"Moderators", *CHIEF}

# Each screen, and the roles that may open it.
SCREENS = {
    "/admin/": set(ROLES),
    "/admin/account/": set(ROLES),
    "/admin/snippets/news/breakingnews/": EDITORS,
    "/admin/snippets/news/breakingnews/add/": EDITORS,
    "/admin/alerte/": EDITORS,
    "/admin/snippets/news/author/add/": EDITORS,
    "/admin/snippets/news/topic/add/": EDITORS,
    "/admin/snippets/ads/campaign/": SALES,
    "/admin/snippets/ads/campaign/add/": SALES,
    "/admin/snippets/ads/placement/add/": SALES,
    "/admin/images/add/": {*WRITERS, *SALES},
    "/admin/documents/add/": WRITERS,
    "/admin/settings/theme/brandsettings/": CHIEF,
    "/admin/settings/theme/menusettings/": CHIEF,
    "/admin/settings/theme/consentsettings/": CHIEF,
    "/admin/users/": CHIEF,
    "/admin/users/new/": CHIEF,
    "/admin/groups/": set(),
    "/admin/sites/": set(),
    "/admin/workflows/list/": CHIEF,
    "/admin/redirects/": CHIEF,
    "/admin/searchpicks/": EDITORS,
    "/admin/reports/search-terms/": EDITORS,
    "/admin/reports/most-read/": EDITORS,
    "/admin/reports/ads/": SALES,
    "/admin/reports/output/": EDITORS,
    "/admin/reports/incomplete/": EDITORS,
    "/admin/reports/in-review/": EDITORS,
    "/admin/reports/corrections/": EDITORS,
    "/admin/reports/broken-links/": EDITORS,
    "/admin/une/": EDITORS,
    "/admin/une/articles/": EDITORS,
    "/admin/collections/": CHIEF,
    "/admin/newsletter/subscriber/": CHIEF,
    "/admin/comments/comment/": MODERATORS,
    "/admin/comments/comment/create/": set(),
    "/admin/comments/ban/": MODERATORS,
    "/admin/comments/ban/create/": MODERATORS,
    "/admin/settings/comments/commentsettings/": MODERATORS,
}


def article_form(**changes: Any) -> dict[str, Any]:
    """What the page editor sends for a short article."""
    return nested_form_data(
        {
            "title": "Le bac reprend son service",
            "slug": "le-bac-reprend-son-service",
            "standfirst": "Après six mois d’arrêt.",
            "format": "news",
            "body": streamfield([("paragraph", rich_text("<p>Les premiers passagers ont traversé.</p>"))]),
            "bylines": inline_formset([]),
            "related_stories": inline_formset([]),
            "corrections": inline_formset([]),
            "comments": inline_formset([]),
            **changes,
        }
    )


def write(client: Client, section: SectionPage, **changes: Any) -> Any:
    """Send the form of a new article."""
    return client.post(
        reverse("wagtailadmin_pages:add", args=["news", "articlepage", section.pk]), article_form(**changes)
    )


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_opens_for_the_roles_it_is_meant_for(
    client: Client, home_page: Page, sign_in: Callable[..., User], screen: str
) -> None:
    opened = set()
    for role in ROLES:
        sign_in(role)
        response = client.get(screen)
        # Some screens have a first one below them; Wagtail sends those home who may not.
        if response.status_code == 302 and response["Location"].startswith(screen):
            response = client.get(response["Location"])
        if response.status_code == 200:
            opened.add(role)

    assert opened == SCREENS[screen]


@pytest.mark.parametrize("role", ROLES)
def test_only_editors_publish(client: Client, section: SectionPage, sign_in: Callable[..., User], role: str) -> None:
    sign_in(role)

    write(client, section, **{"action-publish": "1"})

    article = ArticlePage.objects.first()
    assert (article is not None) == (role in WRITERS)
    assert (article is not None and article.live) == (role in EDITORS)


@pytest.mark.parametrize(("role", "may"), [("Reporters", False), ("Editors", True), ("Editors-in-chief", True)])
def test_reporters_change_their_own_articles_only(
    client: Client, section: SectionPage, sign_in: Callable[..., User], role: str, may: bool
) -> None:
    user = sign_in(role)
    own = ArticleFactory(parent=section, owner=user, live=False)
    another = ArticleFactory(parent=section)

    assert client.get(reverse("wagtailadmin_pages:edit", args=[own.pk])).status_code == 200
    assert (client.get(reverse("wagtailadmin_pages:edit", args=[another.pk])).status_code == 200) is may
    assert (client.get(reverse("wagtailadmin_pages:unpublish", args=[another.pk])).status_code == 200) is may


def test_a_reporter_signs_with_any_author_and_a_new_article_with_the_own_name(
    client: Client, section: SectionPage, sign_in: Callable[..., User]
) -> None:
    author = AuthorFactory(user=sign_in("Reporters"))

    form = client.get(reverse("wagtailadmin_pages:add", args=["news", "articlepage", section.pk]))
    assert form.context["form"].formsets["bylines"].forms[0]["author"].value() == author.pk
    assert client.get("/admin/snippets/choose/news/author/").status_code == 200

    write(client, section, bylines=inline_formset([{"author": AuthorFactory().pk}, {"author": author.pk}]))
    assert len(ArticlePage.objects.get().authors) == 2


def test_an_article_goes_from_a_reporter_through_relecture_to_the_readers(
    client: Client, section: SectionPage, sign_in: Callable[..., User]
) -> None:
    reporter = sign_in("Reporters")
    write(client, section, **{"action-submit": "1"})
    article = ArticlePage.objects.get()
    state = article.current_workflow_state
    assert (article.live, article.owner) == (False, reporter)
    assert state.workflow.name == "Relecture"
    # What waits for an editor is no longer the reporter's to publish.
    client.post(_action(article, "approve"))
    article.refresh_from_db()
    assert not article.live

    editor = sign_in("Editors")
    assert article.title in client.get("/admin/").content.decode()
    client.post(_action(article, "reject"), {"comment": "Qui le dit ?"})
    article.refresh_from_db()
    assert article.current_workflow_state.status == "needs_changes"

    client.force_login(reporter)
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    client.post(edit, article_form(standfirst="Après six mois d’arrêt, dit la compagnie.", **{"action-submit": "1"}))

    client.force_login(editor)
    client.post(_action(article, "approve"))
    article.refresh_from_db()
    assert article.live
    assert article.published_at is not None
    assert article.standfirst.endswith("dit la compagnie.")
    assert client.get("/afrique/le-bac-reprend-son-service/").status_code == 200


def _action(article: ArticlePage, name: str) -> str:
    """The URL of a step of the workflow."""
    state = article.current_workflow_state.current_task_state
    return reverse("wagtailadmin_pages:workflow_action", args=[article.pk, name, state.pk])


def test_editors_learn_of_a_submission_by_mail(
    client: Client, section: SectionPage, sign_in: Callable[..., User]
) -> None:
    editor = sign_in("Editors")
    sign_in("Reporters")

    write(client, section, **{"action-submit": "1"})

    assert [editor.email] in [message.to for message in mail.outbox]


def test_the_roles_can_be_undone_and_made_again() -> None:
    roles = import_module("aminata24.readers.migrations.0002_roles_and_workflow")
    moderators = import_module("aminata24.comments.migrations.0003_moderators")

    def state() -> tuple[Any, ...]:
        return (
            {
                (group.name, permission.codename)
                for group in Group.objects.all()
                for permission in [
                    *group.permissions.all(),
                    *(grant.permission for grant in group.page_permissions.all()),
                    *(grant.permission for grant in group.collection_permissions.all()),
                ]
            },
            {(workflow.name, *(task.name for task in workflow.tasks)) for workflow in Workflow.objects.all()},
        )

    ours = state()
    moderators.revoke(apps, None)
    roles.undo_roles(apps, None)
    assert set(Group.objects.values_list("name", flat=True)) == {"Editors", "Moderators"}
    assert state()[1] == {("Moderators approval", "Moderators approval")}

    roles.make_roles(apps, None)
    moderators.grant(apps, None)
    assert state() == ours
