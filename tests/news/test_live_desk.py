"""The desk: who may do what, and that nothing typed there is lost, doubled or written over."""

import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client, TestCase
from django.urls import reverse
from PIL import Image
from wagtail.models import PageLogEntry

from aminata24.images.models import NewsImage
from aminata24.readers.models import User
from home.models import HomePage
from news.models import LiveCoveragePage, LiveEntry, LiveState
from tests.factories import AuthorFactory, CoverageFactory, DirectPageFactory, EntryFactory, ImageFactory

ROLES = ["Reporters", "Editors", "Editors-in-chief", "Moderators", "Sales"]
EDITORS = {"Editors", "Editors-in-chief"}
WRITERS = {"Reporters", *EDITORS}
JSON = {"headers": {"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"}}

on_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")


@pytest.fixture
def coverage(home_page: HomePage) -> LiveCoveragePage:
    """A running coverage at /direct/la-crue/."""
    return CoverageFactory(parent=DirectPageFactory(parent=home_page), title="La crue heure par heure", slug="la-crue")


@pytest.fixture
def editor(coverage: LiveCoveragePage, sign_in: Callable[..., User]) -> User:
    """An editor, signed in."""
    return sign_in("Editors")


def desk(coverage: LiveCoveragePage) -> str:
    """The address of the desk."""
    return reverse("live_desk", args=[coverage.pk])


def address(entry: LiveEntry) -> str:
    """The address of an entry's form."""
    return reverse("live_desk_entry", args=[entry.coverage_id, entry.pk])


def form(**changes: Any) -> dict[str, Any]:
    """What the desk's form sends for a short entry."""
    return {"text": "Le pont est fermé.", "key": str(uuid4()), "action": "publish", **changes}


def write(client: Client, coverage: LiveCoveragePage, **changes: Any) -> Any:
    """Send a new entry."""
    return client.post(desk(coverage), form(**changes))


def save(client: Client, entry: LiveEntry, **changes: Any) -> Any:
    """Send an entry's form as it was opened, with changes."""
    opened = {"headline": entry.headline, "text": entry.text, "version": entry.version, "key": str(entry.key)}
    return client.post(address(entry), {**opened, "action": "save", **changes})


def step(client: Client, entry: LiveEntry, action: str) -> Any:
    """Press a button below an entry."""
    return client.post(reverse("live_desk_step", args=[entry.coverage_id, entry.pk]), {"action": action})


def photo(name: str = "pont.jpg", colour: str = "teal") -> SimpleUploadedFile:
    """A photograph from a phone."""
    buffer = BytesIO()
    Image.new("RGB", (640, 480), colour).save(buffer, "JPEG")
    return SimpleUploadedFile(name, buffer.getvalue(), "image/jpeg")


# --- Roles ----------------------------------------------------------------------


