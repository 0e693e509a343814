"""Documents are what their names say, and do nothing when a reader opens them."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model

from aminata24.documents.content import CHECKS
from aminata24.readers.models import User
from tests.documents.files import BAD, GOOD

pytestmark = pytest.mark.django_db

Document = get_document_model()


@pytest.fixture
def editor(home_page: object, sign_in: Callable[..., User]) -> User:
    """An editor, signed in."""
    return sign_in("Editors")


def test_every_type_that_may_be_uploaded_is_looked_into() -> None:
    assert set(CHECKS) == set(settings.WAGTAILDOCS_EXTENSIONS)
    assert {name.rpartition(".")[2] for name in GOOD} == set(CHECKS)


@pytest.mark.parametrize("name", GOOD)
def test_a_document_is_accepted(client: Client, editor: User, name: str) -> None:
    response = client.post(
        reverse("wagtaildocs:add"), {"title": "Le rapport", "file": SimpleUploadedFile(name, GOOD[name])}
    )

    assert response.status_code == 302, response.context["form"].errors
    document = Document.objects.get()
    assert document.file.read() == GOOD[name]


@pytest.mark.parametrize(("name", "content", "word"), BAD.values(), ids=BAD)
def test_a_document_that_could_harm_is_refused_in_french_and_what_was_typed_is_kept(
    client: Client, editor: User, name: str, content: bytes, word: str
) -> None:
    response = client.post(
        reverse("wagtaildocs:add"),
        {"title": "Le rapport de la mairie", "tags": "eau, budget", "file": SimpleUploadedFile(name, content)},
    )

    assert response.status_code == 200
    form = response.context["form"]
    assert word in form.errors["file"][0]
    assert form["title"].value() == "Le rapport de la mairie"
    assert "budget" in response.content.decode()
    assert not Document.objects.exists()


@pytest.mark.parametrize("kind", ["a text with a macro project", "a PDF that runs JavaScript"])
def test_the_uploader_for_many_files_and_the_chooser_refuse_the_same(client: Client, editor: User, kind: str) -> None:
    name, content, word = BAD[kind]

    answer = client.post(
        reverse("wagtaildocs:add_multiple"), {"title": name, "files[]": SimpleUploadedFile(name, content)}
    ).json()
    chooser = client.post(
        reverse("wagtaildocs_chooser:create"),
        {
            "document-chooser-upload-title": "Le rapport",
            "document-chooser-upload-file": SimpleUploadedFile(name, content),
        },
    ).json()

    assert answer["success"] is False
    assert word in answer["error_message"]
    assert word in chooser["htmlFragment"]
    assert "Le rapport" in chooser["htmlFragment"]
    assert not Document.objects.exists()


def test_a_document_is_not_replaced_by_one_that_could_harm(client: Client, editor: User) -> None:
    document = Document.objects.create(title="Le rapport", file=SimpleUploadedFile("note.docx", GOOD["note.docx"]))
    name, content, _word = BAD["a text with a macro project"]

    response = client.post(
        reverse("wagtaildocs:edit", args=[document.pk]),
        {"title": "Le rapport", "file": SimpleUploadedFile(name, content)},
    )

    assert response.context["form"].errors["file"]
    document.refresh_from_db()
    assert document.file.read() == GOOD["note.docx"]


def test_the_words_of_a_document_are_edited_without_sending_it_again(client: Client, editor: User) -> None:
    document = Document.objects.create(title="Le rapport", file=SimpleUploadedFile("note.docx", GOOD["note.docx"]))

    response = client.post(reverse("wagtaildocs:edit", args=[document.pk]), {"title": "Le rapport de la mairie"})

    assert response.status_code == 302
    assert Document.objects.get().title == "Le rapport de la mairie"


@pytest.mark.parametrize("name", ["programme.exe", "page.html", "dessin.svg", "note.docm", "sans-extension"])
def test_a_document_of_another_type_is_refused(client: Client, editor: User, name: str) -> None:
    response = client.post(
        reverse("wagtaildocs:add"), {"title": "Le rapport", "file": SimpleUploadedFile(name, b"<script>")}
    )

    assert response.status_code == 200
    assert response.context["form"].errors["file"]
    assert response.context["form"]["title"].value() == "Le rapport"
    assert not Document.objects.exists()
