"""What a reader saves, on whichever device, comes together in the account, and nothing gets lost on the way."""

import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from aminata24.readers import saved
from aminata24.readers.models import Change, SavedArticle, User
from aminata24.readers.models import saved_article as rules
from aminata24.readers.models.saved_article import REMOVALS_KEPT, merged
from news.models import ArticlePage, SectionPage
from tests.conftest import PASSWORD
from tests.factories import ArticleFactory, ImageFactory

pytestmark = pytest.mark.django_db

SYNC = "/mes-sauvegardes/synchroniser/"
LIST = "/mes-sauvegardes/liste/"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)

moments = st.integers(0, 5).map(lambda hours: NOON + timedelta(hours=hours))
changes = st.lists(st.tuples(st.integers(1, 4), st.builds(Change, moments, st.booleans())), max_size=12)


def milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def saved_at(article: ArticlePage, moment: datetime = NOON) -> dict[str, Any]:
    """What a browser sends of an article that it saved."""
    return {"id": article.pk, "at": milliseconds(moment)}


def removed_at(article: ArticlePage, moment: datetime = NOON) -> dict[str, Any]:
    return {**saved_at(article, moment), "removed": True}


def send(client: Client, *changes: dict[str, Any]) -> list[int]:
    """Send changes as a browser does; gives the keys of the list it gets."""
    response = client.post(SYNC, {"changes": list(changes)}, content_type="application/json")
    assert response.status_code == 200, response.content
    return [article["id"] for article in response.json()["saved"]]


@pytest.fixture
def reader(client: Client, sign_in: Callable[..., User]) -> User:
    """A reader who is signed in."""
    return sign_in()


@pytest.fixture
def articles(section: SectionPage) -> list[ArticlePage]:
    return [ArticleFactory(parent=section) for _ in range(4)]


@given(changes, changes)
def test_the_order_in_which_devices_come_does_not_matter(one: list, other: list) -> None:
    assert merged([*one, *other]) == merged([*other, *one])


@given(changes, changes)
def test_what_comes_twice_counts_once(one: list, other: list) -> None:
    assert merged([*one, *other, *one]) == merged([*one, *other])
    assert merged(merged(one).items()) == merged(one)


@given(changes)
def test_the_last_change_of_each_article_stands_and_saving_wins_a_tie(all_changes: list) -> None:
    last = merged(all_changes)
    assert last.keys() == {key for key, _change in all_changes}
    for key, change in all_changes:
        assert change.at <= last[key].at
        if change.is_saved and change.at == last[key].at:
            assert last[key].is_saved


@given(st.lists(changes, min_size=1, max_size=4), st.randoms())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_account_holds_what_all_devices_together_say(
    articles: list, reader: User, devices: list, chance: Any
) -> None:
    SavedArticle.objects.all().delete()
    keys = {number: article.pk for number, article in enumerate(articles, start=1)}
    devices = [[(keys[number], change) for number, change in device] for device in devices]
    expected = merged(change for device in devices for change in device)
    chance.shuffle(devices)
    for device in devices:
        SavedArticle.objects.merge(reader, merged(device))
    assert {row.article_id: row.change for row in SavedArticle.objects.of(reader)} == expected


def test_two_devices_that_were_offline_find_all_that_either_saved(client: Client, reader: User, articles: list) -> None:
    phone, laptop, both, gone = articles
    send(client, saved_at(both), saved_at(gone))

    send(client, saved_at(phone, NOON + timedelta(hours=2)), removed_at(gone, NOON + timedelta(hours=1)))
    listed = send(client, saved_at(laptop, NOON + timedelta(hours=1)))

    assert listed == [phone.pk, laptop.pk, both.pk]
    assert send(client) == listed


def test_an_article_that_is_saved_again_after_its_removal_is_back(client: Client, reader: User, articles: list) -> None:
    article = articles[0]
    assert send(client, removed_at(article, NOON + timedelta(hours=1))) == []
    assert send(client, saved_at(article, NOON)) == []
    assert send(client, saved_at(article, NOON + timedelta(hours=2))) == [article.pk]


def test_what_is_said_to_happen_in_the_future_happened_now(client: Client, reader: User, articles: list) -> None:
    send(client, saved_at(articles[0], timezone.now() + timedelta(days=400)), {"id": articles[1].pk, "at": 10**400})
    for row in SavedArticle.objects.of(reader):
        assert timezone.now() - timedelta(minutes=1) < row.changed_at <= timezone.now()
    assert SavedArticle.objects.of(reader).count() == 2


