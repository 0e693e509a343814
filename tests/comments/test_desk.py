"""The moderators' desk in the page editor."""

import re
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aminata24.comments import moderation
from aminata24.comments.models import Ban, Comment, Reaction, Status
from aminata24.readers.models import User
from news.models import ArticlePage, SectionPage
from tests.factories import ArticleFactory, CommentFactory, SectionFactory

pytestmark = pytest.mark.django_db

QUEUE = "/admin/comments/comment/"
DECIDE = f"{QUEUE}decide/"
BANS = "/admin/comments/ban/"
MODERATORS = {"Moderators", "Editors-in-chief"}
OTHERS = ["Reporters", "Editors", "Sales"]

SignIn = Callable[..., User]


@pytest.fixture
def article(section: SectionPage) -> ArticlePage:
    """An article to comment on."""
    return ArticleFactory(parent=section, title="Le bac reprend son service")


@pytest.fixture
def moderator(sign_in: SignIn) -> User:
    """Somebody who moderates, signed in."""
    return sign_in("Moderators", first_name="Mariam", last_name="Touré")


def waiting(article: ArticlePage, **fields: object) -> Comment:
    """A comment that waits."""
    return CommentFactory(article=article, **{"status": Status.PENDING, **fields})


def seen(comment: Comment) -> str:
    """What a button of its row sends."""
    edited = comment.edited_at.isoformat() if comment.edited_at else ""
    return f"{comment.pk}.{comment.status}.{edited}"


def press(client: Client, action: str, comment: Comment, **fields: Any) -> HttpResponse:
    """Press a button of a comment's row."""
    return client.post(DECIDE, {"do": f"{action}:{seen(comment)}", "next": QUEUE, **fields}, follow=True)


def shown(client: Client, query: str = "") -> list[str]:
    """The authors of the comments on the list, from top to bottom."""
    page = client.get(QUEUE + query).content.decode()
    return re.findall(r'class="remark__name"[^>]*>([^<]+)<', page)


