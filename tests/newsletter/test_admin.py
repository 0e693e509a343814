"""The addresses in the admin."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from aminata24.newsletter.models import Subscriber
from aminata24.readers.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_page")]

LIST = "/admin/newsletter/subscriber/"


@pytest.fixture
def addresses() -> tuple[Subscriber, Subscriber]:
    """One that was confirmed, one that was not."""
    return (
        Subscriber.objects.create(email="awa@example.com", confirmed_at=timezone.now()),
        Subscriber.objects.create(email="koffi@example.com"),
    )


def test_the_chief_searches_and_filters_the_list(
    client: Client, sign_in: Callable[..., User], addresses: object
) -> None:
    sign_in("Editors-in-chief")

    for query, awa, koffi in (
        ("", True, True),
        ("?q=awa", True, False),
        ("?confirmed=no", False, True),
        ("?confirmed=yes", True, False),
    ):
        page = client.get(LIST + query).content.decode()
        assert ("awa@example.com" in page, "koffi@example.com" in page) == (awa, koffi), query


def test_the_chief_exports_the_list_with_the_links_to_leave(
    client: Client, sign_in: Callable[..., User], addresses: tuple[Subscriber, ...]
) -> None:
    sign_in("Editors-in-chief")

    response = client.get(LIST + "?export=csv&confirmed=yes")

    table = b"".join(response.streaming_content).decode()
    assert addresses[0].unsubscribe_link in table
    assert "koffi" not in table


def test_the_chief_deletes_but_neither_adds_nor_changes(
    client: Client, sign_in: Callable[..., User], addresses: tuple[Subscriber, ...]
) -> None:
    sign_in("Editors-in-chief")
    key = addresses[0].pk

    assert client.get(f"{LIST}create/").status_code in (302, 403)
    assert client.get(f"{LIST}edit/{key}/").status_code in (302, 403)
    assert client.get(f"{LIST}delete/{key}/").status_code == 200
    client.post(f"{LIST}delete/{key}/")
    assert not Subscriber.objects.filter(pk=key).exists()


@pytest.mark.parametrize("group", ["Reporters", "Editors", "Moderators", "Sales"])
def test_nobody_else_sees_the_addresses(
    client: Client, sign_in: Callable[..., User], addresses: object, group: str
) -> None:
    sign_in(group)

    assert "awa@example.com" not in client.get(LIST, follow=True).content.decode()
