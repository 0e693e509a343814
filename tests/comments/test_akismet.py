"""A service that checks for spam: asked after a comment is stored, and never the reason that one is lost."""

import io
from collections.abc import Callable
from typing import Any
from urllib.error import URLError
from urllib.parse import parse_qs

import pytest

from aminata24.comments.models import Comment, Status
from aminata24.comments.moderation import approve, mark_as_spam
from aminata24.comments.spam.akismet import tell_akismet
from aminata24.readers.models import User
from news.models import ArticlePage
from tests.comments.visitors import TEXT, Visitor, page_of, set_rules

pytestmark = pytest.mark.django_db


class Service:
    """Stands in for the service; remembers what it was asked."""

    def __init__(self) -> None:
        self.answer: str | Exception = "false"
        self.asked: list[tuple[str, dict[str, str]]] = []

    def open(self, request: Any, timeout: float) -> io.BytesIO:
        assert timeout <= 2
        fields = parse_qs(request.data.decode())
        self.asked.append((request.full_url, {name: values[0] for name, values in fields.items()}))
        if isinstance(self.answer, Exception):
            raise self.answer
        return io.BytesIO(self.answer.encode())


@pytest.fixture
def service(settings: Any, monkeypatch: pytest.MonkeyPatch, article: ArticlePage) -> Service:
    """A service that is set up, on a site where nobody waits."""
    settings.AKISMET_URL, settings.AKISMET_KEY = "https://akismet.example/1.1/", "abc"
    set_rules(first_waits=False)
    service = Service()
    monkeypatch.setattr("aminata24.comments.spam.akismet.urlopen", service.open)
    return service


def test_without_a_service_nobody_is_asked(visitor: Visitor, service: Service, settings: Any) -> None:
    settings.AKISMET_KEY = ""
    visitor.write()
    tell_akismet(Comment.objects.get(), True)
    assert not service.asked


def test_what_it_lets_through_appears(visitor: Visitor, article: ArticlePage, service: Service) -> None:
    assert "est publié" in page_of(visitor.write())
    article.refresh_from_db()
    assert article.comment_count == 1
    url, fields = service.asked[0]
    assert url == "https://akismet.example/1.1/comment-check"
    assert fields["comment_content"] == TEXT
    assert fields["comment_author"] == "Awa Koné"
    assert fields["permalink"].endswith(article.path_on_site)
    # The part of the address that many share.
    assert fields["user_ip"] == "203.0.113.0"


def test_what_it_takes_for_spam_does_not(visitor: Visitor, article: ArticlePage, service: Service) -> None:
    service.answer = "true"
    assert "attend un modérateur" in page_of(visitor.write())
    assert Comment.objects.get().status == Status.SPAM
    article.refresh_from_db()
    assert article.comment_count == 0


@pytest.mark.parametrize("answer", [URLError("down"), TimeoutError(), "invalid", ""])
def test_where_it_fails_the_comment_waits_and_is_not_lost(
    visitor: Visitor, service: Service, answer: str | Exception
) -> None:
    service.answer = answer
    assert visitor.write().status_code == 200
    comment = Comment.objects.get()
    assert (comment.text, comment.status) == (TEXT, Status.PENDING)
    assert comment.held_because == "Le contrôle antispam n’a pas répondu"


def test_it_publishes_nothing_that_waits_for_another_reason(visitor: Visitor, service: Service) -> None:
    set_rules(all_wait=True)
    visitor.write()
    assert len(service.asked) == 1
    assert Comment.objects.get().status == Status.PENDING


def test_it_is_not_asked_about_the_newsroom_or_what_is_spam_already(visitor: Visitor, service: Service) -> None:
    visitor.write(website="x")
    visitor.client.force_login(User.objects.create_superuser("chief@aminata24.example", first_name="Aya"))
    visitor.write("La rédaction répond à cette question de tout à l’heure.")
    assert not service.asked


def test_a_change_is_checked_again(visitor: Visitor, service: Service) -> None:
    visitor.write()
    service.answer = "true"
    visitor.post("modifier", Comment.objects.get(), text="Tout autre chose, qui vante une boutique.")
    assert Comment.objects.get().status == Status.SPAM


@pytest.mark.parametrize(("decide", "method"), [(mark_as_spam, "submit-spam"), (approve, "submit-ham")])
def test_it_learns_from_what_moderators_decide(
    visitor: Visitor,
    service: Service,
    django_capture_on_commit_callbacks: Callable[..., Any],
    decide: Callable[..., Any],
    method: str,
) -> None:
    moderator = User.objects.create_superuser("chief@aminata24.example")
    service.answer = "true" if decide is approve else "false"
    visitor.write()
    with django_capture_on_commit_callbacks(execute=True):
        decide(Comment.objects.all(), moderator)
    assert service.asked[-1][0].endswith(method)
    assert service.asked[-1][1]["comment_content"] == TEXT


def test_it_is_told_nothing_that_it_knows_and_may_be_down(
    visitor: Visitor, service: Service, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    moderator = User.objects.create_superuser("chief@aminata24.example")
    set_rules(all_wait=True)
    visitor.write()
    with django_capture_on_commit_callbacks(execute=True):
        approve(Comment.objects.all(), moderator)
        assert len(service.asked) == 1
        service.answer = URLError("down")
        mark_as_spam(Comment.objects.all(), moderator)
    assert Comment.objects.get().status == Status.SPAM


def test_a_moderator_who_was_quicker_has_the_last_word(
    visitor: Visitor, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reject_meanwhile(request: Any, timeout: float) -> io.BytesIO:
        Comment.objects.update(status=Status.REJECTED)
        return service.open(request, timeout)

    monkeypatch.setattr("aminata24.comments.spam.akismet.urlopen", reject_meanwhile)
    visitor.write()
    assert Comment.objects.get().status == Status.REJECTED
