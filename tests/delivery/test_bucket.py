"""Uploaded files in an S3 bucket, by settings alone; the store is a small one of our own."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

from aminata24.images.picture import file_url, picture
from tests.delivery.test_settings import ROOT, SECRETS
from tests.factories import ImageFactory

PUBLIC = "https://media.aminata24.example/paper"
SHOW = """
import json
from django.conf import settings
print(json.dumps([settings.STORAGES["default"], settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]]))
"""


class Store(BaseHTTPRequestHandler):
    """As much of S3 as files need: put, get, look, delete."""

    protocol_version = "HTTP/1.1"
    objects: dict[str, bytes] = {}

    def do_PUT(self) -> None:
        self.objects[self.path] = self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(200)

    def do_GET(self) -> None:
        found = self.objects.get(self.path)
        self._answer(404 if found is None else 200, found or b"")

    do_HEAD = do_GET

    def do_DELETE(self) -> None:
        self.objects.pop(self.path, None)
        self._answer(204)

    def _answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"1"')
        self.send_header("Last-Modified", "Wed, 01 Jul 2026 10:00:00 GMT")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Nobody reads it."""


@pytest.fixture(scope="module")
def store() -> Iterator[ThreadingHTTPServer]:
    """The running store, empty at first."""
    Store.objects = {}
    with ThreadingHTTPServer(("127.0.0.1", 0), Store) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def shown(store: ThreadingHTTPServer) -> list[dict]:
    """What production makes of the variables: its storage and its content security policy."""
    address = f"s3+http://key:se%2Fcret@127.0.0.1:{store.server_port}/paper?region=eu-west-3"
    variables = SECRETS | {"MEDIA_STORAGE_URL": address, "MEDIA_PUBLIC_URL": PUBLIC}
    environment = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, **variables}
    environment["DJANGO_SETTINGS_MODULE"] = "aminata24.settings.production"
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", SHOW]
    return json.loads(subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True).stdout)


@pytest.fixture
def bucket(shown: list[dict], settings) -> Iterator[dict[str, bytes]]:
    """What lies in the bucket, with the site's uploads going there."""
    settings.STORAGES = {**settings.STORAGES, "default": shown[0]}
    file_url.cache_clear()
    yield Store.objects
    file_url.cache_clear()


def test_pages_may_load_pictures_and_sound_from_where_the_files_are(shown: list[dict]) -> None:
    for directive in ("img-src", "media-src", "connect-src"):
        assert "https://media.aminata24.example" in shown[1][directive]
    assert "https://media.aminata24.example" not in shown[1]["script-src"]


def test_a_file_is_kept_under_a_name_of_its_own_and_read_back(bucket: dict[str, bytes]) -> None:
    one, other = (default_storage.save("notes/été.txt", ContentFile(text)) for text in (b"one", b"other"))
    assert one != other
    with default_storage.open(one) as file:
        assert file.read() == b"one"
    default_storage.delete(one)
    assert not default_storage.exists(one)
    assert default_storage.exists(other)


@pytest.mark.django_db
def test_a_picture_is_cut_into_the_bucket_under_an_address_that_never_changes(bucket: dict[str, bytes]) -> None:
    image = ImageFactory()
    image.make_shape("wide")
    shown = picture(image, "wide")
    assert shown is not None
    assert shown.src.startswith(f"{PUBLIC}/r/")
    assert "?" not in shown.src
    assert shown.src.replace("https://media.aminata24.example", "") in bucket


@pytest.mark.django_db
def test_a_document_comes_through_the_site_which_looks_at_who_may_have_it(bucket: dict, client: Client) -> None:
    collection = Collection.get_first_root_node().add_child(name="Dossier")
    document = Document.objects.create(
        title="Dossier", file=ContentFile(b"%PDF-1.4", "dossier.pdf"), collection=collection
    )
    assert b"".join(client.get(document.url)) == b"%PDF-1.4"
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    assert client.get(document.url).status_code == 302


@pytest.mark.django_db
def test_a_backup_says_that_it_holds_no_files_of_the_bucket(settings, monkeypatch, capsys) -> None:
    from aminata24.backup.management.commands import backup
    from aminata24.backup.snapshots import Snapshot

    settings.MEDIA_STORAGE_URL = "s3://key:secret@s3.example/paper"
    monkeypatch.setattr(backup, "make_snapshot", lambda: Snapshot("2026-07-01T10:00:00+00:00", "sqlite", False, ""))
    call_command("backup")
    assert "bucket" in capsys.readouterr().out
