"""What somebody with an account changes: password, address, name, devices."""

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client

from aminata24.readers.models import User
from tests.conftest import PASSWORD
from tests.readers.conftest import ADDRESS, confirm_identity, is_signed_in, link_in_mail, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_page")]

NEW_PASSWORD = "lagune-aby-2027"
NEW_ADDRESS = "awa@elsewhere.example"


def test_a_lost_password_is_replaced_by_a_mails_link_which_leads_back_to_where_one_was(
    client: Client, reader: User
) -> None:
    thief = Client()
    sign_in(thief)
    response = client.post("/compte/mot-de-passe/oublie/", {"email": " AWA@example.com", "next": "/afrique/"})
    assert response.url == "/compte/mot-de-passe/oublie/envoye/?next=%2Fafrique%2F"
    assert client.get(response.url).status_code == 200

    form = client.get(link_in_mail()).url
    assert form.endswith("-set-password/?next=%2Fafrique%2F")
    assert 'name="next" value="/afrique/"' in client.get(form).content.decode()
    assert client.post(form, {"password1": "short", "next": "/afrique/"}).status_code == 200
    assert client.post(form, {"password1": NEW_PASSWORD, "next": "/afrique/"}).url == "/afrique/"

    assert is_signed_in(client)
    assert not is_signed_in(thief)
    assert "a été choisi" in mail.outbox[-1].body
    sign_in(thief)
    assert not is_signed_in(thief)


def test_the_link_to_a_new_password_counts_once_and_for_nobody_else(client: Client, reader: User) -> None:
    client.post("/compte/mot-de-passe/oublie/", {"email": ADDRESS})
    link = link_in_mail()
    client.post(client.get(link).url, {"password1": NEW_PASSWORD})
    for path in (link, link.replace("nouveau/", "nouveau/z"), "/compte/mot-de-passe/nouveau/1-set-password/"):
        assert "n’est plus valable" in Client().get(path).content.decode(), path


def test_who_asks_for_a_new_password_does_not_learn_whether_there_is_an_account(reader: User) -> None:
    known, unknown = (
        Client().post("/compte/mot-de-passe/oublie/", {"email": email}) for email in (ADDRESS, "nobody@example.com")
    )
    assert (known.status_code, known.url, known.content) == (unknown.status_code, unknown.url, unknown.content)
    assert [message.to for message in mail.outbox] == [[ADDRESS], ["nobody@example.com"]]
    assert "/compte/inscription/" in mail.outbox[1].body


def test_a_mails_links_lead_to_our_site_whatever_the_host_header_says(client: Client, reader: User) -> None:
    client.post("/compte/mot-de-passe/oublie/", {"email": ADDRESS}, headers={"host": "evil.example"})
    client.post("/compte/mot-de-passe/oublie/", {"email": "nobody@example.com"}, headers={"host": "evil.example"})
    for message in mail.outbox:
        assert "evil.example" not in message.body + message.alternatives[0].content
        assert "http://127.0.0.1:8000/compte/" in message.body


def test_a_changed_password_signs_out_every_other_device(client: Client, reader: User) -> None:
    other = Client()
    sign_in(other)
    sign_in(client)
    assert "Ce n’est pas votre mot de passe actuel." in change_password(client, old="wrong").content.decode()
    assert change_password(client).url == "/compte/"
    assert "Votre nouveau mot de passe est en place." in client.get("/compte/").content.decode()
    assert is_signed_in(client)
    assert not is_signed_in(other)
    assert "a été changé" in mail.outbox[-1].body


def change_password(client: Client, old: str = PASSWORD) -> object:
    """Send the form that changes the password."""
    return client.post("/compte/mot-de-passe/", {"oldpassword": old, "password1": NEW_PASSWORD})


