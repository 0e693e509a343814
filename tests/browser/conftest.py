"""
A real Chromium, driven by Playwright, on a newsroom that a server in this process serves.

The newsroom is made once for all tests here, inside a transaction; what a test changes is rolled back after it.
"""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Lock
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections, transaction
from django.test import Client, TestCase, override_settings
from django.test.testcases import LiveServerThread
from django.utils.translation import gettext as _
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Response,
    ViewportSize,
    WebError,
    expect,
    sync_playwright,
)
from pytest_django import DjangoDbBlocker

from aminata24.readers.models import User
from tests.browser.launch import CHROMIUM, FLAGS
from tests.conftest import PASSWORD, make_home_page
from tests.newsroom import Newsroom, make_newsroom

# Playwright's own loop makes Django believe it runs inside asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
EDITOR = "editor@aminata24.example"

# Generous, for machines that are busy with other tests.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)

OpenContext = Callable[..., BrowserContext]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """
    Everything in this folder drives a browser.

    Where a machine has much else to do, a browser is late once in some thousand clicks; so what fails is tried once
    more, and pytest says that it was.
    """
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=1))


class OneAtATime(StaticFilesHandler):
    """
    The site, answering one request after the other, for all share the tests' connection to the database.

    What waits for a commit happens at the end of each request: the transaction around a test is never committed.
    """

    turn = Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        with self.turn, TestCase.captureOnCommitCallbacks(execute=True):
            return super().__call__(environ, start_response)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def address(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Where the site is served; what is written to its database meanwhile is undone in the end."""
    connection = connections["default"]
    with django_db_blocker.unblock(), transaction.atomic(), OneAtATime.turn:
        # For good: the threads of the browser's last connections end after the server.
        connection.inc_thread_sharing()
        server = LiveServerThread("localhost", OneAtATime, connections_override={connection.alias: connection})
        server.daemon = True
        server.start()
        server.is_ready.wait()
        if server.error:
            raise server.error
        yield f"http://localhost:{server.port}"
        server.terminate()
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def common_newsroom(address: str) -> Iterator[Newsroom]:
    """A small newsroom and its editor-in-chief."""
    with override_settings(SITE_URL=address):
        with TestCase.captureOnCommitCallbacks(execute=True):
            newsroom = make_newsroom(make_home_page(), articles=8)
            User.objects.create_superuser(EDITOR, PASSWORD)
        yield newsroom


@pytest.fixture
def newsroom(common_newsroom: Newsroom, db: None) -> Iterator[Newsroom]:
    """The newsroom as it was made, whatever the test before did to it."""
    # The server's turn is during the tests; what comes before and after them has the database to itself.
    OneAtATime.turn.release()
    yield common_newsroom
    OneAtATime.turn.acquire()


@pytest.fixture
def open_context(browser: Browser, address: str, newsroom: Newsroom) -> Iterator[OpenContext]:
    """
    Open a browser profile of its own: a phone unless told otherwise, that reaches no other site.

    A failure of the server, an error of our scripts, or what the content security policy had to stop fails the test.
    """
    elsewhere = re.compile(rf"^(?!{re.escape(address)}/)\w+:")
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def note_error(error: WebError) -> None:
        if error.page and "/admin/" not in error.page.url:
            errors.append(str(error.error))

    def note_failure(response: Response) -> None:
        if response.status >= 500:
            errors.append(f"{response.status} {response.url}")

    def note_refusal(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            errors.append(message.text)

    def open_context(**options: Any) -> BrowserContext:
        context = browser.new_context(**{"viewport": PHONE, "base_url": address, "locale": "fr-FR", **options})
        context.on("weberror", note_error)
        context.on("console", note_refusal)
        context.on("response", note_failure)
        context.route(elsewhere, lambda route: route.abort())
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context

    yield open_context
    for context in contexts:
        context.close()
    assert not errors


@pytest.fixture
def reader(open_context: OpenContext) -> Page:
    """A reader's phone."""
    return open_context().new_page()


@pytest.fixture
def reader_without_javascript(open_context: OpenContext) -> Page:
    """A reader's phone with JavaScript off."""
    return open_context(java_script_enabled=False).new_page()


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Fill in and send the log-in form, on its page or in the dialog."""
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(password)
    page.locator("[data-form-page] .form").get_by_role("button", name=_("Sign in")).click()


def sign_in_before(context: BrowserContext, user: User, address: str) -> None:
    """Give a browser the session of somebody who signed in before."""
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": session.key, "value": session.value, "url": address}])


@pytest.fixture
def editor(open_context: OpenContext, address: str) -> Page:
    """An editor-in-chief at a desk, who signed in before."""
    context = open_context(viewport=DESKTOP)
    sign_in_before(context, User.objects.get(email=EDITOR), address)
    return context.new_page()