def test_the_answer_holds_what_a_card_shows(client: Client, reader: User, section: SectionPage) -> None:
    image = ImageFactory()
    image.make_shape("wide")
    article = ArticleFactory(parent=section, lead_image=image, short_headline="Le bac est revenu")

    response = client.post(SYNC, {"changes": [saved_at(article)]}, content_type="application/json")

    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    (entry,) = response.json()["saved"]
    assert entry["image"].startswith("/media/")
    assert entry | {"image": ""} == {
        "id": article.pk,
        "at": milliseconds(NOON),
        "url": article.path_on_site,
        "title": "Le bac est revenu",
        "section": "Afrique",
        "image": "",
        "published": article.published_at.isoformat(timespec="seconds"),
    }


def test_a_browser_learns_from_moi_whether_its_list_is_the_latest(client: Client, reader: User, articles: list) -> None:
    before = client.get("/moi/").json()["saved"]
    response = client.post(SYNC, {"changes": [saved_at(articles[0])]}, content_type="application/json")
    version = response.json()["version"]
    assert client.get("/moi/").json()["saved"] == version != before
    send(client, saved_at(articles[0]))
    assert client.get("/moi/").json()["saved"] == version
    send(client, removed_at(articles[0], NOON + timedelta(hours=1)))
    assert client.get("/moi/").json()["saved"] == before


def test_articles_that_are_not_public_are_not_shown_and_come_back(client: Client, reader: User, articles: list) -> None:
    withdrawn, private, public, _other = articles
    withdrawn.unpublish()
    PageViewRestriction.objects.create(page=private, restriction_type="login")

    assert send(client, saved_at(withdrawn), saved_at(private), saved_at(public)) == [public.pk]

    withdrawn.save_revision().publish()
    assert set(send(client)) == {withdrawn.pk, public.pk}


def test_an_article_that_never_was_is_passed_over(client: Client, reader: User, articles: list) -> None:
    assert send(client, {"id": 999_999, "at": 1}, saved_at(articles[0]), {"id": 2**63 - 1, "at": 1}) == [articles[0].pk]


def test_a_reader_sees_nobody_elses_list(client: Client, reader: User, articles: list) -> None:
    other = User.objects.create_user("koffi@example.com", PASSWORD)
    SavedArticle.objects.merge(other, {articles[0].pk: Change(NOON, is_saved=True)})
    assert send(client) == []
    assert articles[0].title not in client.get(LIST).content.decode()


def test_old_removals_are_forgotten(client: Client, reader: User, articles: list) -> None:
    long_ago = timezone.now() - REMOVALS_KEPT - timedelta(days=1)
    send(client, removed_at(articles[0], long_ago), removed_at(articles[1], timezone.now()))
    send(client)
    assert [row.article_id for row in SavedArticle.objects.of(reader)] == [articles[1].pk]


