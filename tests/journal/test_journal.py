"""The journal: who published, deleted and changed permissions. It is only added to."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db.transaction import atomic
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import LogContext
from wagtail.models import GroupPagePermission, ModelLogEntry, PageLogEntry

from aminata24.readers.models import User
from news.models import SectionPage
from tests.conftest import PASSWORD
from tests.factories import ArticleFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_page")]

Entries = list[tuple[str, str, str]]


def entries(about: object) -> Entries:
    """[(who, action, changes)] of our own entries on a user or a group, oldest first."""
    return [
        (str(entry.user), entry.action.removeprefix("aminata24."), "; ".join(entry.data.get("changes", [])))
        for entry in ModelLogEntry.objects.for_instance(about).order_by("pk")
        if entry.action.startswith("aminata24.")
    ]


@pytest.fixture
def aya() -> User:
    """An editor whose account is worked on."""
    user = User.objects.create_user("aya@example.com", PASSWORD, first_name="Aya")
    user.groups.add(Group.objects.get(name="Editors"))
    ModelLogEntry.objects.all()._raw_delete("default")
    return user


def edit(client: Client, user: User, **changes: object) -> None:
    """Send the admin's form of a user."""
    form = {
        "email": user.email,
        "first_name": "Aya",
        "last_name": "Kouamé",
        "password1": "",
        "password2": "",
        "is_active": "on",
        "groups": [group.pk for group in user.groups.all()],
        **changes,
    }
    response = client.post(reverse("wagtailusers_users:edit", args=[user.pk]), form)
    assert response.status_code == 302, response.context["form"].errors


def test_roles_rights_address_and_state_of_an_account_are_noted_with_who_changed_them(
    client: Client, sign_in: Callable[..., User], aya: User
) -> None:
    chief = sign_in()
    edit(client, aya, groups=[Group.objects.get(name="Moderators").pk])
    edit(client, aya, is_superuser="on", groups=[])
    edit(client, aya, email="aya@elsewhere.example", is_active="", groups=[])

    assert entries(aya) == [
        (str(chief), "roles", "− Editors"),
        (str(chief), "roles", "+ Moderators"),
        (str(chief), "account", "administrator: yes"),
        (str(chief), "roles", "− Moderators"),
        (str(chief), "account", "active: no; administrator: no; address: aya@example.com → aya@elsewhere.example"),
    ]


def test_a_password_is_noted_only_where_somebody_else_sets_it(
    client: Client, sign_in: Callable[..., User], aya: User
) -> None:
    aya.set_password("lagune-ebrie-2027")
    aya.save()
    assert entries(aya) == []

    chief = sign_in()
    edit(client, aya, password1="lagune-ebrie-2028", password2="lagune-ebrie-2028")

    assert entries(aya) == [(str(chief), "password", "")]
    assert "2028" not in str(list(ModelLogEntry.objects.values()))


def test_many_users_at_once_are_noted_one_by_one(client: Client, sign_in: Callable[..., User], aya: User) -> None:
    sign_in()
    client.post(
        f"/admin/bulk/readers/user/set_active_state/?next=/admin/users/&id={aya.pk}", {"mark_as_active": "False"}
    )
    client.post(
        f"/admin/bulk/readers/user/assign_role/?next=/admin/users/&id={aya.pk}",
        {"role": Group.objects.get(name="Moderators").pk},
    )
    changes = [change for _who, _action, change in entries(aya)]
    assert "+ Moderators" in changes


def test_what_a_group_may_do_is_noted(section: SectionPage, aya: User) -> None:
    group = Group.objects.get(name="Reporters")
    permission = Permission.objects.get(codename="change_user")
    with LogContext(user=aya):
        group.permissions.add(permission)
        group.permissions.remove(permission)
        right = GroupPagePermission.objects.create(
            group=group, page=section, permission=Permission.objects.get(codename="publish_page")
        )
        right.delete()
        group.user_set.add(aya)

    assert entries(group) == [
        ("Aya", "permissions", "+ readers.change_user"),
        ("Aya", "permissions", "− readers.change_user"),
        ("Aya", "permissions", "+ publish_page (Afrique)"),
        ("Aya", "permissions", "− publish_page (Afrique)"),
    ]
    assert entries(aya) == [("Aya", "roles", "+ Reporters")]


