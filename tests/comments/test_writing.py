"""Writing a comment and a reply, as a visitor and with an account."""

from collections.abc import Callable

import pytest
from django.test import Client

from aminata24.comments.models import Comment, Status
from aminata24.readers.models import User
from news.models import ArticlePage
from tests.comments.visitors import TEXT, Visitor, opened, page_of, set_rules
from tests.factories import CommentFactory

pytestmark = pytest.mark.django_db


def test_a_visitors_comment_is_kept_and_waits(visitor: Visitor, article: ArticlePage) -> None:
    answer = visitor.write()

    assert answer.status_code == 200
    assert "attend un modérateur" in page_of(answer)
    assert TEXT in page_of(answer)
    comment = Comment.objects.get()
    assert (comment.article_id, comment.text, comment.name, comment.email) == (
        article.pk,
        TEXT,
        "Awa Koné",
        "awa@example.com",
    )
    assert comment.status == Status.PENDING
    assert comment.held_because
    assert TEXT not in page_of(visitor.client.get(article.path_on_site))


def test_where_nobody_waits_it_appears_at_once(visitor: Visitor, article: ArticlePage) -> None:
    set_rules(first_waits=False)

    answer = page_of(visitor.write())

    comment = Comment.objects.get()
    assert "est publié" in answer
    assert comment.get_absolute_url() in answer
    article.refresh_from_db()
    assert article.comment_count == 1
    page = page_of(visitor.client.get(article.path_on_site))
    assert TEXT in page
    assert f'id="commentaire-{comment.pk}"' in page


def test_nobody_reads_a_visitors_address(visitor: Visitor, article: ArticlePage) -> None:
    set_rules(first_waits=False)
    pages = [page_of(visitor.write())]
    comment = Comment.objects.get()
    pages += [
        page_of(visitor.client.get(path))
        for path in (
            article.path_on_site,
            f"/commentaires/{article.pk}/",
            comment.get_absolute_url(),
            visitor.path("repondre", comment),
            visitor.path("signaler", comment),
            visitor.path("aimer", comment),
            visitor.path("modifier", comment),
        )
    ]
    assert not [page for page in pages if "awa@example.com" in page]


def test_a_reader_with_an_account_only_writes_the_text(
    visitor: Visitor, client: Client, article: ArticlePage, sign_in: Callable[..., User]
) -> None:
    reader = User.objects.create_user("fatou@example.com", first_name="Fatou", last_name="Bamba")
    client.force_login(reader)
    form = page_of(client.get(visitor.path()))
    assert "Fatou Bamba" in form
    assert 'name="email"' not in form

    answer = client.post(visitor.path(), {"text": TEXT, "stamp": opened(), "name": "Quelqu’un d’autre"})

    assert answer.status_code == 200
    comment = Comment.objects.get()
    assert (comment.reader, comment.name, comment.email, comment.is_staff) == (reader, "Fatou Bamba", "", False)


def test_an_account_without_a_name_is_asked_for_one(visitor: Visitor, client: Client) -> None:
    client.force_login(User.objects.create_user("fatou@example.com"))
    assert 'name="name"' in page_of(client.get(visitor.path()))
    assert client.post(visitor.path(), {"text": TEXT, "stamp": opened()}).status_code == 422
    client.post(visitor.path(), {"text": TEXT, "stamp": opened(), "name": "Fatou"})
    assert Comment.objects.get().name == "Fatou"


@pytest.mark.parametrize("role", ["Reporters", "Moderators"])
def test_the_newsroom_is_marked_and_appears_at_once(
    visitor: Visitor, client: Client, article: ArticlePage, sign_in: Callable[..., User], role: str
) -> None:
    set_rules(all_wait=True)
    sign_in(role, first_name="Mariam", last_name="Cissé")

    client.post(visitor.path(), {"text": TEXT, "stamp": opened(0)})

    comment = Comment.objects.get()
    assert comment.is_published
    assert comment.is_staff
    assert '<span class="comment-staff">Rédaction</span>' in page_of(client.get(article.path_on_site))


