"""What readers notice while parts of the stack fail under load: nothing, on pages that were seen; and all recovers."""

import os
import re
import signal
import time
from collections.abc import Iterator
from html import unescape

import pytest

from tests.deploy.conftest import Ask
from tests.deploy.load import Crowd, Visit, children, crowd, reads, visit, wait_until
from tests.stack import Stack

ARTICLE = "/afrique/la-lagune/"
SEEN = ("/", "/afrique/", ARTICLE, "/en-continu/", "/direct/")
# Longer than a page is served while it is made anew (`stale-while-revalidate`): from then on it is asked for in vain.
LONG_ENOUGH = 7
# In seconds, on a machine that does other things as well; nginx waits five for a page.
PATIENCE = 8


@pytest.fixture
def readers(stack: Stack) -> Iterator[tuple[Visit, ...]]:
    """Four who read what was seen before."""
    _read_all(stack)
    return tuple(reads(*SEEN[number:], *SEEN[:number]) for number in range(4))


def test_a_process_that_is_killed_is_replaced(stack: Stack, readers: tuple[Visit, ...]) -> None:
    first = stack.processes["application"].pid
    before = children(first)
    with crowd(stack, *readers) as seen:
        os.kill(min(before), signal.SIGKILL)
        wait_until(lambda: len(children(first) - before) == 1)
        _go_on(seen)
    assert seen.failed == set()


def test_seen_pages_are_there_while_the_application_is_killed(stack: Stack, readers: tuple[Visit, ...]) -> None:
    with crowd(stack, *readers) as seen:
        stack.stop("application", signal.SIGKILL)
        time.sleep(LONG_ENOUGH)
        stack.start_application()
        wait_until(lambda: visit(stack, "/lettre/").status == 200)
        _go_on(seen)
    assert seen.failed == set()
    assert seen.longest_wait < PATIENCE


def test_without_its_database_the_site_is_read_and_forms_keep_their_text(
    stack: Stack, readers: tuple[Visit, ...], ask: Ask
) -> None:
    article = stack.ask_database("SELECT page_ptr_id FROM news_articlepage ORDER BY 1 LIMIT 1")
    address = f"/commentaires/{article}/ecrire/"
    form = ask(address)
    cookie = form.headers["set-cookie"].partition(";")[0]
    comment = _fields(form.body.decode()) | {
        "text": "La lagune <est> à nous.",
        "name": "Awa",
        "email": "awa@example.org",
    }
    with crowd(stack, *readers) as seen:
        stack.database.stop()
        # Processes remember what surrounds a page for a second, and for two while it is made anew.
        time.sleep(2.5)
        lost = visit(stack, address, comment, cookie)
        letter = visit(stack, "/lettre/", {"email": "kofi@example.org"})
        login = visit(stack, "/compte/connexion/", {"login": "kofi@example.org", "password": "Secret-24"})
        time.sleep(LONG_ENOUGH)
        stack.database.start()
        wait_until(lambda: visit(stack, "/en-continu/?back").status == 200)
        _go_on(seen)
    assert seen.failed == set()
    assert seen.longest_wait < PATIENCE
    for answer in (lost, letter, login):
        assert answer.status == 503
        assert "Notre base de données ne répond pas" in answer.body
    assert "kofi@example.org" in letter.body
    assert "kofi@example.org" in login.body
    assert "Secret-24" not in login.body
    # The page that says so sends it again, and nothing was half-stored.
    again = _fields(lost.body)
    assert {name: again[name] for name in comment} == comment
    assert visit(stack, address, again, cookie).status == 200
    assert stack.ask_database("SELECT count(*) FROM comments_comment WHERE name = 'Awa'") == 1
    began = stack.ask_database("SELECT now()")
    wait_until(lambda: stack.ask_database("SELECT max(beat_at) FROM delivery_heartbeat") > began)


def test_seen_pages_are_there_while_the_database_hangs(stack: Stack, readers: tuple[Visit, ...]) -> None:
    with crowd(stack, *readers) as seen:
        with stack.database.hanging():
            time.sleep(2 * LONG_ENOUGH)
        wait_until(lambda: visit(stack, "/en-continu/?back").status == 200)
        _go_on(seen)
    assert seen.failed == set()
    assert seen.longest_wait < PATIENCE


def _read_all(stack: Stack) -> None:
    for path in SEEN:
        wait_until(lambda path=path: visit(stack, path).status == 200)  # type: ignore[misc]


def _go_on(seen: Crowd) -> None:
    """Until every reader has come again."""
    until = len(seen.seen) + 8
    wait_until(lambda: len(seen.seen) > until)


def _fields(page: str) -> dict[str, str]:
    """The fields of the form on a page that has one."""
    form = re.search(r'<form class="form".*?</form>', page, re.DOTALL)
    assert form
    inputs = [dict(re.findall(r'(\w+)="([^"]*)"', tag)) for tag in re.findall(r"<input [^>]*>", form[0])]
    texts = re.findall(r'<textarea [^>]*name="(\w+)"[^>]*>\n(.*?)</textarea>', form[0], re.DOTALL)
    fields = {field["name"]: field.get("value", "") for field in inputs if "name" in field} | dict(texts)
    return {name: unescape(value) for name, value in fields.items()}
