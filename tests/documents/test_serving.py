"""Documents on their way to readers: as files, to those who may have them, and by nginx where it stands in front."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from aminata24.readers.models import User
from tests.documents.files import GOOD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_page")]

BY_NGINX = {"X-Sendfile-Type": "X-Accel-Redirect"}


def document(name: str, **fields: Any) -> Any:
    """A document with this name."""
    return get_document_model().objects.create(
        title="Le rapport", file=SimpleUploadedFile(name, GOOD.get(name, b"x")), **fields
    )


@pytest.mark.parametrize("headers", [{}, BY_NGINX])
@pytest.mark.parametrize(
    ("name", "disposition", "type"),
    [
        ("rapport.pdf", "attachment", "application/pdf"),
        ("prix.csv", "attachment", "text/csv"),
        ("note.docx", "attachment", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("film.mp4", "inline", "video/mp4"),
        ("son.mp3", "inline", "audio/mpeg"),
    ],
)
def test_a_document_is_downloaded_and_only_sound_and_film_play(
    client: Client, headers: dict[str, str], name: str, disposition: str, type: str
) -> None:
    response = client.get(document(name).url, headers=headers)

    assert response.headers["Content-Type"] == type
    assert response.headers["Content-Disposition"].startswith(f"{disposition}; filename=")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert not response.cookies


def test_nginx_is_told_where_the_file_lies(client: Client) -> None:
    response = client.get(document("prix.csv").url, headers=BY_NGINX)

    assert response.headers["X-Accel-Redirect"].startswith("/_documents/prix")
    assert response.content == b""


def test_without_nginx_the_application_sends_the_file(client: Client) -> None:
    response = client.get(document("prix.csv").url)

    assert response.getvalue() == GOOD["prix.csv"]
    assert "X-Accel-Redirect" not in response.headers


@pytest.mark.parametrize("headers", [{}, BY_NGINX])
def test_a_private_document_is_for_its_group_alone(client: Client, headers: dict[str, str]) -> None:
    collection = Collection.get_first_root_node().add_child(name="Enquête")
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.get(name="Editors"))
    url = document("rapport.pdf", collection=collection).url
    insider = User.objects.create_user("aya@example.com")
    insider.groups.add(Group.objects.get(name="Editors"))

    stranger = client.get(url, headers=headers)
    assert stranger.status_code == 302
    assert "X-Accel-Redirect" not in stranger.headers
    client.force_login(User.objects.create_user("koffi@example.com"))
    assert client.get(url, headers=headers).status_code in (302, 403)
    client.force_login(insider)
    answer = client.get(url, headers=headers)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]


def test_another_name_does_not_lead_to_the_document(client: Client) -> None:
    paper = document("rapport.pdf")
    assert client.get(f"/documents/{paper.pk}/autre.html").status_code == 404
