"""The newsletter: subscribe, confirm by mail, leave."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from aminata24.newsletter.models import MAIL_PAUSE, Subscriber

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_page")]

ADDRESS = "awa@example.com"


def subscribe(client: Client, email: str = ADDRESS, **extra: str) -> object:
    """Send the form as the rail of the front page does: without a token or a cookie."""
    return Client(enforce_csrf_checks=True).post("/lettre/", {"email": email, "website": "", **extra})


def link_in_mail() -> str:
    """The path of the link in the last mail."""
    return re.search(r"https?://[^/\s]+(/lettre/\S+)", str(mail.outbox[-1].body))[1]


def test_an_address_counts_once_its_owner_has_followed_the_link_and_pressed_the_button(client: Client) -> None:
    response = subscribe(client, " Awa@Example.com ")

    assert response.url == "/lettre/merci/"
    assert client.get("/lettre/merci/").status_code == 200
    assert mail.outbox[0].to == [ADDRESS]
    link = link_in_mail()
    assert "confirmer" in link
    assert ADDRESS in client.get(link).content.decode()
    assert not Subscriber.objects.get().is_confirmed

    assert client.post(link).status_code == 200
    assert Subscriber.objects.get(confirmed_at__isnull=False).email == ADDRESS


def test_a_subscriber_who_asks_again_gets_the_link_to_leave(client: Client) -> None:
    subscriber = Subscriber.objects.create(email=ADDRESS, confirmed_at=timezone.now())

    response = subscribe(client)

    assert response.url == "/lettre/merci/"
    link = link_in_mail()
    assert "desinscription" in link
    assert client.get(link).status_code == 200
    assert Subscriber.objects.filter(pk=subscriber.pk).exists()
    assert client.post(link).status_code == 200
    assert not Subscriber.objects.exists()


def test_the_answer_does_not_tell_whether_an_address_is_known(client: Client) -> None:
    Subscriber.objects.create(email=ADDRESS, confirmed_at=timezone.now())

    known, unknown = subscribe(client), subscribe(client, "koffi@example.com")

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert len(mail.outbox) == 2


def test_an_address_gets_one_mail_in_ten_minutes(client: Client) -> None:
    for _time in range(3):
        assert subscribe(client).status_code == 302
    assert len(mail.outbox) == 1

    Subscriber.objects.update(mailed_at=timezone.now() - MAIL_PAUSE - timedelta(seconds=1))
    subscribe(client)
    assert len(mail.outbox) == 2


def test_after_a_mail_that_could_not_be_sent_nobody_has_to_wait(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("aminata24.newsletter.tasks.send_mail", lambda *args, **options: 1 / 0)
        assert subscribe(client).status_code == 302

    subscribe(client)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("email", ["", "awa", "awa@", "<b>awa</b>", "=1+1@example.com", "a" * 300 + "@example.com"])
def test_a_wrong_address_gets_a_message_and_stays_in_the_field(client: Client, email: str) -> None:
    response = subscribe(client, email)

    assert response.status_code == 422
    page = response.content.decode()
    assert 'aria-invalid="true"' in page
    assert email.replace("<", "&lt;").replace(">", "&gt;") in page
    assert "<b>awa" not in page
    assert not Subscriber.objects.exists()


def test_a_robot_that_fills_in_everything_is_thanked_and_forgotten(client: Client) -> None:
    response = subscribe(client, website="https://spam.example")

    assert response.url == "/lettre/merci/"
    assert not Subscriber.objects.exists()
    assert not mail.outbox


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
    ],
)
def test_a_form_on_another_site_is_refused_and_what_was_typed_is_kept(client: Client, headers: dict[str, str]) -> None:
    response = client.post("/lettre/", {"email": ADDRESS}, headers=headers)

    assert response.status_code == 403
    assert ADDRESS in response.content.decode()
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "same-origin"}, {"origin": "http://testserver"}])
def test_a_form_on_our_own_site_is_accepted(client: Client, headers: dict[str, str]) -> None:
    assert client.post("/lettre/", {"email": ADDRESS}, headers=headers).status_code == 302


@pytest.mark.parametrize("step", ["confirmer", "desinscription"])
def test_a_link_that_leads_nowhere_says_so(client: Client, step: str) -> None:
    response = client.get(f"/lettre/{step}/inconnu/")

    assert response.status_code == 404
    assert 'href="/lettre/"' in response.content.decode()


def test_no_page_of_the_newsletter_is_cached_or_sets_a_cookie(client: Client) -> None:
    subscriber = Subscriber.objects.create(email=ADDRESS)

    for path in ("/lettre/", "/lettre/merci/", subscriber.confirm_link, subscriber.unsubscribe_link):
        response = client.get(path.removeprefix("http://127.0.0.1:8000"))
        assert response.status_code == 200, path
        assert "no-store" in response["Cache-Control"]
        assert not response.cookies
