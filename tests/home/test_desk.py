"""« La une »: stories are pinned, ordered and published from one screen, and nobody overwrites anybody."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from aminata24.readers.models import User
from home.desk.views import edition
from home.models import HomePage
from home.rails import fill_rails
from news.models import ArticlePage, SectionPage
from tests.factories import ArticleFactory, SectionFactory

pytestmark = pytest.mark.django_db

DESK = "/admin/une/"


@pytest.fixture
def stories(section: SectionPage) -> list[ArticlePage]:
    """Eight published stories, the newest first."""
    return [ArticleFactory(parent=section) for _ in range(8)]


@pytest.fixture
def front(home_page: HomePage, section: SectionPage, stories: list[ArticlePage]) -> HomePage:
    """A front page of three rails, nothing pinned."""
    home_page.rails = [
        ("lead_package", {"pinned": []}),
        ("section_rail", {"section": section, "count": 3, "pinned": []}),
        ("latest", {"count": 8}),
    ]
    home_page.save_revision().publish()
    return HomePage.objects.get(pk=home_page.pk)


@pytest.fixture(autouse=True)
def editor(home_page: Page, sign_in: Callable[..., User]) -> User:
    """An editor, signed in."""
    return sign_in("Editors", first_name="Brahima")


def keys_of(front: HomePage) -> list[str]:
    """The keys of the rails, from top to bottom."""
    return [item["id"] for item in front.rails.raw_data]


def send(client: Client, front: HomePage, action: str, pins: dict[int, list[Any]] | None = None, **changes: Any) -> Any:
    """Send the desk's form with these stories pinned to the rails of these numbers."""
    rails = keys_of(front)
    form = {"rail": rails, "edition": edition(HomePage.objects.get(pk=front.pk)), "action": action}
    form |= {f"pins-{rails[number]}": [getattr(s, "pk", s) for s in pinned] for number, pinned in (pins or {}).items()}
    return client.post(DESK, {**form, **changes})


def shown(front: HomePage) -> list[list[ArticlePage]]:
    """The stories of each rail that readers see."""
    rails = fill_rails(HomePage.objects.get(pk=front.pk).rails)
    return [[ArticlePage.objects.get(pk=story.pk) for story in rail.stories] for rail in rails]


def test_the_desk_shows_the_rails_as_readers_see_them(client: Client, front: HomePage, stories: list[Any]) -> None:
    page = client.get(DESK).content.decode()

    assert all(key in page for key in keys_of(front))
    assert all(story.title in page for story in stories)


def test_what_is_pinned_and_published_reaches_readers_at_once(
    client: Client, front: HomePage, stories: list[ArticlePage]
) -> None:
    old = stories[7]
    assert old.path_on_site not in client.get("/").content.decode().split("rail--section_rail")[0]

    response = send(client, front, "publish", {0: [old, stories[3]]})

    assert response.status_code == 302
    assert shown(front)[0] == [old, stories[3], *stories[:3]]
    lead = client.get("/").content.decode().split("rail--section_rail")[0]
    assert lead.index(old.path_on_site) < lead.index(stories[3].path_on_site) < lead.index(stories[0].path_on_site)


def test_a_draft_stays_from_the_readers_until_it_is_published(
    client: Client, front: HomePage, stories: list[ArticlePage], editor: User
) -> None:
    send(client, front, "draft", {0: [stories[7]]})

    front.refresh_from_db()
    assert front.has_unpublished_changes
    assert front.latest_revision.user == editor
    assert shown(front)[0] == stories[:5]
    assert "Brahima" in client.get(DESK).content.decode()
    send(client, front, "publish", {0: [stories[7]]})
    assert shown(front)[0][0] == stories[7]


def test_rails_change_places(client: Client, front: HomePage) -> None:
    order = keys_of(front)[::-1]

    send(client, front, "publish", rail=order)

    assert keys_of(HomePage.objects.get(pk=front.pk)) == order


def test_a_move_is_answered_with_the_rails_filled_anew_and_nothing_is_saved(
    client: Client, front: HomePage, stories: list[ArticlePage]
) -> None:
    revision = front.latest_revision_id

    answer = send(client, front, "", {1: [stories[0]]}).content.decode()

    lead, rail = answer.split("<section")[1:3]
    # Pinned below, it no longer stands on top.
    assert stories[0].title not in lead
    assert f'name="pins-{keys_of(front)[1]}"' in rail
    front.refresh_from_db()
    assert front.latest_revision_id == revision


