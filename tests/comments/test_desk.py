"""The moderators' desk in the page editor: the list of comments, and one of them in its thread."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aminata24.comments import moderation
from aminata24.comments.models import Comment, Reaction, Status
from aminata24.readers.models import User
from news.models import ArticlePage, SectionPage
from tests.comments.desk import BANS, QUEUE, SignIn, press, shown, text_of, waiting
from tests.factories import ArticleFactory, CommentFactory, SectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(section: SectionPage) -> ArticlePage:
    """An article to comment on."""
    return ArticleFactory(parent=section, title="Le bac reprend son service")


@pytest.fixture
def moderator(sign_in: SignIn) -> User:
    """Somebody who moderates, signed in."""
    return sign_in("Moderators", first_name="Mariam", last_name="Touré")


def test_the_queue_shows_what_waits_the_oldest_first(client: Client, moderator: User, article: ArticlePage) -> None:
    now = timezone.now()
    waiting(article, name="Deuxième", created_at=now - timedelta(hours=1))
    waiting(article, name="Première", created_at=now - timedelta(hours=2))
    for status in (Status.APPROVED, Status.REJECTED, Status.SPAM):
        CommentFactory(article=article, status=status)

    assert shown(client) == ["Première", "Deuxième"]
    assert shown(client, "?order=newest") == ["Deuxième", "Première"]


def test_a_row_says_what_a_moderator_has_to_know(client: Client, moderator: User, article: ArticlePage) -> None:
    person = {"name": "Awa Koné", "email": "awa@example.com", "person": "visitor:awa"}
    # The same words by another browser prove nothing.
    CommentFactory(article=article, name="Awa Koné", email="awa@example.com", person="visitor:other")
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
