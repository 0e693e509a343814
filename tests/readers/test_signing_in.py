"""In and out by the one door, for readers and staff."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from wagtail.models import PageViewRestriction

from aminata24.readers.middleware import HINT_COOKIE
from aminata24.readers.models import User
from news.models import SectionPage
from tests.conftest import PASSWORD
from tests.factories import ArticleFactory
from tests.readers.conftest import ADDRESS, is_signed_in, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_page")]

ELSEWHERE = ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "https:evil.example"]


@pytest.mark.parametrize("email", [ADDRESS, "AWA@example.com", " Awa@Example.COM "])
def test_one_signs_in_with_the_address_in_any_case(client: Client, reader: User, email: str) -> None:
    assert sign_in(client, email).url == "/compte/"
    assert client.get("/moi/").json()["reader"] == {"name": "Awa"}
    assert client.cookies[HINT_COOKIE].value == "1"


def test_the_page_greets_with_welcome_back(client: Client) -> None:
    page = client.get("/compte/connexion/").content.decode()
    assert "<h1>Bon retour !</h1>" in page
    assert "noindex" in page


@pytest.mark.parametrize(("email", "password"), [(ADDRESS, "wrong-password"), ("nobody@example.com", PASSWORD)])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer_which_keeps_the_address(
    client: Client, reader: User, email: str, password: str
) -> None:
    page = sign_in(client, email, password).content.decode()
    assert f'value="{email}"' in page
    assert "L’adresse ou le mot de passe est incorrect." in page
    assert not is_signed_in(client)
    assert not mail.outbox


@pytest.mark.parametrize("typed", ["", "awa", "a" * 400 + "@e.com", "<script>@e.com", "awa\x00@e.com"])
def test_bad_input_is_answered_with_the_form(client: Client, typed: str) -> None:
    response = sign_in(client, typed)
    assert response.status_code == 200
    assert 'aria-invalid="true"' in response.content.decode()
    assert "<script>@" not in response.content.decode()


def test_somebody_signed_out_comes_back_to_where_they_were(client: Client, reader: User) -> None:
    page = client.get("/compte/connexion/?next=/afrique/").content.decode()
    assert 'name="next" value="/afrique/"' in page
    for door in ("inscription", "mot-de-passe/oublie", "connexion/code"):
        assert f'href="/compte/{door}/?next=%2Fafrique%2F"' in page, door
    assert sign_in(client, next="/afrique/").url == "/afrique/"


@pytest.mark.parametrize("target", ELSEWHERE)
def test_no_link_leads_through_the_log_in_to_another_site(client: Client, reader: User, target: str) -> None:
    assert sign_in(client, next=target).url == "/compte/"
    assert client.get("/compte/connexion/", {"next": target}).url == "/compte/"
    assert Client().get("/compte/", {"next": target}).url == "/compte/connexion/?next=%2Fcompte%2F"
    assert client.post("/compte/deconnexion/", {"next": target}).url == "/"


def test_the_account_asks_strangers_to_sign_in_and_knows_the_page_they_were_on(client: Client) -> None:
    assert client.get("/compte/").url == "/compte/connexion/?next=%2Fcompte%2F"
    assert client.get("/compte/?next=/afrique/").url == "/compte/connexion/?next=%2Fafrique%2F"
    on_a_page = {"referer": "http://testserver/recherche/?q=a"}
    assert client.get("/compte/", headers=on_a_page).url == "/compte/connexion/?next=%2Frecherche%2F%3Fq%3Da"
    for page in ("http://testserver/compte/connexion/", "https://evil.example/", "http://[evil"):
        assert client.get("/compte/", headers={"referer": page}).url == "/compte/connexion/?next=%2Fcompte%2F"


def test_the_overview_shows_the_account_and_is_never_cached(client: Client, reader: User) -> None:
    client.force_login(reader)
    response = client.get("/compte/")
    assert ADDRESS in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert "/admin/" not in response.content.decode()


def test_a_session_that_somebody_planted_does_not_become_the_readers(client: Client, reader: User) -> None:
    client.get("/compte/connexion/?next=/afrique/")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    sign_in(client)
    assert client.cookies["sessionid"].value != planted
    attacker = Client()
    attacker.cookies["sessionid"] = planted
    assert not is_signed_in(attacker)


def test_signing_out_needs_a_button_and_takes_the_hint_along(client: Client, reader: User) -> None:
    sign_in(client)
    assert client.get("/compte/deconnexion/").status_code == 200
    assert is_signed_in(client)
    response = client.post("/compte/deconnexion/", {"next": "/afrique/"})
    assert response.url == "/afrique/"
    assert response.cookies[HINT_COOKIE]["max-age"] == 0
    assert not is_signed_in(client)


def test_a_form_of_another_site_signs_nobody_in_and_says_what_to_do(reader: User) -> None:
    response = sign_in(Client(enforce_csrf_checks=True))
    assert response.status_code == 403
    page = response.content.decode()
    assert "Ce formulaire a trop attendu" in page
    assert "data-form-page" in page


def test_one_signs_in_behind_a_socket_that_tells_no_address(reader: User) -> None:
    client = Client(REMOTE_ADDR="")
    sign_in(client)
    assert is_signed_in(client)


def test_a_closed_account_is_told_so(client: Client, reader: User) -> None:
    reader.is_active = False
    reader.save()
    response = sign_in(client)
    assert response.url == "/compte/ferme/"
    assert client.get(response.url).status_code == 200
    assert not is_signed_in(client)


def test_one_signs_in_with_a_code_that_comes_by_mail_and_counts_once(client: Client, reader: User) -> None:
    response = client.post("/compte/connexion/code/", {"email": ADDRESS, "next": "/afrique/"})
    assert response.url == "/compte/connexion/code/saisir/?next=%2Fafrique%2F"
    code = re.search(r"^\d{4}-\d{4}$", mail.outbox[0].body, re.MULTILINE)[0]
    page = client.post(response.url, {"code": "0000-0001", "next": "/afrique/"}).content.decode()
    assert "Ce code est incorrect" in page
    assert client.post("/compte/connexion/code/saisir/", {"code": code, "next": "/afrique/"}).url == "/afrique/"
    assert is_signed_in(client)
    other = Client()
    assert other.post("/compte/connexion/code/saisir/", {"code": code}).url == "/compte/connexion/code/"


def test_a_code_is_void_after_three_wrong_ones(client: Client, reader: User) -> None:
    client.post("/compte/connexion/code/", {"email": ADDRESS})
    code = re.search(r"^\d{4}-\d{4}$", mail.outbox[0].body, re.MULTILINE)[0]
    for _attempt in range(3):
        response = client.post("/compte/connexion/code/saisir/", {"code": "0000-0001"})
    assert response.url == "/compte/connexion/code/"
    client.post("/compte/connexion/code/saisir/", {"code": code})
    assert not is_signed_in(client)


def test_who_asks_for_a_code_does_not_learn_whether_there_is_an_account(reader: User) -> None:
    known, unknown = (
        Client().post("/compte/connexion/code/", {"email": email}) for email in (ADDRESS, "nobody@example.com")
    )
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [message.to for message in mail.outbox] == [[ADDRESS], ["nobody@example.com"]]


@pytest.mark.parametrize("door", ["/admin/login/", "/_util/login/"])
def test_wagtails_own_doors_lead_to_ours(client: Client, door: str) -> None:
    assert client.get(f"{door}?next=/admin/pages/").url == "/compte/connexion/?next=%2Fadmin%2Fpages%2F"
    assert client.get(door).url == "/compte/connexion/"


@pytest.mark.parametrize("path", ["", "done/", "confirm/MQ/set-password/", "complete/"])
def test_wagtails_password_reset_leads_to_ours(client: Client, path: str) -> None:
    assert client.get(f"/admin/password_reset/{path}").url == "/compte/mot-de-passe/oublie/"


def test_staff_sign_in_by_the_same_door_and_sign_out_by_either(client: Client) -> None:
    user = User.objects.create_user("aya@example.com", PASSWORD)
    user.groups.add(Group.objects.get(name="Reporters"))
    assert client.get("/admin/").url == "/compte/connexion/?next=/admin/"
    assert sign_in(client, user.email, next="/admin/").url == "/admin/"
    assert client.get("/admin/").status_code == 200
    assert "/admin/" in client.get("/compte/").content.decode()
    client.post("/admin/logout/")
    assert not is_signed_in(client)


def test_a_reader_at_the_admins_door_is_led_to_the_account_and_not_round_in_circles(
    client: Client, reader: User
) -> None:
    client.force_login(reader)
    assert client.get("/admin/").url == "/compte/"
    assert "Votre compte n’ouvre pas" in client.get("/compte/").content.decode()


def test_a_page_for_readers_who_signed_in_leads_to_the_log_in_and_back(
    client: Client, reader: User, section: SectionPage
) -> None:
    article = ArticleFactory(parent=section, slug="reserve")
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    door = client.get("/afrique/reserve/").url
    assert client.get(door).url == "/compte/connexion/?next=%2Fafrique%2Freserve%2F"
    sign_in(client)
    assert client.get("/afrique/reserve/").status_code == 200


def test_a_page_for_others_says_so_and_leads_nobody_round_in_circles(
    client: Client, reader: User, section: SectionPage
) -> None:
    article = ArticleFactory(parent=section, slug="reserve")
    restriction = PageViewRestriction.objects.create(page=article, restriction_type="groups")
    restriction.groups.add(Group.objects.get(name="Reporters"))
    sign_in(client)
    response = client.get(client.get("/afrique/reserve/").url)
    assert response.status_code == 403
    assert "réservée à d’autres" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_the_staffs_screen_of_settings_leads_to_the_account(client: Client, sign_in: Callable[..., User]) -> None:
    sign_in("Reporters")
    page = client.get("/admin/account/").content.decode()
    assert 'href="/compte/"' in page
    assert 'name="name_email-email"' not in page
    assert "password" not in page