def test_replies_stand_two_levels_deep_and_say_whom_they_answer(visitor: Visitor, article: ArticlePage) -> None:
    set_rules(first_waits=False)
    top = CommentFactory(article=article, name="Prisca")
    visitor.write("Un premier niveau, pour commencer la conversation.", parent=top)
    first = Comment.objects.latest("pk")
    visitor.write("Un deuxième niveau, pour la poursuivre calmement.", parent=first)
    second = Comment.objects.latest("pk")
    visitor.name = "Kader"
    visitor.write("Un troisième, qui devient le frère du deuxième.", parent=second)
    third = Comment.objects.latest("pk")

    assert [(reply.thread, reply.branch, reply.parent) for reply in (first, second, third)] == [
        (top, None, top),
        (top, first, first),
        (top, first, second),
    ]
    assert [reply.level for reply in (top, first, second, third)] == [0, 1, 2, 2]
    page = page_of(visitor.client.get(top.get_absolute_url()))
    assert page.count("En réponse à Awa Koné") == 2
    assert page.index(first.fragment) < page.index(second.fragment) < page.index(third.fragment)


def test_a_level_two_reply_stands_below_its_branch_however_late_it_comes(article: ArticlePage) -> None:
    top = CommentFactory(article=article)
    first, other = CommentFactory(parent=top), CommentFactory(parent=top)
    late = CommentFactory(parent=first)

    assert list(Comment.objects.filter(thread=top).in_reading_order()) == [first, late, other]


def test_a_removed_parent_is_not_named(visitor: Visitor, article: ArticlePage) -> None:
    top = CommentFactory(article=article)
    first = CommentFactory(parent=top, name="Achetez chez moi")
    CommentFactory(parent=first)
    first.status = Status.SPAM
    first.save()

    page = page_of(visitor.client.get(top.get_absolute_url()))

    assert "Achetez chez moi" not in page
    assert "En réponse à un commentaire retiré" in page


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("text", "", "Écrivez votre commentaire."),
        ("text", " \u200b\u3164 ", "Écrivez votre commentaire."),
        ("text", "a" * 3001, "3001 caractères, pour 3000 au plus"),
        ("text", "a" * 60_000, "60000 caractères"),
        ("name", "", "Écrivez le nom"),
        ("name", "\u202e\u200b", "Écrivez le nom"),
        ("name", "…", "Un nom se compose de lettres"),
        ("name", "https://spam.example", "Un nom se compose de lettres"),
        ("name", "a" * 61, "60 lettres au maximum"),
        ("email", "", "e-mail"),
        ("email", "awa@", "Ce n’est pas une adresse e-mail"),
        ("email", "a" * 300 + "@example.com", "trop longue"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(visitor: Visitor, field: str, value: str, message: str) -> None:
    answer = visitor.write(**{field: value})

    assert answer.status_code == 422
    assert message in page_of(answer)
    assert page_of(answer).count('aria-invalid="true"') == 1
    assert not Comment.objects.exists()


def test_a_comment_that_fits_exactly_is_taken_with_its_lines(visitor: Visitor) -> None:
    text = ("a" * 99 + "\r\n") * 30
    assert visitor.write(text).status_code == 200
    assert len(Comment.objects.get().text) == 2999


def test_the_forms_are_never_cached_and_the_first_visit_sets_no_cookie_but_the_tokens(visitor: Visitor) -> None:
    response = visitor.client.get(visitor.path())
    assert "no-store" in response["Cache-Control"]
    assert set(response.cookies) == {"csrftoken"}


def test_the_answer_makes_the_browser_known_below_the_comments_alone(visitor: Visitor) -> None:
    cookie = visitor.write().cookies["commentaires"]
    assert cookie["path"] == "/commentaires/"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert Comment.objects.get().person.removeprefix("visitor:") == cookie.value.split(":")[0]
