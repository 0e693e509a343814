"""Accounts in the admin: users known by their e-mail address."""

from collections.abc import Callable
from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from aminata24.readers.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_page")]

PASSWORD = "lagune-ebrie-2026"
ADD = "/admin/users/new/"


def typed(**changes: object) -> dict[str, object]:
    """What the form of a new user is sent."""
    return {
        "email": "Aya.Kouame@Example.com",
        "first_name": "Aya",
        "last_name": "Kouamé",
        "password1": PASSWORD,
        "password2": PASSWORD,
        **changes,
    }


def test_the_chief_makes_a_user_who_can_sign_in(client: Client, sign_in: Callable[..., User]) -> None:
    sign_in("Editors-in-chief")
    assert client.get("/admin/users/").status_code == 200
    assert client.get(ADD).status_code == 200

    response = client.post(ADD, typed(groups=[Group.objects.get(name="Reporters").pk]))

    assert response.status_code == 302, response.context["form"].errors
    user = User.objects.get(email="aya.kouame@example.com")
    assert user.groups.get().name == "Reporters"
    newcomer = Client()
    newcomer.post("/compte/connexion/", {"login": user.email, "password": PASSWORD})
    assert newcomer.get("/admin/").status_code == 200


def test_an_address_that_the_chief_changes_is_the_one_to_sign_in_with(
    client: Client, sign_in: Callable[..., User]
) -> None:
    user = User.objects.create_user("aya@example.com", PASSWORD)
    sign_in("Editors-in-chief")

    url = reverse("wagtailusers_users:edit", args=[user.pk])
    response = client.post(url, typed(email="Aya@Elsewhere.example", password1="", password2="", is_active="on"))

    assert response.status_code == 302, response.context["form"].errors
    assert EmailAddress.objects.get(user=user).email == "aya@elsewhere.example"
    newcomer = Client()
    newcomer.post("/compte/connexion/", {"login": "aya@elsewhere.example", "password": PASSWORD})
    assert newcomer.get("/moi/").json()["reader"]
    assert Client().post("/compte/connexion/", {"login": "aya@example.com", "password": PASSWORD}).status_code == 200


def test_the_first_administrator_signs_in_at_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", interactive=False, email="Root@example.com", verbosity=0)

    client.post("/compte/connexion/", {"login": "root@example.com", "password": PASSWORD})

    assert client.get("/admin/").status_code == 200


def test_accounts_from_before_there_was_mail_to_confirm_need_none() -> None:
    old, new = User(email="old@example.com"), User.objects.create_user("new@example.com")
    old.save()
    EmailAddress.objects.filter(user=new).update(verified=False)

    import_module("aminata24.readers.migrations.0003_addresses_of_staff").vouch(apps, None)

    assert EmailAddress.objects.get(user=old).verified
    assert not EmailAddress.objects.get(user=new).verified


def test_an_address_is_given_once_whatever_its_case(client: Client, sign_in: Callable[..., User]) -> None:
    User.objects.create_user("aya.kouame@example.com")
    sign_in("Editors-in-chief")

    response = client.post(ADD, typed())

    assert response.status_code == 200
    assert response.context["form"].errors["email"]
    assert response.context["form"]["last_name"].value() == "Kouamé"


def test_a_user_is_edited_without_a_new_password(client: Client, sign_in: Callable[..., User]) -> None:
    user = User.objects.create_user("aya@example.com", PASSWORD)
    sign_in("Editors-in-chief")
    url = reverse("wagtailusers_users:edit", args=[user.pk])
    assert client.get(url).status_code == 200

    response = client.post(url, typed(email="aya@example.com", password1="", password2="", is_active="on"))

    assert response.status_code == 302, response.context["form"].errors
    user.refresh_from_db()
    assert str(user) == "Aya Kouamé"
    assert user.check_password(PASSWORD)


def test_the_chief_makes_no_administrator_and_changes_none(client: Client, sign_in: Callable[..., User]) -> None:
    administrator = User.objects.create_superuser("root@example.com", PASSWORD)
    sign_in("Editors-in-chief")

    assert client.post(ADD, typed(is_superuser="on")).status_code == 302
    assert not User.objects.get(email="aya.kouame@example.com").is_superuser
    url = reverse("wagtailusers_users:edit", args=[administrator.pk])
    client.post(url, typed(email="root@example.com", password1="pirate-pirate-1", password2="pirate-pirate-1"))
    administrator.refresh_from_db()
    assert administrator.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("action", "form"),
    [("set_active_state", {"mark_as_active": "False"}), ("assign_role", {"role": "1"}), ("delete", {})],
)
def test_the_chief_changes_no_administrator_among_many(
    client: Client, sign_in: Callable[..., User], action: str, form: dict[str, str]
) -> None:
    administrator = User.objects.create_superuser("root@example.com", PASSWORD)
    user = User.objects.create_user("aya@example.com", PASSWORD)
    sign_in("Editors-in-chief")
    url = f"/admin/bulk/readers/user/{action}/?next=/admin/users/&id={administrator.pk}&id={user.pk}"

    client.post(url, form)

    administrator.refresh_from_db()
    assert administrator.is_active
    assert not administrator.groups.exists()


def test_the_chief_deactivates_others_at_once(client: Client, sign_in: Callable[..., User]) -> None:
    user = User.objects.create_user("aya@example.com", PASSWORD)
    sign_in("Editors-in-chief")

    client.post(
        f"/admin/bulk/readers/user/set_active_state/?next=/admin/users/&id={user.pk}", {"mark_as_active": "False"}
    )

    user.refresh_from_db()
    assert not user.is_active


def test_an_administrator_makes_another(client: Client, sign_in: Callable[..., User]) -> None:
    sign_in()

    assert client.post(ADD, typed(is_superuser="on")).status_code == 302
    assert User.objects.get(email="aya.kouame@example.com").is_superuser


def test_everyone_edits_their_own_account(client: Client, sign_in: Callable[..., User]) -> None:
    sign_in("Reporters")

    assert client.get(reverse("wagtailadmin_account")).status_code == 200
