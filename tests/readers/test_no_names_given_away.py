"""Nobody learns from us who has an account, nor by what address."""

from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from aminata24.comments.models import Comment
from aminata24.readers.models import User
from home.models import HomePage
from tests.conftest import PASSWORD
from tests.newsroom import make_newsroom

pytestmark = pytest.mark.django_db


def test_no_page_shows_the_address_of_an_account_or_of_a_commenter(client: Client, home_page: HomePage) -> None:
    newsroom = make_newsroom(home_page, articles=6)
    author = newsroom.author
    author.user = User.objects.create_user("plume@aminata24.example", PASSWORD, first_name="Aya")
    author.save()
    Comment.objects.update(email="lectrice@example.net")
    for name, path in newsroom.urls.items():
        page = client.get(path).content
        assert b"plume@" not in page, name
        assert b"lectrice@" not in page, name


@pytest.mark.parametrize("who", ["stranger", "reader"])
@pytest.mark.parametrize(
    "path",
    [
        *("/admin/api/main/pages/", "/admin/api/main/images/", "/admin/api/main/documents/", "/admin/users/"),
        *("/admin/reports/journal/", "/admin/reports/site-history/", "/admin/styleguide/", "/admin/groups/"),
    ],
)
def test_the_admin_and_its_api_are_closed(client: Client, home_page: HomePage, who: str, path: str) -> None:
    User.objects.create_superuser("root@example.com", PASSWORD)
    if who == "reader":
        client.force_login(User.objects.create_user("reader@example.com", PASSWORD))
    response = client.get(path)
    assert response.status_code in (302, 403, 404)
    assert b"root@example.com" not in response.content


@pytest.mark.parametrize("path", ["/api/", "/api/v2/pages/", "/api/v3/pages/", "/wp-json/wp/v2/users/", "/?author=1"])
def test_there_is_no_public_api_of_accounts(client: Client, home_page: HomePage, path: str) -> None:
    response = client.get(path)
    assert response.status_code == (200 if path.startswith("/?") else 404)


def test_a_log_in_takes_as_long_for_an_unknown_address_as_for_a_known_one(home_page: HomePage) -> None:
    User.objects.create_user("reader@example.com", PASSWORD)
    hashed = []
    for address in ("reader@example.com", "nobody@example.com"):
        with patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode) as encode:
            Client().post("/compte/connexion/", {"login": address, "password": "wrong-wrong-1"})
        hashed.append(encode.call_count)
    assert hashed[0] == hashed[1] >= 1


def test_a_reader_page_of_the_account_is_asked_for_by_no_name(client: Client, home_page: HomePage) -> None:
    user = User.objects.create_user("reader@example.com", PASSWORD)
    for path in (f"/compte/{user.pk}/", "/compte/reader/", "/auteurs/reader/", f"/auteurs/{user.pk}/"):
        assert client.get(path).status_code == 404