def test_a_full_list_loses_its_oldest(
    client: Client, reader: User, articles: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MOST_SAVED", 2)
    listed = send(client, *(saved_at(article, NOON + timedelta(hours=hour)) for hour, article in enumerate(articles)))
    assert listed == [articles[3].pk, articles[2].pk]
    assert SavedArticle.objects.of(reader).count() == 2


def test_a_visitor_has_no_list_in_the_database(client: Client, articles: list) -> None:
    response = client.post(SYNC, {"changes": [saved_at(articles[0])]}, content_type="application/json")
    assert response.status_code == 401
    assert response.json()["error"]
    assert not SavedArticle.objects.exists()
    assert client.get(LIST).status_code == 302


def test_another_site_changes_nothing(reader: User, articles: list) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(reader)
    body = {"changes": [saved_at(articles[0])]}
    assert client.post(SYNC, body, content_type="application/json").status_code == 403
    assert client.post(LIST, {"article": articles[0].pk}).status_code == 403
    token = client.get("/moi/").json()["csrf"]
    headers = {"X-CSRFToken": token}
    assert client.post(SYNC, body, content_type="application/json", headers=headers).status_code == 200


BAD_BODIES = [
    b"",
    b"{",
    b"\xff\xfe",
    b"null",
    b"[]",
    b'"changes"',
    b"[" * 100_000,
    b'{"changes": {}}',
    b'{"changes": [1]}',
    b'{"changes": [null]}',
    b'{"changes": [{}]}',
    b'{"changes": [{"id": "1", "at": 1}]}',
    b'{"changes": [{"id": true, "at": 1}]}',
    b'{"changes": [{"id": 1.5, "at": 1}]}',
    b'{"changes": [{"id": -1, "at": 1}]}',
    b'{"changes": [{"id": 9223372036854775808, "at": 1}]}',
    b'{"changes": [{"id": 1, "at": NaN}]}',
    b'{"changes": [{"id": 1, "at": Infinity}]}',
    b'{"changes": [{"id": 1, "at": -1}]}',
    b'{"changes": [{"id": 1, "at": "2026"}]}',
    b'{"changes": [{"id": 1, "at": ' + b"9" * 10_000 + b"}]}",
    b'{"changes": [{"id": 1, "at": 1, "removed": "yes"}]}',
    json.dumps({"changes": [{"id": 1, "at": 1}] * (saved.MOST_CHANGES + 1)}).encode(),
    b" " * (10 * 1024 * 1024 + 1),
]


@pytest.mark.parametrize("body", BAD_BODIES, ids=range(len(BAD_BODIES)))
def test_what_is_no_list_of_changes_gets_a_message(client: Client, reader: User, body: bytes) -> None:
    response = client.post(SYNC, body, content_type="application/json")
    assert response.status_code == 400
    assert response.json()["error"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["changes", "id", "at", "removed", "x"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(json_values | st.fixed_dictionaries({"changes": st.lists(json_values, max_size=3)}))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_sent_never_breaks_the_server(client: Client, reader: User, data: Any) -> None:
    response = client.post(SYNC, json.dumps(data), content_type="application/json")
    assert response.status_code in (200, 400)


def test_the_list_is_read_and_pruned_without_javascript(client: Client, reader: User, articles: list) -> None:
    send(client, saved_at(articles[0]), saved_at(articles[1]))

    page = client.get(LIST)
    assert "no-store" in page["Cache-Control"]
    assert articles[0].title in page.content.decode()
    response = client.post(LIST, {"article": articles[0].pk})

    assert response.status_code == 302
    page = client.get(response["Location"]).content.decode()
    assert articles[0].title not in page
    assert articles[1].title in page
    assert send(client, saved_at(articles[0])) == [articles[1].pk], "the removal is later than the saving"


@pytest.mark.parametrize("article", ["", "x", "-1", "²", "9" * 30, "999999"])
def test_removing_what_is_not_there_breaks_nothing(client: Client, reader: User, article: str) -> None:
    assert client.post(LIST, {"article": article}).status_code == 302
    assert client.get(LIST).status_code == 200


def test_a_long_list_is_leafed_through(
    client: Client, reader: User, articles: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved, "ARTICLES_PER_PAGE", 3)
    send(client, *(saved_at(article, NOON + timedelta(hours=hour)) for hour, article in enumerate(articles)))
    assert articles[0].title not in client.get(LIST).content.decode()
    assert articles[0].title in client.get(f"{LIST}?page=2").content.decode()


def test_the_copy_of_a_readers_data_holds_what_they_saved_and_removed(
    client: Client, reader: User, articles: list
) -> None:
    send(client, saved_at(articles[0]), removed_at(articles[1], NOON + timedelta(hours=1)))
    newest, oldest = saved.saved_articles_of(reader)
    assert (newest["title"], newest["saved"]) == (articles[1].title, False)
    assert oldest["address"].endswith(articles[0].path_on_site)
    assert oldest["saved"]


def test_the_list_goes_with_the_account(client: Client, reader: User, articles: list) -> None:
    send(client, saved_at(articles[0]))
    reader.delete()
    assert not SavedArticle.objects.exists()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory has one connection")
def test_devices_that_sync_at_once_lose_nothing(committing: None, articles: list) -> None:
    reader = User.objects.create_user("aya@example.com", PASSWORD)
    keys = [article.pk for article in articles]
    start = threading.Barrier(8)
    errors: list[Exception] = []

    def sync(number: int) -> None:
        try:
            start.wait()
            for turn in range(5):
                at = NOON + timedelta(minutes=number + 8 * turn)
                SavedArticle.objects.merge(reader, {key: Change(at, is_saved=number % 2 == 1) for key in keys})
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    devices = [threading.Thread(target=sync, args=[number]) for number in range(8)]
    for device in devices:
        device.start()
    for device in devices:
        device.join()

    assert not errors
    last = Change(NOON + timedelta(minutes=7 + 8 * 4), is_saved=True)
    assert {row.article_id: row.change for row in SavedArticle.objects.of(reader)} == dict.fromkeys(keys, last)
