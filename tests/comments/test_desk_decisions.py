"""The buttons of the moderators' desk."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from aminata24.comments import moderation
from aminata24.comments.models import Ban, Comment, Status
from aminata24.readers.models import User
from news.models import ArticlePage, SectionPage
from tests.comments.desk import BANS, DECIDE, QUEUE, SignIn, press, seen, text_of, waiting
from tests.factories import ArticleFactory, CommentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(section: SectionPage) -> ArticlePage:
    """An article to comment on."""
    return ArticleFactory(parent=section, title="Le bac reprend son service")


@pytest.fixture
def moderator(sign_in: SignIn) -> User:
    """Somebody who moderates, signed in."""
    return sign_in("Moderators", first_name="Mariam", last_name="Touré")


@pytest.mark.parametrize(
    ("action", "status", "told"),
    [
        ("approve", Status.APPROVED, "Commentaire publié."),
        ("reject", Status.REJECTED, "Commentaire rejeté."),
        ("spam", Status.SPAM, "Commentaire classé indésirable."),
    ],
)
def test_one_click_decides(
    client: Client, moderator: User, article: ArticlePage, action: str, status: Status, told: str
) -> None:
    comment = waiting(article)
    response = press(client, action, comment)
    comment.refresh_from_db()
    assert comment.status == status
    assert told in text_of(response)


def test_an_approved_comment_can_go_back_to_the_queue(client: Client, moderator: User, article: ArticlePage) -> None:
    comment = CommentFactory(article=article)
    press(client, "requeue", comment)
    comment.refresh_from_db()
    assert comment.status == Status.PENDING


@pytest.mark.parametrize(
    ("action", "status"), [("approve", Status.APPROVED), ("reject", Status.REJECTED), ("spam", Status.SPAM)]
)
def test_those_that_are_ticked_are_decided_at_once(
    client: Client, moderator: User, article: ArticlePage, action: str, status: Status
) -> None:
    ticked, other = [waiting(article) for _ in range(3)], waiting(article)
    client.post(DECIDE, {"do": action, "comment": [seen(comment) for comment in ticked]})
    assert set(Comment.objects.filter(status=status)) == set(ticked)
    assert list(Comment.objects.waiting()) == [other]


def test_nothing_ticked_changes_nothing_and_says_so(client: Client, moderator: User, article: ArticlePage) -> None:
    waiting(article)
    response = client.post(DECIDE, {"do": "approve", "next": QUEUE}, follow=True)
    assert "Cochez d’abord au moins un commentaire." in text_of(response)
    assert Comment.objects.waiting().count() == 1


def test_the_moderator_comes_back_to_the_list_as_it_was(client: Client, moderator: User, article: ArticlePage) -> None:
    here = f"{QUEUE}?status=all&q=lagune&p=2"
    response = client.post(DECIDE, {"do": f"approve:{seen(waiting(article))}", "next": here})
    assert response.headers["Location"] == here


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com/admin/comments/comment/", "/", ""])
def test_no_form_leads_elsewhere(client: Client, moderator: User, article: ArticlePage, elsewhere: str) -> None:
    response = client.post(DECIDE, {"do": f"approve:{seen(waiting(article))}", "next": elsewhere})
    assert response.headers["Location"] == QUEUE


def test_a_row_leads_on_to_the_next_one(client: Client, moderator: User, article: ArticlePage) -> None:
    first = waiting(article, created_at=timezone.now() - timedelta(hours=1))
    second = waiting(article)
    page = client.get(QUEUE).content.decode()
    assert f'formaction="{DECIDE}#comment-{second.pk}" name="do" value="approve:{seen(first)}"' in page
    assert f'id="comment-{second.pk}"' in page


def test_what_somebody_else_decided_meanwhile_stays(client: Client, moderator: User, article: ArticlePage) -> None:
    comment = waiting(article)
    moderation.reject(Comment.objects.filter(pk=comment.pk), User.objects.create_user("b@example.com"))
    response = press(client, "approve", comment)
    assert "Un commentaire est resté tel quel" in text_of(response)
    assert not Comment.objects.published().exists()


def test_what_its_author_changed_meanwhile_is_looked_at_again(
    client: Client, moderator: User, article: ArticlePage
) -> None:
    comment = waiting(article)
    Comment.objects.filter(pk=comment.pk).update(text="Achetez !", edited_at=timezone.now())
    press(client, "approve", comment)
    assert not Comment.objects.published().exists()

    comment.refresh_from_db()
    press(client, "approve", comment)
    assert Comment.objects.published().exists()


def test_a_decision_is_taken_back_with_a_button(client: Client, moderator: User, article: ArticlePage) -> None:
    comment = waiting(article)
    page = press(client, "spam", comment).content.decode()
    key = re.search(r'name="undo" value="([^"]+)"', page)
    assert key

    response = client.post(DECIDE, {"undo": key[1], "next": QUEUE}, follow=True)

    comment.refresh_from_db()
    assert comment.status == Status.PENDING
    assert "C’est annulé." in text_of(response)
    response = client.post(DECIDE, {"undo": key[1], "next": QUEUE}, follow=True)
    assert "Il n’y avait plus rien à annuler." in text_of(response)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"do": "foo"},
        {"do": "approve:foo"},
        {"do": "approve:99999999999999999999.pending."},
        {"do": "approve:1.pending.2026-99-99T00:00:00"},
        {"do": "approve", "comment": ["", "1", "1.foo.", "1.pending.foo", "\0"]},
        {"do": "ban:foo"},
        {"do": "ban:99999999999999999999.pending."},
        {"do": "ban:999999.pending."},
        {"undo": "foo"},
        {"undo": str(uuid4())},
    ],
)
def test_a_form_that_makes_no_sense_changes_nothing(
    client: Client, moderator: User, article: ArticlePage, fields: dict[str, Any]
) -> None:
    waiting(article)
    assert client.post(DECIDE, fields, follow=True).status_code == 200
    assert Comment.objects.waiting().count() == 1
    assert not Ban.objects.exists()


def test_a_reason_may_hold_anything(client: Client, moderator: User, article: ArticlePage) -> None:
    comment = waiting(article)
    press(client, "reject", comment, reason="\0  trop\nlong " + "é" * 500)
    comment.refresh_from_db()
    assert comment.held_because.startswith("trop long éé")
    assert len(comment.held_because) == 200


def test_a_decision_needs_the_forms_own_token(article: ArticlePage, sign_in: SignIn, client: Client) -> None:
    user = sign_in("Moderators")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    assert strict.post(DECIDE, {"do": f"approve:{seen(waiting(article))}"}).status_code == 403
    assert client.get(DECIDE).status_code == 405


def test_one_click_bans_and_rejects_what_waits(client: Client, moderator: User, article: ArticlePage) -> None:
    comment = waiting(article, name="Troll", email="troll@example.com")
    waiting(article, email="troll@example.com")

    response = press(client, "ban", comment, reject_waiting="1")

    assert "Troll est désormais banni(e). Les 2 commentaires en attente sont rejetés." in text_of(response)
    assert Ban.objects.get().email == "troll@example.com"
    assert "ban:" not in client.get(f"{QUEUE}?status=rejected").content.decode()


def test_a_ban_can_go_further_or_less_far(client: Client, moderator: User, article: ArticlePage) -> None:
    comment = waiting(article, address_key="a" * 64)
    press(client, "ban", comment, with_address="1", reason="Insultes")
    ban = Ban.objects.get()
    assert (ban.address_key, ban.reason, ban.banned_by) == ("a" * 64, "Insultes", moderator)
    assert Comment.objects.waiting().count() == 1


def test_a_person_is_banned_by_hand_with_the_account(client: Client, moderator: User, article: ArticlePage) -> None:
    reader = User.objects.create_user("troll@example.com")
    waiting(article, reader=reader, email="")
    form = {"email": "Troll@Example.com", "reason": "Insultes", "reject_waiting": "on"}

    client.post(f"{BANS}create/", form)
    ban = Ban.objects.get()
    assert (ban.reader, ban.email, ban.banned_by) == (reader, "troll@example.com", moderator)
    assert not Comment.objects.waiting().exists()

    response = client.post(f"{BANS}create/", form)
    assert "Cette personne est déjà bannie." in text_of(response)
    assert 'value="Insultes"' in response.content.decode()


def test_a_ban_is_found_explained_better_and_lifted(client: Client, moderator: User, home_page: object) -> None:
    moderation.ban(moderator, email="troll@example.com")
    ban = Ban.objects.get()
    assert "troll@example.com" in text_of(client.get(f"{BANS}?q=troll"))
    assert "troll@example.com" not in text_of(client.get(f"{BANS}?q=awa"))

    client.post(f"{BANS}edit/{ban.pk}/", {"reason": "Insultes", "email": "someone@example.com"})
    ban.refresh_from_db()
    assert (ban.reason, ban.email) == ("Insultes", "troll@example.com")

    assert "Laisser de nouveau cette personne commenter ?" in text_of(client.get(f"{BANS}delete/{ban.pk}/"))
    client.post(f"{BANS}delete/{ban.pk}/")
    assert not Ban.objects.exists()