@pytest.mark.django_db
def test_the_desk_opens_for_those_who_write(
    client: Client, coverage: LiveCoveragePage, sign_in: Callable[..., User]
) -> None:
    for screen in (reverse("live_desks"), desk(coverage), f"{desk(coverage)}changements/?depuis=0"):
        opened = set()
        for role in ROLES:
            sign_in(role)
            if client.get(screen).status_code == 200:
                opened.add(role)
            User.objects.all().delete()
        assert opened == WRITERS, screen
    client.logout()
    assert client.get(desk(coverage)).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_the_menu_leads_those_who_write_to_the_desk(
    client: Client, coverage: LiveCoveragePage, sign_in: Callable[..., User], role: str
) -> None:
    sign_in(role)
    assert ("/admin/direct/" in client.get("/admin/").content.decode()) == (role in WRITERS)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_editors_publish_and_reporters_write_drafts(
    client: Client, coverage: LiveCoveragePage, sign_in: Callable[..., User], role: str
) -> None:
    sign_in(role)
    write(client, coverage, headline="Publié", is_pinned="on")
    write(client, coverage, headline="Gardé", is_pinned="on", action="draft")
    found = {entry.headline: (entry.status, entry.is_pinned) for entry in LiveEntry.objects.all()}
    expected = {"Publié": ("published", False), "Gardé": ("draft", True)} if role in EDITORS else {}
    assert found == ({"Gardé": ("draft", False)} if role == "Reporters" else expected)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("action", "status", "field", "value"),
    [
        ("publish", "draft", "status", "published"),
        ("withdraw", "published", "status", "withdrawn"),
        ("restore", "withdrawn", "status", "published"),
        ("pin", "published", "is_pinned", True),
        ("essential", "published", "is_essential", True),
    ],
)
def test_only_editors_decide_what_readers_see(
    client: Client,
    coverage: LiveCoveragePage,
    sign_in: Callable[..., User],
    role: str,
    action: str,
    status: str,
    field: str,
    value: Any,
) -> None:
    user = sign_in(role)
    entry = EntryFactory(coverage=coverage, status=status, created_by=user)
    before = getattr(entry, field)
    step(client, entry, action)
    entry.refresh_from_db()
    assert getattr(entry, field) == (value if role in EDITORS else before)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_reporters_change_their_own_drafts_only(
    client: Client, coverage: LiveCoveragePage, sign_in: Callable[..., User], role: str
) -> None:
    user = sign_in(role)
    own = EntryFactory(coverage=coverage, status="draft", created_by=user, headline="Mon brouillon")
    others = EntryFactory(coverage=coverage, status="draft", headline="Leur brouillon")
    published = EntryFactory(coverage=coverage, created_by=user)
    changed = set()
    for name, entry in (("own", own), ("others", others), ("published", published)):
        save(client, entry, headline="Changé")
        entry.refresh_from_db()
        if entry.headline == "Changé":
            changed.add(name)
    assert changed == ({"own", "others", "published"} if role in EDITORS else {"own"} if role == "Reporters" else set())
    if role == "Reporters":
        html = client.get(desk(coverage)).content.decode()
        assert "Leur brouillon" not in html
        step(client, own, "discard")
        step(client, published, "discard")
        assert set(LiveEntry.objects.all()) == {others, published}


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_only_editors_close_a_coverage(
    client: Client, coverage: LiveCoveragePage, sign_in: Callable[..., User], role: str
) -> None:
    sign_in(role)
    client.post(reverse("live_desk_state", args=[coverage.pk]), {"action": "close"})
    assert (LiveState.objects.get().closed_at is not None) == (role in EDITORS)
    client.post(reverse("live_desk_state", args=[coverage.pk]), {"action": "open"})
    assert LiveState.objects.get().closed_at is None


@pytest.mark.django_db
def test_an_editor_publishes_what_a_reporter_wrote(
    client: Client, coverage: LiveCoveragePage, sign_in: Callable[..., User]
) -> None:
    reporter = sign_in("Reporters")
    write(client, coverage, headline="Vu du pont", action="draft")
    entry = LiveEntry.objects.get()
    sign_in("Editors")
    assert "Vu du pont" in client.get(desk(coverage)).content.decode()
    save(client, entry, headline="Vu depuis le pont", action="publish")
    client.force_login(reporter)
    save(client, entry, headline="Trop tard")
    client.logout()
    assert "Vu depuis le pont" in client.get("/direct/la-crue/").content.decode()


@pytest.mark.django_db
def test_a_form_of_another_site_publishes_nothing(editor: User, coverage: LiveCoveragePage) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    assert strict.post(desk(coverage), form()).status_code == 403
    assert not LiveEntry.objects.exists()


@pytest.mark.django_db
def test_an_entry_is_changed_within_its_own_coverage_only(client: Client, editor: User, coverage: Any) -> None:
    other = CoverageFactory(parent=coverage.get_parent())
    entry = EntryFactory(coverage=coverage)
    assert client.get(reverse("live_desk_entry", args=[other.pk, entry.pk])).status_code == 404


# --- Writing ----------------------------------------------------------------------