def test_the_address_changes_once_the_new_one_is_confirmed_and_the_old_one_is_told(
    client: Client, reader: User
) -> None:
    sign_in(client)
    assert client.post("/compte/adresse/", {"email": NEW_ADDRESS, "action_add": ""}).url.startswith(
        "/compte/confirmer/"
    )
    confirm_identity(client)
    assert (
        client.post("/compte/adresse/", {"email": "AWA@elsewhere.example", "action_add": ""}).url == "/compte/adresse/"
    )
    assert mail.outbox[-1].to == [NEW_ADDRESS]
    assert NEW_ADDRESS in client.get("/compte/adresse/").content.decode()
    reader.refresh_from_db()
    assert reader.email == ADDRESS

    client.post(link_in_mail())
    reader.refresh_from_db()
    assert reader.email == NEW_ADDRESS
    assert EmailAddress.objects.get(user=reader).email == NEW_ADDRESS
    assert mail.outbox[-1].to == [ADDRESS]
    sign_in(other := Client(), NEW_ADDRESS)
    assert is_signed_in(other)


def test_a_change_of_address_is_given_up(client: Client, reader: User) -> None:
    sign_in(client)
    confirm_identity(client)
    client.post("/compte/adresse/", {"email": NEW_ADDRESS, "action_add": ""})
    link = link_in_mail()
    client.post("/compte/adresse/", {"email": NEW_ADDRESS, "action_remove": ""})
    assert EmailAddress.objects.get(user=reader).email == ADDRESS
    client.post(link)
    assert EmailAddress.objects.get(user=reader).email == ADDRESS


def test_somebody_elses_address_is_not_taken_over(client: Client, reader: User) -> None:
    other = User.objects.create_user("koffi@example.com", PASSWORD)
    sign_in(client)
    confirm_identity(client)
    response = client.post("/compte/adresse/", {"email": "koffi@example.com", "action_add": ""})
    assert response.url == "/compte/adresse/"
    page = client.get(link_in_mail()).content.decode()
    assert "appartient désormais à un autre compte" in page
    client.post(link_in_mail())
    reader.refresh_from_db()
    assert reader.email == ADDRESS
    assert EmailAddress.objects.get(user=other).verified


@pytest.mark.parametrize("email", ["", "awa", "a" * 250 + "@example.com", ADDRESS])
def test_a_wrong_new_address_gets_a_message(client: Client, reader: User, email: str) -> None:
    sign_in(client)
    confirm_identity(client)
    response = client.post("/compte/adresse/", {"email": email, "action_add": ""})
    assert response.status_code == 200
    assert 'id="id_email-error"' in response.content.decode()


def test_the_name_is_changed_and_a_wrong_one_stays_in_the_field(client: Client, reader: User) -> None:
    sign_in(client)
    wrong = client.post("/compte/nom/", {"name": "www.spam.example"})
    assert wrong.status_code == 422
    assert 'value="www.spam.example"' in wrong.content.decode()
    assert client.post("/compte/nom/", {"name": "Awa Koné"}).url == "/compte/"
    assert client.get("/moi/").json()["reader"] == {"name": "Awa Koné"}


def test_one_sees_the_devices_and_signs_all_others_out(client: Client, reader: User) -> None:
    android = "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36"
    other = Client(headers={"user-agent": android})
    sign_in(other)
    sign_in(client)
    page = client.get("/compte/appareils/").content.decode()
    assert "Chrome, Android" in page
    assert "127.0.0.1" in page
    assert client.post("/compte/appareils/").url == "/compte/appareils/"
    assert is_signed_in(client)
    assert not is_signed_in(other)
    assert UserSession.objects.count() == 1


def test_sessions_cost_nothing_on_the_pages_that_follow(client: Client, reader: User) -> None:
    sign_in(client)
    seen = UserSession.objects.get().last_seen_at
    client.get("/compte/")
    client.get("/moi/")
    assert UserSession.objects.get().last_seen_at == seen


@pytest.mark.parametrize("page", ["nom", "adresse", "mot-de-passe", "securite", "appareils", "supprimer"])
def test_what_is_the_readers_own_asks_strangers_to_sign_in(client: Client, page: str) -> None:
    path = f"/compte/{page}/"
    assert client.get(path).url == f"/compte/connexion/?next={path}"
    assert client.post(path).url == f"/compte/connexion/?next={path}"
