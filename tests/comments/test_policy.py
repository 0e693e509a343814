"""Whose comments appear at once, and whose wait for a moderator."""

import pytest

from aminata24.comments.models import Comment, Status
from aminata24.comments.names import is_reserved
from aminata24.readers.models import User
from news.models import ArticlePage
from tests.comments.visitors import Visitor, opened, set_rules
from tests.factories import AuthorFactory, CommentFactory

pytestmark = pytest.mark.django_db

ANOTHER = "Et demain, on attend le second bac avec impatience."


def approve() -> None:
    Comment.objects.update(status=Status.APPROVED)


def last() -> Comment:
    return Comment.objects.latest("pk")


def test_after_a_published_comment_the_next_appears_at_once(visitor: Visitor) -> None:
    visitor.write()
    assert last().status == Status.PENDING
    approve()
    visitor.write(ANOTHER)
    assert last().status == Status.APPROVED


def test_a_second_comment_waits_while_the_first_does(visitor: Visitor) -> None:
    visitor.write()
    visitor.write(ANOTHER)
    assert last().status == Status.PENDING


def test_who_only_knows_a_name_and_an_address_is_not_trusted(visitor: Visitor, article: ArticlePage) -> None:
    visitor.write()
    approve()
    Visitor(article, address="198.51.100.1").write(ANOTHER)
    assert last().status == Status.PENDING


@pytest.mark.parametrize("change", [{"name": "Mariam"}, {"email": "mariam@example.com"}])
def test_who_is_trusted_takes_no_other_name_or_address_along(visitor: Visitor, change: dict[str, str]) -> None:
    visitor.write()
    approve()
    visitor.write(ANOTHER, **change)
    assert last().status == Status.PENDING


def test_a_forged_cookie_earns_no_trust(visitor: Visitor, article: ArticlePage) -> None:
    visitor.write()
    approve()
    other = Visitor(article, address="198.51.100.1")
    other.client.cookies["commentaires"] = last().person.removeprefix("visitor:") + ":1a2b3c:forged"
    other.write(ANOTHER)
    assert last().status == Status.PENDING


def test_an_account_is_trusted_on_every_device(visitor: Visitor, article: ArticlePage) -> None:
    reader = User.objects.create_user("fatou@example.com", first_name="Fatou")
    CommentFactory(article=article, reader=reader, person=f"reader:{reader.pk}", name="Fatou")
    visitor.client.force_login(reader)
    visitor.client.post(visitor.path(), {"text": ANOTHER, "stamp": opened()})
    assert last().status == Status.APPROVED


def test_where_all_wait_even_a_known_person_does(visitor: Visitor) -> None:
    visitor.write()
    approve()
    set_rules(all_wait=True)
    visitor.write(ANOTHER)
    assert last().status == Status.PENDING


@pytest.mark.parametrize("name", ["Aminata24", "AMINATA 24", "Αmіnаtа24", "La Rédaction", "Redact10n", "Modérateur 3"])
def test_nobody_speaks_for_the_house(visitor: Visitor, name: str) -> None:
    set_rules(first_waits=False)
    visitor.write(name=name)
    comment = last()
    assert comment.status == Status.PENDING
    assert comment.held_because == "Porte un nom de la rédaction"


@pytest.mark.parametrize(
    "name", ["Estelle Yao", "estelle  yao", "YAO Estelle", "Èstélle Yâo", "Еstеllе Yаo", "Este11e Yao"]
)
def test_nobody_takes_the_name_of_an_author(visitor: Visitor, name: str) -> None:
    AuthorFactory(name="Estelle Yao")
    set_rules(first_waits=False)
    visitor.write(name=name)
    assert last().status == Status.PENDING


def test_nobody_takes_the_name_of_the_staff(visitor: Visitor) -> None:
    User.objects.create_superuser("chief@aminata24.example", first_name="Clarisse", last_name="Adjoua N’Dri")
    set_rules(first_waits=False)
    visitor.write(name="clarisse adjoua n'dri")
    assert last().status == Status.PENDING


def test_readers_names_are_free(home_page: object) -> None:
    AuthorFactory(name="Estelle Yao")
    User.objects.create_user("fatou@example.com", first_name="Fatou", last_name="Bamba")
    assert not [name for name in ("Fatou Bamba", "Estelle Yaovi", "Amina", "Rédempteur", "名前") if is_reserved(name)]