@pytest.mark.django_db
def test_what_is_published_is_on_the_next_page_readers_ask_for(
    client: Client, editor: User, coverage: LiveCoveragePage
) -> None:
    author = AuthorFactory(name="Awa Bamba")
    write(
        client,
        coverage,
        headline="Le pont est fermé",
        text="Les voitures font demi-tour.\n\nLes piétons **passent** encore.",
        quote="On attend",
        speaker="Koffi Adou",
        embed="https://youtu.be/abcdefghijk",
        embed_title="Le pont vu du ciel",
        facts="Deux voies coupées\nUn détour de 12 km",
        authors=[author.pk],
        is_essential="on",
    )
    html = Client().get("/direct/la-crue/").content.decode()
    for text in (
        "<h3>Le pont est fermé</h3>",
        "<p>Les piétons <b>passent</b> encore.</p>",
        "Koffi Adou",
        "Le pont vu du ciel",
        "<li>Un détour de 12 km</li>",
        "Awa Bamba",
    ):
        assert text in html
    assert LiveEntry.objects.get().created_by == editor


@pytest.mark.django_db
def test_a_picture_comes_straight_from_the_phone(client: Client, editor: User, coverage: LiveCoveragePage) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        write(client, coverage, text="", picture=photo(), picture_alt="Le pont sous l’eau", picture_credit="Awa")
    image = NewsImage.objects.get()
    assert (image.description, image.title, image.uploaded_by_user) == ("Le pont sous l’eau",) * 2 + (editor,)
    assert image.sources["natural"]
    html = Client().get("/direct/la-crue/").content.decode()
    assert 'alt="Le pont sous l’eau"' in html
    assert image.sources["natural"]["avif"][-1][2] in html


@pytest.mark.django_db
def test_a_picture_whose_sizes_are_not_cut_yet_fails_no_page(client: Client, editor: User, coverage: Any) -> None:
    write(client, coverage, picture=photo(), picture_alt="Le pont sous l’eau")
    assert NewsImage.objects.get().sources == {}
    response = Client().get("/direct/la-crue/")
    assert response.status_code == 200
    assert 'alt="Le pont sous l’eau"' in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": ""}, ""),
        ({"picture": lambda: photo()}, "picture_alt"),
        ({"picture": lambda: SimpleUploadedFile("pont.jpg", b"Bonjour"), "picture_alt": "Le pont"}, "picture"),
        ({"quote": "On attend"}, "speaker"),
        ({"embed": "https://example.com/film", "embed_title": "Un film"}, "embed"),
        ({"embed": "https://youtu.be/abcdefghijk"}, "embed_title"),
        ({"embed": "pas une adresse"}, "embed"),
        ({"facts": "\n".join("123456789")}, "facts"),
        ({"headline": "x" * 161}, "headline"),
        ({"text": "x" * 10_001}, "text"),
        ({"authors": ["999999"]}, "authors"),
        ({"key": "x"}, "key"),
        ({"image": "999999", "picture_alt": "Le pont"}, "image"),
    ],
)
def test_bad_input_gets_a_message_and_what_was_typed_stays(
    client: Client, editor: User, coverage: LiveCoveragePage, changes: dict[str, Any], field: str
) -> None:
    def data() -> dict[str, Any]:
        made = {name: value() if callable(value) else value for name, value in changes.items()}
        return form(**{"text": "Ce que j’ai tapé.", "speaker_role": "Un rôle à garder", **made})

    answer = client.post(desk(coverage), data(), **JSON)
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [field]
    page = client.post(desk(coverage), data())
    assert page.status_code == 422
    html = page.content.decode()
    assert "Un rôle à garder" in html
    assert ("Ce que j’ai tapé." in html) == ("text" not in changes)
    assert not LiveEntry.objects.exists()


@pytest.mark.django_db
def test_a_good_picture_is_kept_while_another_field_is_wrong(client: Client, editor: User, coverage: Any) -> None:
    answer = client.post(desk(coverage), form(picture=photo(), picture_alt="Le pont", quote="On attend"), **JSON)
    image = NewsImage.objects.get()
    assert answer.json()["image"] == image.pk
    write(client, coverage, image=image.pk, picture_alt="Le pont", quote="On attend", speaker="Awa")
    assert dict(LiveEntry.objects.get().raw_blocks)["image"]["image"] == image.pk