def test_two_editors_do_not_overwrite_each_other(
    client: Client, front: HomePage, stories: list[ArticlePage], sign_in: Callable[..., User]
) -> None:
    seen = edition(front)
    send(client, front, "publish", {0: [stories[6]]})

    sign_in("Editors-in-chief")
    refused = send(client, front, "publish", {0: [stories[7]]}, edition=seen)

    assert refused.status_code == 409
    assert shown(front)[0][0] == stories[6]
    page = refused.content.decode()
    assert "Brahima" in page
    # What was arranged stands there still, and is saved once more on purpose.
    assert page.index(stories[7].title) < page.index(stories[0].title)
    assert send(client, front, "publish", {0: [stories[7]]}).status_code == 302
    assert shown(front)[0][0] == stories[7]


def test_a_draft_saved_over_in_the_page_editor_counts_as_another(
    client: Client, front: HomePage, stories: list[ArticlePage]
) -> None:
    seen = edition(front)
    front.save_revision(overwrite_revision=front.latest_revision)

    assert send(client, front, "publish", {0: [stories[7]]}, edition=seen).status_code == 409


def test_a_rail_added_meanwhile_stays(client: Client, front: HomePage, stories: list[ArticlePage]) -> None:
    order = keys_of(front)
    front.rails.append(("newsletter", {"title": "La lettre", "text": ""}))
    front.save_revision().publish()

    send(client, front, "publish", {0: [stories[7]]}, rail=order)

    kinds = [block.block_type for block in HomePage.objects.get(pk=front.pk).rails]
    assert kinds == ["lead_package", "section_rail", "latest", "newsletter"]


def test_nonsense_pins_nothing_and_no_more_than_fit_are_pinned(
    client: Client, front: HomePage, stories: list[ArticlePage]
) -> None:
    send(client, front, "publish", {0: ["x", "-1", 999_999, "9" * 40, stories[5], stories[5]], 1: stories[:4]})

    raw = HomePage.objects.get(pk=front.pk).rails.raw_data
    pinned = [[pin["value"] for pin in item["value"].get("pinned", [])] for item in raw]
    assert pinned == [[stories[5].pk], [story.pk for story in stories[:3]], []]


def test_a_pinned_story_that_was_withdrawn_is_shown_as_such(
    client: Client, front: HomePage, stories: list[ArticlePage]
) -> None:
    send(client, front, "publish", {0: [stories[4]]})
    stories[4].unpublish()

    assert "<em>" in client.get(DESK).content.decode()


def test_a_rail_of_a_section_that_was_withdrawn_is_kept(client: Client, front: HomePage, section: SectionPage) -> None:
    section.unpublish()

    send(client, front, "publish")

    assert len(keys_of(HomePage.objects.get(pk=front.pk))) == 3


def test_a_locked_front_page_is_not_saved(
    client: Client, front: HomePage, stories: list[ArticlePage], sign_in: Callable[..., User], editor: User
) -> None:
    chief = sign_in("Editors-in-chief")
    front.locked, front.locked_by = True, chief
    front.save()
    client.force_login(editor)

    assert send(client, front, "publish", {0: [stories[7]]}).status_code == 409
    assert shown(front)[0] == stories[:5]


def test_stories_are_found_by_words_of_their_headline(client: Client, front: HomePage, section: SectionPage) -> None:
    ArticleFactory(parent=section, title="Les piroguiers de Grand-Lahou")
    ArticleFactory(parent=SectionFactory(parent=section), title="Les piroguiers de Jacqueville", live=False)

    page = client.get(f"{DESK}articles/", {"q": "piroguier"}).content.decode()

    assert "Grand-Lahou" in page
    assert "Jacqueville" not in page
    assert client.get(f"{DESK}articles/", {"q": "zzz"}).status_code == 200


def test_a_story_pinned_to_a_rail_is_not_taken_by_one_above(
    client: Client, front: HomePage, stories: list[ArticlePage]
) -> None:
    send(client, front, "publish", {1: [stories[0]]})

    lead, rail, _latest = shown(front)
    assert lead == stories[1:6]
    assert rail[0] == stories[0]