def test_a_second_factor_that_is_set_up_or_taken_away_is_noted_and_its_secret_is_not(aya: User) -> None:
    factor = Authenticator.objects.create(user=aya, type="totp", data={"secret": "JBSWY3DP"})
    factor.save()
    factor.delete()
    reader = User.objects.create_user("reader@example.com")
    Authenticator.objects.create(user=reader, type="totp", data={"secret": "x"})

    assert entries(aya) == [("None", "second_factor", "+ totp"), ("None", "second_factor", "− totp")]
    assert entries(reader) == []
    assert "JBSWY3DP" not in str(list(ModelLogEntry.objects.values()))


def test_what_readers_do_with_their_own_accounts_is_not_noted() -> None:
    reader = User.objects.create_user("reader@example.com", PASSWORD)
    reader.email, reader.is_active = "other@example.com", False
    reader.set_password("lagune-ebrie-2027")
    reader.save()
    assert entries(reader) == []


def test_the_report_shows_who_published_deleted_and_changed_permissions(
    client: Client, sign_in: Callable[..., User], section: SectionPage, aya: User
) -> None:
    sign_in()
    article = ArticleFactory(parent=section, title="Le bac")
    article.save_revision(log_action=True, user=aya).publish(user=aya)
    client.post(reverse("wagtailadmin_pages:delete", args=[article.pk]))
    edit(client, aya, groups=[])

    page = client.get(reverse("journal"))

    assert page.status_code == 200
    shown = page.content.decode()
    assert "Le bac" in shown
    actions = {entry.action for entry in page.context["object_list"]}
    assert {"wagtail.publish", "wagtail.delete", "aminata24.roles", "wagtail.edit"} <= actions
    assert "Rôles modifiés − Editors" in shown
    assert "wagtail.edit" not in {
        entry.action for entry in page.context["object_list"] if isinstance(entry, PageLogEntry)
    }
    assert client.get(reverse("journal_results")).status_code == 200
    assert client.get(reverse("journal") + "?export=csv").status_code == 200


def test_the_report_is_for_those_who_manage_users(client: Client, sign_in: Callable[..., User]) -> None:
    sign_in("Editors")
    assert client.get(reverse("journal")).status_code == 302
    assert reverse("journal") not in client.get("/admin/").content.decode()
    sign_in("Editors-in-chief")
    assert client.get(reverse("journal")).status_code == 200
    assert reverse("journal") in client.get("/admin/").content.decode()


def test_an_entry_stays_when_who_made_it_and_what_it_is_about_are_gone(
    client: Client, sign_in: Callable[..., User], section: SectionPage, aya: User
) -> None:
    article = ArticleFactory(parent=section, title="Le bac")
    article.save_revision(user=aya).publish(user=aya)
    article.delete()
    with LogContext(user=aya):
        Group.objects.get(name="Reporters").user_set.add(aya)
    aya.delete()
    sign_in()

    shown = client.get(reverse("journal")).content.decode()

    assert PageLogEntry.objects.filter(action="wagtail.publish", label="Le bac").exists()
    assert "Le bac" in shown
    assert "+ Reporters" in shown


def test_an_entry_is_neither_changed_nor_deleted(aya: User) -> None:
    with LogContext(user=aya):
        Group.objects.get(name="Reporters").user_set.add(aya)
    entry = ModelLogEntry.objects.for_instance(aya).get()
    entry.label = "somebody else"
    for change in (entry.save, entry.delete, ModelLogEntry.objects.all().delete):
        with pytest.raises(PermissionDenied), atomic():
            change()
    assert ModelLogEntry.objects.for_instance(aya).get().label == "Aya"