@pytest.mark.django_db
def test_french_punctuation_keeps_to_its_word(client: Client, editor: User, coverage: LiveCoveragePage) -> None:
    write(client, coverage, headline="Qui dit « non » ?")
    assert LiveEntry.objects.get().headline == "Qui dit «\u00a0non\u00a0»\u00a0?"


@pytest.mark.django_db
def test_a_form_sent_twice_makes_one_entry(client: Client, editor: User, coverage: LiveCoveragePage) -> None:
    data = form()
    for _ in range(2):
        assert client.post(desk(coverage), {**data, "picture": photo(), "picture_alt": "Le pont"}).status_code == 302
    assert LiveEntry.objects.count() == 1
    assert NewsImage.objects.count() == 1
    assert PageLogEntry.objects.filter(action="news.live.entry.publish").count() == 1


@pytest.mark.django_db
def test_the_script_gets_json_and_a_browser_alone_a_page(client: Client, editor: User, coverage: Any) -> None:
    assert client.post(desk(coverage), form(), **JSON).json() == {"message": "Publié."}
    assert client.post(desk(coverage), form(), follow=True).status_code == 200


# --- Changing ---------------------------------------------------------------------


@pytest.mark.django_db
def test_a_form_that_is_opened_and_saved_loses_nothing(client: Client, editor: User, coverage: Any) -> None:
    image = ImageFactory()
    body = [
        ("text", "Le pont **vibre**."),
        ("image", {"image": image, "caption": "Le pont", "credit": "Awa", "layout": "normal"}),
        ("quote", {"text": "On attend", "speaker": "Koffi", "role": "pêcheur"}),
        ("embed", {"url": "https://youtu.be/abcdefghijk", "title": "Le pont", "caption": ""}),
        ("key_points", {"title": "À retenir", "points": ["Un", "Deux"]}),
    ]
    entry = EntryFactory(coverage=coverage, body=body, authors=[AuthorFactory()], is_essential=True)
    opened = client.get(address(entry)).context["form"]
    initial = {name: value for name, value in opened.initial.items() if value not in (None, "", False)}
    data = {**initial, "authors": [author.pk for author in initial["authors"]], "headline": "Le pont bouge"}
    assert client.post(address(entry), data).status_code == 302
    saved = LiveEntry.objects.get()
    assert saved.headline == "Le pont bouge"

    def bare(stored: Any) -> Any:
        """Without the ids that a list's items get anew."""
        return json.loads(re.sub(r'"id": "[^"]*"', '"id": ""', json.dumps(list(stored))))

    assert bare(saved.raw_blocks) == bare(entry.raw_blocks)
    assert list(saved.authors.all()) == list(entry.authors.all())
    assert (saved.is_essential, saved.version, saved.status) == (True, 2, "published")


@pytest.mark.django_db
def test_two_who_change_the_same_entry_see_both_versions_and_lose_nothing(
    client: Client, editor: User, coverage: LiveCoveragePage
) -> None:
    entry = EntryFactory(coverage=coverage, headline="Le pont tient")
    save(client, entry, headline="Le pont tient bon")

    late = save(client, entry, headline="Le pont penche", text="Il penche de deux degrés.")
    assert late.status_code == 409
    html = late.content.decode()
    for text in ("Le pont tient bon", "Le pont penche", "Il penche de deux degrés."):
        assert text in html
    assert LiveEntry.objects.get().headline == "Le pont tient bon"

    # The form that came back knows of the other version, so that sending it again is a decision.
    version = late.context["form"]["version"].value()
    again = save(client, entry, headline="Le pont penche", text="Il penche de deux degrés.", version=version)
    assert again.status_code == 302
    assert LiveEntry.objects.get().headline == "Le pont penche"


