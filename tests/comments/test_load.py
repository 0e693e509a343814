"""Many at once, through the whole site on PostgreSQL: no comment is lost or doubled, and no junk gets through."""

import logging
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.signals import request_started
from django.db import connection, connections
from django.test import Client

from aminata24.comments.models import Comment
from aminata24.theme.surroundings import surroundings
from home.models import HomePage
from news.models import ArticlePage
from tests.comments.visitors import Visitor, opened, set_rules
from tests.factories import ArticleFactory, SectionFactory

pytestmark = [
    pytest.mark.long,
    pytest.mark.usefixtures("committing"),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time anyway"),
]

CLIENTS = 50
# `make bench` sends all that is asked for, every other run as much as shows the same.
COMMENTS, JUNK = (2_000, 10_000) if os.environ.get("FULL_LOAD") else (400, 2_000)
# As many as a worker has on a server.
THREADS = 2


@pytest.fixture
def article(committing: None) -> Iterator[ArticlePage]:
    """An article on a site whose processes remember what surrounds a page, as they do."""
    listeners, request_started.receivers = request_started.receivers, []
    request_started.sender_receivers_cache.clear()
    yield ArticleFactory(parent=SectionFactory(parent=HomePage.objects.get(), title="Afrique"))
    request_started.receivers = listeners
    request_started.sender_receivers_cache.clear()


def at_once(work: Callable[[int], Any], count: int, threads: int) -> list[Any]:
    """Do something for each number, so many side by side, each with a database connection of its own."""
    with ThreadPoolExecutor(threads, initializer=surroundings) as pool:
        everybody = threading.Barrier(threads)

        def hang_up(_: int) -> None:
            everybody.wait()
            connections.close_all()

        try:
            return list(pool.map(work, range(count)))
        finally:
            list(pool.map(hang_up, range(threads)))


def test_many_comments_of_fifty_clients_are_each_stored_once(article: ArticlePage, settings: Any) -> None:
    """Every tenth is sent twice, by somebody whose line was slow."""
    settings.COMMENT_LIMITS = {}
    set_rules(first_waits=False)
    texts = [f"Remarque {number} : le bac numéro {number} est à l’heure." for number in range(COMMENTS)]
    forms = [opened() for _text in texts]
    sent = [*range(COMMENTS), *range(0, COMMENTS, 10)]
    random.Random(24).shuffle(sent)
    clients = threading.local()

    def write(turn: int) -> int:
        if not hasattr(clients, "visitor"):
            clients.visitor = Visitor(article)
        number = sent[turn]
        return clients.visitor.write(texts[number], stamp=forms[number]).status_code

    assert Counter(at_once(write, len(sent), CLIENTS)) == {200: len(sent)}
    assert sorted(Comment.objects.values_list("text", flat=True)) == sorted(texts)
    article.refresh_from_db()
    assert article.comment_count == Comment.objects.published().count() == COMMENTS


def junk(number: int) -> dict[str, Any]:
    """What robots send, in turns, each from an address and under a name of its own."""
    kinds: list[Callable[[], dict[str, Any]]] = [
        # Straight at the form's address, without having asked for the form.
        lambda: {"stamp": ""},
        lambda: {"stamp": f"{number:032x}-1700000000:forged"},
        # Quicker than anybody types.
        lambda: {"stamp": opened(0)},
        # Every field filled in.
        lambda: {"website": "https://spam.example"},
        # No text, no name, no address.
        lambda: {"text": "", "email": "x"},
        # Links, in every way.
        lambda: {"text": f"[url=http://spam.example/{number}]Pas cher[/url]"},
        lambda: {"text": " ".join(f"https://spam.example/{number}/{link}" for link in range(9))},
        # The publisher's own words.
        lambda: {"text": f"Le meilleur cаsinо en ligne, offre {number}."},
        # The same from everywhere.
        lambda: {"text": "Gagnez de l’argent depuis chez vous, demandez-moi comment faire."},
        # What only a person can tell from a comment.
        lambda: {"text": f"Très bon article, merci pour ces informations, numéro {number} !"},
    ]
    return {"name": f"Robot {number}", "email": f"robot{number}@spam.example", **kinds[number % len(kinds)]()}


def test_of_thousands_of_junk_posts_none_is_published_and_readers_notice_nothing(
    article: ArticlePage, caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    # However long it takes on a busy machine.
    settings.COMMENT_LIMITS = {**settings.COMMENT_LIMITS, "comments by strangers": (120, 3600)}
    caplog.set_level(logging.ERROR, "django.request")
    set_rules(spam_words="casino")
    known = Visitor(article, address="203.0.113.99", name="Mariam Cissé")
    known.write("Je suis une lectrice de longue date, et voici mon premier mot.")
    Comment.objects.update(status="approved")
    waits: list[float] = []

    robots = threading.local()

    def send(number: int) -> int:
        if not hasattr(robots, "one"):
            robots.one = Visitor(article)
        robots.one.client.cookies.clear()
        robots.one.client.defaults["REMOTE_ADDR"] = f"10.{number % 7}.{number // 250}.{number % 250}"
        return robots.one.write(**junk(number)).status_code

    def read(paths: list[str]) -> None:
        for path in paths:
            started = time.monotonic()
            assert Client().get(path).status_code == 200
            waits.append(time.monotonic() - started)

    def post(number: int) -> int:
        if number % 500 == 0:
            read([article.path_on_site, f"/commentaires/{article.pk}/", "/"])
        return send(number)

    answers = Counter(at_once(post, JUNK, THREADS))

    assert set(answers) <= {200, 403, 409, 422, 429}
    assert [comment.name for comment in Comment.objects.published()] == ["Mariam Cissé"]
    # Most was not even kept: moderators are not flooded.
    assert Comment.objects.count() < JUNK / 10
    assert max(waits) < 5
    assert known.write("Et moi, que l’on connaît, je peux toujours écrire.").status_code == 200
    assert Comment.objects.published().count() == 2
