"""The service worker's script: what it keeps, and that browsers ask for it anew."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from aminata24.readers import offline
from aminata24.readers.models import User
from news.models import SectionPage
from tests.factories import ArticleFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_page")]


def worker(client: Client) -> tuple[dict[str, str], str]:
    """The files that the worker keeps, and its version."""
    script = client.get("/service-worker.js").content.decode()
    head = re.match(r'const FILES = (\{.*\}), VERSION = "(\w+)";\n', script)
    assert head
    return json.loads(head[1]), head[2]


def test_browsers_ask_for_the_worker_each_time_and_everyone_gets_the_same(
    client: Client, sign_in: Callable[..., User]
) -> None:
    response = client.get("/service-worker.js")
    assert response["Content-Type"].startswith("text/javascript")
    assert response["Cache-Control"] == "no-cache"
    assert not response.cookies
    assert client.get("/service-worker.js", headers={"If-None-Match": response["ETag"]}).status_code == 304
    sign_in()
    assert client.get("/service-worker.js").content == response.content


def test_every_file_that_the_worker_keeps_is_there(client: Client) -> None:
    files, _version = worker(client)
    for name, address in files.items():
        if address.startswith("/static/"):
            assert finders.find(address.removeprefix("/static/")), name
        else:
            assert client.get(address).status_code == 200, name


def test_the_worker_keeps_all_that_its_pages_are_made_of_and_nothing_of_other_pages(
    client: Client, section: SectionPage
) -> None:
    files, _version = worker(client)
    for path in (ArticleFactory(parent=section).path_on_site, "/hors-ligne/", "/mes-sauvegardes/"):
        page = client.get(path).content.decode()
        named = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page))
        # Forms are sent over a line.
        assert named - {"/static/css/forms.css"} <= files.keys(), path
    assert {"/static/js/buttons.js", "/static/js/saving.js", "/static/js/reading_bar.js"} <= files.keys()
    assert not {"/static/js/service_worker.js", "/static/js/desk.js", "/static/js/live.js"} & files.keys()


def test_the_worker_is_another_as_soon_as_a_file_is(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(offline.STATIC_FILES, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(offline, "STATIC_FILES", tmp_path)
    version = worker(client)[1]
    assert worker(client)[1] == version
    for name in ("css/tokens.css", "js/gallery.js"):
        with (tmp_path / name).open("a") as file:
            file.write("\n")
        before, version = version, worker(client)[1]
        assert version != before, name


def test_on_a_server_files_are_kept_under_plain_names_from_hashed_addresses(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path
    backend = "aminata24.delivery.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
    ignored: list[Any] = ["wagtail*", "admin*", "tests*", "django*"]
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=ignored)
    files, _version = worker(client)
    address = files["/static/js/site.js"]
    # As service_worker.js takes a name out of an address.
    assert re.sub(r"\.[0-9a-f]{12}(\.\w+)$", r"\1", address) == "/static/js/site.js" != address
    assert (tmp_path / address.removeprefix("/static/")).exists()


def test_the_policy_lets_the_worker_run(client: Client) -> None:
    assert "worker-src 'self'" in client.get("/")["Content-Security-Policy"]


def test_the_offline_page_shows_nothing_of_the_day(client: Client) -> None:
    for path in ("/hors-ligne/", "/mes-sauvegardes/"):
        page = client.get(path).content.decode()
        assert "noindex" in page
        assert "data-ticker" not in page
        assert "latest-list" not in page
        assert '<time datetime="' not in page
        assert 'class="ad' not in page