@pytest.mark.django_db
def test_the_script_is_told_of_a_conflict_with_the_other_version(client: Client, editor: User, coverage: Any) -> None:
    entry = EntryFactory(coverage=coverage, headline="Le pont tient")
    save(client, entry, headline="Le pont tient bon")
    late = client.post(address(entry), form(headline="Le pont penche", version=1), **JSON)
    assert late.status_code == 409
    assert "Le pont tient bon" in late.json()["conflict"]
    assert late.json()["version"] == 2


@pytest.mark.django_db
def test_a_change_sent_twice_is_no_conflict(client: Client, editor: User, coverage: LiveCoveragePage) -> None:
    entry = EntryFactory(coverage=coverage)
    assert [save(client, entry, headline="Le pont penche").status_code for _ in range(2)] == [302, 302]
    assert LiveEntry.objects.get().version == 2


@pytest.mark.django_db
def test_a_button_pressed_by_a_colleague_is_no_conflict(client: Client, editor: User, coverage: Any) -> None:
    entry = EntryFactory(coverage=coverage)
    step(client, entry, "essential")
    step(client, entry, "pin")
    assert save(client, entry, headline="Le pont penche", is_pinned="on").status_code == 302


@pytest.mark.django_db
def test_a_correction_is_shown_with_the_time_it_was_made(client: Client, editor: User, coverage: Any) -> None:
    entry = EntryFactory(coverage=coverage)
    save(client, entry, correction="Le pont rouvre lundi.")
    entry.refresh_from_db()
    assert entry.corrected_at is not None
    assert "Le pont rouvre lundi." in Client().get("/direct/la-crue/").content.decode()
    save(client, entry, correction="")
    entry.refresh_from_db()
    assert entry.corrected_at is None


@pytest.mark.django_db
def test_what_is_withdrawn_is_gone_for_readers_and_comes_back_in_its_place(
    client: Client, editor: User, coverage: LiveCoveragePage
) -> None:
    entry = EntryFactory(coverage=coverage, headline="Une rumeur")
    published_at = entry.published_at
    reader = Client()
    seen = reader.get("/direct/la-crue/etat/").json()["change"]
    step(client, entry, "withdraw")
    assert "Une rumeur" not in reader.get("/direct/la-crue/").content.decode()
    assert "data-withdrawn" in reader.get(f"/direct/la-crue/nouveautes/?depuis={seen}").content.decode()
    step(client, entry, "restore")
    assert "Une rumeur" in reader.get("/direct/la-crue/").content.decode()
    entry.refresh_from_db()
    assert entry.published_at == published_at


@pytest.mark.django_db
def test_there_is_one_place_on_top(client: Client, editor: User, coverage: LiveCoveragePage) -> None:
    first, second = EntryFactory(coverage=coverage, is_pinned=True), EntryFactory(coverage=coverage)
    seen = LiveState.objects.get().public_change
    step(client, second, "pin")
    assert list(LiveEntry.objects.filter(is_pinned=True)) == [second]
    # Readers are told of both.
    html = Client().get(f"/direct/la-crue/nouveautes/?depuis={seen}").content.decode()
    assert f'data-entry="{first.pk}"' in html
    assert f'data-entry="{second.pk}"' in html


@pytest.mark.django_db
def test_the_desk_of_a_colleague_shows_what_changed_and_who_is_writing(
    client: Client, editor: User, coverage: LiveCoveragePage
) -> None:
    entry = EntryFactory(coverage=coverage, headline="Le pont tient")
    colleague = User.objects.create_user("awa@aminata24.example", first_name="Awa", last_name="Bamba")
    colleague.groups.add(Group.objects.get(name="Editors"))
    other = Client()
    other.force_login(colleague)
    seen = client.get(desk(coverage)).context["change"]
    other.get(address(entry))
    write(other, coverage, headline="Un brouillon d’Awa", action="draft")
    html = client.get(f"{desk(coverage)}changements/?depuis={seen}").content.decode()
    assert "Awa Bamba modifie cette publication" in html
    assert "Un brouillon d’Awa" in html
    assert "Awa Bamba modifie" in client.get(address(entry)).content.decode()
    save(other, entry, headline="Le pont tient bon")
    assert "Awa Bamba modifie" not in client.get(desk(coverage)).content.decode()