def text_of(response: HttpResponse) -> str:
    """The words of a page, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# --- The list -----------------------------------------------------------------


def test_the_queue_shows_what_waits_the_oldest_first(client: Client, moderator: User, article: ArticlePage) -> None:
    now = timezone.now()
    waiting(article, name="Deuxième", created_at=now - timedelta(hours=1))
    waiting(article, name="Première", created_at=now - timedelta(hours=2))
    for status in (Status.APPROVED, Status.REJECTED, Status.SPAM):
        CommentFactory(article=article, status=status)

    assert shown(client) == ["Première", "Deuxième"]
    assert shown(client, "?order=newest") == ["Deuxième", "Première"]


def test_a_row_says_what_a_moderator_has_to_know(client: Client, moderator: User, article: ArticlePage) -> None:
    person = {"name": "Awa Koné", "email": "awa@example.com"}
    CommentFactory.create_batch(2, article=article, **person)
    CommentFactory(article=article, status=Status.SPAM, **person)
    above = CommentFactory(article=article, name="Koffi", text="Combien coûte la traversée ?")
    comment = waiting(article, parent=above, text="Deux cents francs.", held_because="Mot surveillé", **person)
    Comment.objects.filter(pk=comment.pk).update(report_count=2)
    for number, reason in enumerate(["Hors sujet", ""]):
        Reaction.objects.create(comment=comment, kind="report", person=f"visitor:{number}", reason=reason)

    words = text_of(client.get(QUEUE))

    for expected in (
        "Awa Koné",
        "awa@example.com · visiteur · 2 publiés · 1 refusé",
        "Le bac reprend son service",
        "Répond à Koffi : Combien coûte la traversée ?",
        "Deux cents francs.",
        "Mot surveillé",
        "Signalé par 2 lecteurs Hors sujet",
    ):
        assert expected in words, expected


def test_what_a_reader_wrote_is_shown_as_text(client: Client, moderator: User, article: ArticlePage) -> None:
    attack = "<script>alert('bac')</script>"
    comment = waiting(article, text=attack, name=attack[:60], held_because=attack)
    Comment.objects.filter(pk=comment.pk).update(report_count=1)
    Reaction.objects.create(comment=comment, kind="report", person="visitor:1", reason=attack)
    waiting(article, parent=comment)
    banned = press(client, "ban", comment, reason=attack)

    for page in (client.get(f"{QUEUE}?status=all"), client.get(f"{QUEUE}inspect/{comment.pk}/"), banned):
        assert attack not in page.content.decode()
        assert "&lt;script&gt;" in page.content.decode()


def test_comments_are_found_by_text_name_and_address_whatever_their_status(
    client: Client, moderator: User, article: ArticlePage
) -> None:
    CommentFactory(article=article, name="Awa", text="La lagune est belle")
    waiting(article, name="Koffi", email="koffi@example.com")
    waiting(article, name="Moussa", email="", reader=User.objects.create_user("moussa@example.com"))

    for query, found in (("LAGUNE belle", ["Awa"]), ("koff", ["Koffi"]), ("Koffi@Example", ["Koffi"]), ("rien", [])):
        assert shown(client, f"?q={query}") == found, query
    assert shown(client, "?q=moussa@ex") == ["Moussa"]
    assert shown(client, "?q=lagune&status=pending") == []


def test_filters_narrow_the_list_down(
    client: Client, moderator: User, article: ArticlePage, section: SectionPage
) -> None:
    below = SectionFactory(parent=section, title="Burkina")
    elsewhere = ArticleFactory(parent=SectionFactory(parent=section.get_parent(), title="Société"))
    account = User.objects.create_user("lecteur@example.com")
    CommentFactory(article=ArticleFactory(parent=below), name="Sous-rubrique")
    CommentFactory(article=elsewhere, name="Compte", reader=account)
    CommentFactory(article=elsewhere, name="Rédaction", is_staff=True)
    CommentFactory(article=elsewhere, name="Signalé", report_count=1)
    CommentFactory(article=elsewhere, name="Ancien", created_at=timezone.now() - timedelta(days=10))

    for query, found in (
        (f"section={section.pk}", {"Sous-rubrique"}),
        ("by=account", {"Compte"}),
        ("by=staff", {"Rédaction"}),
        ("by=visitor", {"Sous-rubrique", "Signalé", "Ancien"}),
        ("reported=yes", {"Signalé"}),
        ("since=week", {"Sous-rubrique", "Compte", "Rédaction", "Signalé"}),
        ("by=visitor&reported=yes", {"Signalé"}),
    ):
        assert set(shown(client, f"?status=approved&{query}")) == found, query


@pytest.mark.parametrize(
    "query",
    [
        "?reader__password__startswith=md5",
        "?foo=bar",
        "?status=foo&section=foo&by=foo&since=foo&order=foo&reported=foo",
        "?section=99999999999999999999",
        "?p=99999999999999999999",
        "?p=-1",
        "?o=foo&ot=foo&e=1",
        "?q=%00",
        "?export=csv",
    ],
)
def test_what_the_list_does_not_know_it_ignores(
    client: Client, moderator: User, article: ArticlePage, query: str
) -> None:
    waiting(article, name="Awa")
    response = client.get(QUEUE + query)
    assert response.status_code == 200
    assert shown(client, query) == ["Awa"]


def test_the_next_page_shows_the_rest(client: Client, moderator: User, article: ArticlePage) -> None:
    now = timezone.now()
    for number in range(30):
        waiting(article, name=f"N{number:02}", created_at=now - timedelta(minutes=60 - number))

    assert shown(client) == [f"N{number:02}" for number in range(25)]
    assert 'rel="next"' in client.get(QUEUE).content.decode()
    assert shown(client, "?p=2") == [f"N{number:02}" for number in range(25, 30)]
    assert 'rel="next"' not in client.get(f"{QUEUE}?p=2").content.decode()
    # When the first page has been decided on, the rest moves up.
    moderation.approve(Comment.objects.filter(name__lt="N25"), moderator)
    assert shown(client, "?p=2") == [f"N{number:02}" for number in range(25, 30)]


def test_the_number_of_queries_does_not_grow_with_the_comments(
    client: Client, moderator: User, section: SectionPage
) -> None:
    def fill(count: int) -> None:
        for number in range(count):
            above = CommentFactory(article=ArticleFactory(parent=section))
            reader = User.objects.create_user(f"r{Comment.objects.count()}@example.com")
            comment = waiting(above.article, parent=above, report_count=1, reader=reader if number % 2 else None)
            Reaction.objects.create(comment=comment, kind="report", person="visitor:1", reason="Hors sujet")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert len(shown(client)) > 1
        return len(captured)

    fill(2)
    client.get(QUEUE)
    before = queries()
    fill(12)
    assert queries() == before
    assert before <= 20


# --- Decisions ----------------------------------------------------------------


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


# --- Bans ---------------------------------------------------------------------


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


# --- One comment --------------------------------------------------------------


def test_a_comment_is_shown_among_its_neighbours(client: Client, moderator: User, article: ArticlePage) -> None:
    now = timezone.now()
    top = CommentFactory(article=article, text="Le premier", created_at=now - timedelta(days=2))
    replies = [
        CommentFactory(article=article, parent=top, text=f"Réponse {n:02}.", created_at=now - timedelta(minutes=90 - n))
        for n in range(40)
    ]

    words = text_of(client.get(f"{QUEUE}inspect/{replies[20].pk}/"))

    assert [n for n in range(40) if f"Réponse {n:02}." in words] == list(range(10, 31))
    assert words.index("Dans son fil") < words.rindex("Le premier") < words.index("Réponse 10.")


def test_a_comment_tells_its_history(client: Client, moderator: User, article: ArticlePage) -> None:
    comment = waiting(article)
    press(client, "reject", comment, reason="Diffamation")
    for screen in ("inspect", "history"):
        words = text_of(client.get(f"{QUEUE}{screen}/{comment.pk}/"))
        assert "Rejeté – Diffamation" in words
        assert "Mariam Touré" in words


def test_the_newsroom_answers_from_the_desk(client: Client, moderator: User, article: ArticlePage) -> None:
    comment = waiting(article)
    address = f"{QUEUE}inspect/{comment.pk}/"
    assert "Publier le commentaire et la réponse" in text_of(client.get(address))

    response = client.post(address, {"text": "Nous vérifions.", "submission": str(uuid4())}, follow=True)

    answer = Comment.objects.get(is_staff=True)
    assert (answer.parent, answer.text, answer.is_published) == (comment, "Nous vérifions.", True)
    assert "Votre réponse est publiée." in text_of(response)


@pytest.mark.parametrize(("text", "error"), [(" ", "Écrivez d’abord une réponse."), ("é" * 3001, "3000")])
def test_an_answer_that_cannot_be_taken_is_not_lost(
    client: Client, moderator: User, article: ArticlePage, text: str, error: str
) -> None:
    comment = waiting(article)
    response = client.post(f"{QUEUE}inspect/{comment.pk}/", {"text": text, "submission": str(uuid4())})
    assert response.status_code == 422
    assert error in text_of(response)
    assert text.strip() in text_of(response)
    assert Comment.objects.waiting().exists()


def test_nobody_answers_where_readers_would_not_see_it(client: Client, moderator: User, article: ArticlePage) -> None:
    hidden = CommentFactory(article=article, status=Status.REJECTED)
    below = CommentFactory(article=article, parent=hidden)
    for comment in (hidden, below):
        address = f"{QUEUE}inspect/{comment.pk}/"
        assert "Répondre au nom de la rédaction" not in text_of(client.get(address))
        client.post(address, {"text": "Nous vérifions.", "submission": str(uuid4())})
    assert not Comment.objects.filter(is_staff=True).exists()


def test_deleting_asks_first_and_says_what_goes(client: Client, moderator: User, article: ArticlePage) -> None:
    comment = CommentFactory(article=article)
    CommentFactory(article=article, parent=CommentFactory(article=article, parent=comment))
    address = f"{QUEUE}delete/{comment.pk}/"

    assert "Ses 2 réponses sont supprimées avec lui." in text_of(client.get(address))
    assert Comment.objects.count() == 3
    client.post(address)
    assert not Comment.objects.exists()


def test_a_readers_text_is_changed_by_nobody(client: Client, moderator: User, article: ArticlePage) -> None:
    comment = waiting(article, text="Mes mots")
    for address in (f"{QUEUE}create/", f"{QUEUE}edit/{comment.pk}/"):
        client.post(address, {"text": "Les vôtres", "name": "Awa", "article": article.pk, "status": "approved"})
    assert [(one.text, one.status) for one in Comment.objects.all()] == [("Mes mots", "pending")]


@pytest.mark.parametrize("number", ["999999", "9" * 30, "abc", "1-2"])
def test_what_is_not_there_is_not_found(client: Client, moderator: User, home_page: object, number: str) -> None:
    for screen in (f"{QUEUE}inspect/", f"{QUEUE}history/", f"{QUEUE}delete/", f"{BANS}edit/", f"{BANS}delete/"):
        assert client.get(f"{screen}{number}/").status_code == 404


# --- Who may ------------------------------------------------------------------


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
