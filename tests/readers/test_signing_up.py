"""An account of one's own: sign up, follow the mail's link, be known."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from wagtail.models import Site

from aminata24.readers.models import User
from aminata24.theme.models import ConsentSettings
from home.models import HomePage
from tests.conftest import PASSWORD
from tests.factories import InformationPageFactory
from tests.readers.conftest import ADDRESS, is_signed_in, link_in_mail, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_page")]


def sign_up(client: Client, email: str = ADDRESS, name: str = "Awa", password: str = PASSWORD, **extra: str) -> object:
    """Send the sign-up form."""
    return client.post(
        "/compte/inscription/", {"name": name, "email": email, "password1": password, "website": "", **extra}
    )


def test_one_signs_up_follows_the_link_and_is_back_where_one_was(client: Client) -> None:
    response = sign_up(client, " Awa@Example.com", next="/afrique/")
    assert response.url == "/compte/adresse/confirmer/"
    assert "Regardez dans votre boîte" in client.get(response.url).content.decode()
    assert not is_signed_in(client)

    assert mail.outbox[0].to == [ADDRESS]
    link = link_in_mail()
    assert link.startswith("/compte/adresse/confirmer/")
    # A program that checks mail follows the link, too.
    assert ADDRESS in client.get(link).content.decode()
    assert not EmailAddress.objects.get().verified

    assert client.post(link).url == "/afrique/"
    assert EmailAddress.objects.get().verified
    assert client.get("/moi/").json()["reader"] == {"name": "Awa"}


def test_the_link_works_in_another_browser_which_then_signs_in(client: Client) -> None:
    sign_up(client)
    other = Client()
    response = other.post(link_in_mail())
    assert response.url == "/compte/connexion/"
    assert f"Votre adresse {ADDRESS} est confirmée." in other.get(response.url).content.decode()
    assert not is_signed_in(other)
    sign_in(other)
    assert is_signed_in(other)


def test_a_link_counts_once(client: Client) -> None:
    sign_up(client)
    client.post(link_in_mail())
    other = Client()
    page = other.get(link_in_mail()).content.decode()
    assert "n’est plus valable" in page
    assert other.post(link_in_mail()).status_code == 404


def test_nobody_signs_in_before_the_address_is_confirmed(client: Client) -> None:
    sign_up(client)
    other = Client()
    assert sign_in(other).url == "/compte/adresse/confirmer/"
    assert not is_signed_in(other)


def test_a_known_address_gets_the_same_answer_and_its_owner_a_mail(client: Client, reader: User) -> None:
    known, unknown = sign_up(Client(), ADDRESS, name="Pirate"), sign_up(Client(), "koffi@example.com")
    assert (known.status_code, known.url, known.content) == (unknown.status_code, unknown.url, unknown.content)
    assert set(known.cookies) == set(unknown.cookies)
    assert [message.to[0] for message in mail.outbox] == [ADDRESS, "koffi@example.com"]
    assert "/compte/mot-de-passe/oublie/" in mail.outbox[0].body
    assert "Pirate" not in mail.outbox[0].body
    reader.refresh_from_db()
    assert reader.get_full_name() == "Awa"
    assert reader.check_password(PASSWORD)


def test_a_known_address_takes_as_long_as_a_new_one(
    client: Client, reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed = []
    make_password = User.set_password
    monkeypatch.setattr(User, "set_password", lambda user, text: hashed.append(text) or make_password(user, text))
    sign_up(Client(), ADDRESS)
    sign_up(Client(), "koffi@example.com")
    assert hashed == [PASSWORD, PASSWORD]


def test_the_password_is_not_one_that_everybody_uses_and_nothing_typed_is_lost_but_that(client: Client) -> None:
    for password in ("short", "1234567890", "motdepasse", "awa@example.com"):
        page = sign_up(client, password=password).content.decode()
        assert 'aria-describedby="id_password1-help id_password1-error"' in page, password
        assert f'value="{ADDRESS}"' in page
        assert 'value="Awa"' in page
        assert f'value="{password}"' not in page or password == ADDRESS
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "",
        "   ",
        "...",
        "1984",
        "a" * 61,
        "Gagnez sur http://spam.example",
        "spam.example",
        "awa@example.com",
        "<b>Awa</b>",
        "Awa\u202eKoné",
        "Awa\nBcc: x",
        "Awa\x00",
    ],
)
def test_a_name_that_is_none_is_refused(client: Client, name: str) -> None:
    response = sign_up(client, name=name)
    assert response.status_code == 200
    assert 'id="id_name-error"' in response.content.decode()
    assert "<b>Awa" not in response.content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("N’Dri  Koffi", "N’Dri Koffi"),
        ("J.-P. Kouassi", "J.-P. Kouassi"),
        ("Ama\u0301", "Amá"),
        ("Ɔ̀la", "Ɔ̀la"),
        ("Lecteur 225", "Lecteur 225"),
    ],
)
def test_names_of_all_kinds_are_welcome(client: Client, name: str, kept: str) -> None:
    sign_up(client, name=name)
    assert User.objects.get().get_full_name() == kept


def test_a_robot_that_fills_in_everything_is_thanked_and_forgotten(client: Client) -> None:
    assert sign_up(client, website="https://spam.example").url == "/compte/adresse/confirmer/"
    assert not User.objects.exists()
    assert not mail.outbox


@pytest.mark.parametrize("email", ["", "awa", "a" * 250 + "@example.com", "awa@@example.com", "<i>@example.com"])
def test_a_wrong_address_gets_a_message_and_stays_in_the_field(client: Client, email: str) -> None:
    response = sign_up(client, email)
    assert response.status_code == 200
    assert 'id="id_email-error"' in response.content.decode()
    assert not User.objects.exists()


def test_whoever_signs_up_sees_what_they_agree_to(client: Client, home_page: HomePage) -> None:
    terms = InformationPageFactory(parent=home_page, title="Conditions", slug="conditions")
    ConsentSettings.objects.create(site=Site.objects.get(), terms_page=terms)
    assert '<a href="/conditions/">Conditions</a>' in client.get("/compte/inscription/").content.decode()


def test_a_form_that_nobody_reads_shows_no_error_of_a_robot(client: Client) -> None:
    page = client.get("/compte/inscription/").content.decode()
    assert "style=" not in page
    assert '<p hidden>\n    <label for="id_website">' in page
