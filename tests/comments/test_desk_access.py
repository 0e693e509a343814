"""Who may use the moderators' desk."""

from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.test import Client

from aminata24.comments import moderation
from aminata24.comments.models import Ban, Comment
from news.models import ArticlePage, SectionPage
from tests.comments.desk import BANS, DECIDE, QUEUE, SignIn, press, text_of, waiting
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

MODERATORS = {"Moderators", "Editors-in-chief"}
OTHERS = ["Reporters", "Editors", "Sales"]


@pytest.fixture
def article(section: SectionPage) -> ArticlePage:
    """An article to comment on."""
    return ArticleFactory(parent=section, title="Le bac reprend son service")


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_sees_or_does_anything(client: Client, sign_in: SignIn, article: ArticlePage, role: str) -> None:
    comment = waiting(article, name="Awa Koné")
    ban = Ban.objects.create(email="troll@example.com")
    sign_in(role)

    screens = [QUEUE, BANS, f"{BANS}create/", "/admin/settings/comments/commentsettings/"]
    screens += [f"{QUEUE}{action}/{comment.pk}/" for action in ("inspect", "history", "delete", "edit")]
    screens += [f"{BANS}{action}/{ban.pk}/" for action in ("edit", "delete", "history")]
    for screen in screens:
        page = client.get(screen, follow=True)
        assert page.request["PATH_INFO"] == "/admin/", screen
        for secret in ("Awa Koné", "troll@example.com", "commentaire en attente", "data-comments-waiting"):
            assert secret not in page.content.decode(), screen

    for action in ("approve", "reject", "spam", "requeue", "ban"):
        press(client, action, comment)
    client.post(f"{QUEUE}inspect/{comment.pk}/", {"text": "Nous vérifions.", "submission": str(uuid4())})
    client.post(f"{QUEUE}delete/{comment.pk}/")
    client.post(f"{BANS}delete/{ban.pk}/")
    client.post(f"{BANS}edit/{ban.pk}/", {"reason": "Rien"})
    client.post(f"{BANS}create/", {"email": "b@example.com", "reason": ""})
    assert [one.status for one in Comment.objects.all()] == ["pending"]
    assert [(one.email, one.reason) for one in Ban.objects.all()] == [("troll@example.com", "")]


def test_undoing_is_for_moderators_too(client: Client, sign_in: SignIn, article: ArticlePage) -> None:
    user = sign_in("Moderators")
    comment = waiting(article)
    decision = moderation.approve(Comment.objects.filter(pk=comment.pk), user)
    user.groups.clear()
    user.groups.add(Group.objects.get(name="Reporters"))
    client.post(DECIDE, {"undo": str(decision.key)})
    assert Comment.objects.published().exists()


@pytest.mark.parametrize("role", sorted(MODERATORS))
def test_moderators_see_on_the_home_page_and_in_the_menu_how_many_wait(
    client: Client, sign_in: SignIn, article: ArticlePage, role: str
) -> None:
    sign_in(role)
    assert "0 commentaire en attente" in text_of(client.get("/admin/"))
    waiting(article)
    waiting(article)
    home = client.get("/admin/")
    assert "2 commentaires en attente" in text_of(home)
    assert "Commentaires, 2 en attente" in home.content.decode()


def test_what_moderators_may_do_can_be_undone_and_made_again() -> None:
    migration = import_module("aminata24.comments.migrations.0003_moderators")

    def able() -> set[tuple[str, str]]:
        groups = Group.objects.filter(permissions__content_type__app_label="comments")
        return set(groups.values_list("name", "permissions__codename"))

    ours = able()
    assert {name for name, _ in ours} == MODERATORS
    migration.revoke(apps, None)
    assert able() == set()
    migration.grant(apps, None)
    assert able() == ours