@pytest.mark.django_db
def test_the_history_of_the_page_tells_who_did_what(client: Client, editor: User, coverage: LiveCoveragePage) -> None:
    write(client, coverage, headline="Le pont est fermé")
    step(client, LiveEntry.objects.get(), "withdraw")
    client.post(reverse("live_desk_state", args=[coverage.pk]), {"action": "close"})
    logged = PageLogEntry.objects.filter(page=coverage.pk, user=editor).order_by("pk").values_list("action", flat=True)
    assert [action for action in logged if action.startswith("news.live")] == [
        "news.live.entry.create",
        "news.live.entry.publish",
        "news.live.entry.withdraw",
        "news.live.close",
    ]
    history = client.get(reverse("wagtailadmin_pages:history", args=[coverage.pk])).content.decode()
    assert "Publication retirée : « Le pont est fermé »" in history


@pytest.mark.django_db
def test_saving_the_page_does_not_reopen_a_closed_coverage(client: Client, editor: User, coverage: Any) -> None:
    revision = coverage.save_revision()
    client.post(reverse("live_desk_state", args=[coverage.pk]), {"action": "close"})
    revision.publish()
    assert LiveState.objects.get().closed_at is not None


@pytest.mark.django_db
def test_the_desk_pages_through_a_thousand_entries(client: Client, editor: User, coverage: LiveCoveragePage) -> None:
    LiveEntry.objects.bulk_create(LiveEntry(coverage=coverage, headline=f"Relevé {n}") for n in range(1000))
    html = client.get(desk(coverage)).content.decode()
    assert html.count("data-row=") == 30
    older = client.get(desk(coverage), {"avant": LiveEntry.objects.order_by("-pk")[29].pk}).content.decode()
    assert "Relevé 969" in older
    assert client.get(desk(coverage), {"avant": "x"}).status_code == 404


# --- Many at once, on PostgreSQL ----------------------------------------------------


@pytest.fixture
def committed(committing: None) -> LiveCoveragePage:
    """A coverage that other connections see."""
    return CoverageFactory(parent=DirectPageFactory(parent=HomePage.objects.get()))


def crowd(size: int) -> list[Client]:
    """Editors, each with a browser of their own."""
    clients = []
    for number in range(size):
        user = User.objects.create_user(f"foule{number}@aminata24.example")
        user.groups.add(Group.objects.get(name="Editors"))
        client = Client()
        client.force_login(user)
        clients.append(client)
    return clients


def at_once(act: Callable[[Client], Any], clients: list[Client]) -> list[Any]:
    """Have everyone do it at the same time."""

    def do(client: Client) -> Any:
        try:
            return act(client)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(clients)) as threads:
        return list(threads.map(do, clients))


@on_postgres
def test_twenty_editors_post_at_once_and_none_is_lost(committed: LiveCoveragePage) -> None:
    def post(client: Client) -> int:
        return write(client, committed, headline=f"De {id(client)}").status_code

    assert at_once(post, crowd(20)) == [302] * 20
    changes = list(committed.entries.order_by("change").values_list("change", flat=True))  # type: ignore[attr-defined]
    # Each has a number of its own, with no gap that a reader could miss.
    assert changes == list(range(1, 21))
    assert LiveState.objects.get(pk=committed.pk).public_change == 20


@on_postgres
def test_of_two_who_save_the_same_entry_at_once_one_is_shown_a_conflict(committed: LiveCoveragePage) -> None:
    entry = EntryFactory(coverage=committed)

    def change(client: Client) -> int:
        return save(client, entry, headline=f"De {id(client)}").status_code

    assert sorted(at_once(change, crowd(2))) == [302, 409]
    entry.refresh_from_db()
    assert entry.version == 2


@on_postgres
def test_a_form_sent_five_times_at_once_makes_one_entry(committed: LiveCoveragePage) -> None:
    data = form()
    client = crowd(1)[0]
    assert at_once(lambda same: same.post(desk(committed), data).status_code, [client] * 5) == [302] * 5
    assert committed.entries.count() == 1  # type: ignore[attr-defined]
