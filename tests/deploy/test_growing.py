"""A site that has outgrown one machine: two application servers, a replica of the database, Redis. All really run."""

import os
import re
import shutil
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest

from tests.deploy.conftest import Answer, ask_raw
from tests.postgres import Server
from tests.stack import Stack, free_port, production_stack

SECTION = "/afrique/"
WRITE_A_PAPER = """
from tests.conftest import make_home_page
from tests.factories import ArticleFactory, SectionFactory
section = SectionFactory(parent=make_home_page(), title="Afrique", slug="afrique")
ArticleFactory(parent=section, title="La lagune", slug="la-lagune")
"""
# What readers may have to wait for something new; generous, for machines that are busy with other tests.
PATIENCE_SECONDS = 20
# Pages that no cache has yet.
numbers = count()


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """A stack of its own, which the tests of this module break and leave whole."""
    redis = free_port()
    grown = {"CACHE_URL": f"redis://127.0.0.1:{redis}/0"}
    with production_stack("1000r/s", applications=2, workers=1, with_replica=True, **grown) as running:
        start_redis(running)
        running.manage("shell", "--no-imports", "-c", WRITE_A_PAPER)
        for port in ports(running):
            wait_for(lambda port=port: ask(port, fresh()).status == 200)
        yield running


def start_redis(stack: Stack) -> None:
    port = stack.environment["CACHE_URL"].rpartition(":")[2].removesuffix("/0")
    program = shutil.which("redis-server") or "/usr/bin/redis-server"
    stack.start("redis", program, "--port", port, "--bind", "127.0.0.1", "--save", "", "--dir", str(stack.home))


def ports(stack: Stack) -> tuple[int, ...]:
    return (stack.application_port, *stack.further_ports)


def replica_of(stack: Stack) -> Server:
    assert stack.replica
    return stack.replica


def fresh(path: str = SECTION) -> str:
    return f"{path}?fresh={next(numbers)}"


def ask(port: int, path: str, body: str = "", cookie: str = "") -> Answer:
    lines = [f"{'POST' if body else 'GET'} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close"]
    lines += [f"Cookie: {cookie}"] if cookie else []
    if body:
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return ask_raw(port, "\r\n".join([*lines, "", body]).encode())


def wait_for(what: Any) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not what():
        assert time.monotonic() < until, "It did not come."
        time.sleep(0.05)


def tell(server: Server, statement: str) -> Any:
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else None


def rename_section(stack: Stack) -> str:
    """Change something on the primary that readers see; gives what they will see."""
    title = f"Afrique {next(numbers)}"
    tell(stack.database, f"UPDATE wagtailcore_page SET title = '{title}' WHERE slug = 'afrique'")
    return title


def wait_until_all_show(stack: Stack, title: str) -> None:
    for port in ports(stack):
        wait_for(lambda port=port: title.encode() in ask(port, fresh()).body)


def wait_until_replica_is_read(stack: Stack) -> None:
    for port in ports(stack):
        wait_for(lambda port=port: reads_from_replica(stack, port))


def reads_from_replica(stack: Stack, port: int) -> bool:
    """Whether a page is looked for on the replica."""
    mark = f"nobody-{next(numbers)}"
    ask(port, f"/sujets/{mark}/")
    return was_asked_for(replica_of(stack), mark)


def was_asked_for(server: Server, mark: str) -> bool:
    """Whether this is in what some connection asked last."""
    asked = "SELECT query FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    return any(mark in (query or "") for (query,) in tell(server, asked))


def test_public_pages_are_read_from_the_replica_and_personal_ones_are_not(stack: Stack) -> None:
    wait_until_replica_is_read(stack)
    for port in ports(stack):
        session = f"session{next(numbers)}of{port}"
        ask(port, "/moi/", cookie=f"sessionid={session}; connecte=1")
        assert was_asked_for(stack.database, session)
        assert not was_asked_for(replica_of(stack), session)


def test_what_is_published_is_seen_on_both_servers_within_seconds(stack: Stack) -> None:
    wait_until_replica_is_read(stack)
    wait_until_all_show(stack, rename_section(stack))


def test_a_replica_that_falls_behind_is_not_read_until_it_has_caught_up(stack: Stack) -> None:
    wait_until_replica_is_read(stack)
    tell(replica_of(stack), "SELECT pg_wal_replay_pause()")
    try:
        wait_until_all_show(stack, rename_section(stack))
    finally:
        tell(replica_of(stack), "SELECT pg_wal_replay_resume()")
    wait_until_replica_is_read(stack)


def test_a_replica_that_is_lost_costs_no_reader_a_page(stack: Stack) -> None:
    wait_until_replica_is_read(stack)
    replica_of(stack).stop()
    try:
        assert [ask(stack.port, fresh()).status for _ in range(20)] == [200] * 20
        wait_until_all_show(stack, rename_section(stack))
    finally:
        replica_of(stack).start()
    wait_until_replica_is_read(stack)


def test_a_replica_that_hangs_keeps_nobody_waiting_for_long(stack: Stack) -> None:
    wait_until_replica_is_read(stack)
    with replica_of(stack).hanging():
        started = time.monotonic()
        assert [ask(port, fresh()).status for port in ports(stack) for _ in range(6)] == [200] * 12
        assert time.monotonic() - started < PATIENCE_SECONDS
    wait_until_replica_is_read(stack)


def test_without_the_primary_the_replica_still_serves_what_no_cache_has(stack: Stack) -> None:
    wait_until_replica_is_read(stack)
    pages = [SECTION, "/", "/afrique/la-lagune/", "/en-continu/", "/recherche/?q=lagune", "/flux/", "/sitemap.xml"]
    stack.database.stop()
    try:
        for port in ports(stack):
            assert {page: ask(port, page).status for page in pages} == dict.fromkeys(pages, 200)
            assert ask(port, "/nothing-of-that-name/").status == 404
    finally:
        stack.database.start()
    wait_until_all_show(stack, rename_section(stack))


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_a_redis_that_breaks_loses_neither_a_page_nor_what_was_typed(stack: Stack, how: signal.Signals) -> None:
    os.killpg(stack.processes["redis"].pid, how)
    try:
        assert ask(stack.port, fresh()).status == 200
        form = ask(stack.port, "/compte/connexion/")
        token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', form.body)
        assert token
        typed = {"login": "awa@aminata24.example", "password": "wrong", "csrfmiddlewaretoken": token[1].decode()}
        started = time.monotonic()
        answer = ask(stack.port, "/compte/connexion/", urlencode(typed), form.headers["set-cookie"].split(";")[0])
        assert (answer.status, b"awa@aminata24.example" in answer.body) == (200, True)
        assert time.monotonic() - started < 5
    finally:
        stack.stop("redis", signal.SIGKILL)
        start_redis(stack)


def test_an_application_server_that_is_lost_under_load_costs_no_reader_a_page(stack: Stack) -> None:
    def read(number: int) -> int:
        if number == 40:
            stack.stop("application-2", signal.SIGKILL)
        return ask(stack.port, fresh()).status

    try:
        with ThreadPoolExecutor(4) as readers:
            assert set(readers.map(read, range(160))) == {200}
    finally:
        stack.start_application("application-2", stack.further_ports[0])
    wait_for(lambda: _answers(stack.further_ports[0]))


def _answers(port: int) -> bool:
    try:
        return ask(port, fresh()).status == 200
    except OSError:
        return False
