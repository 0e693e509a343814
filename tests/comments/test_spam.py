"""The spam checks, one by one."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from aminata24.comments.models import Ban, Comment, Status, Tally
from aminata24.comments.people import key_of_address
from aminata24.readers.models import User
from news.models import ArticlePage
from tests.comments.visitors import TEXT, Visitor, opened, page_of, set_rules
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_waits(home_page: object) -> None:
    """What waits here waits because of a check."""
    set_rules(first_waits=False, spam_words="casino\nPrêt  rapide\n\n", waiting_words="Élection\n(scandale)")


def visitors(article: ArticlePage) -> Iterator[Visitor]:
    """People who have nothing in common."""
    for number in range(1, 250):
        yield Visitor(article, address=f"198.51.100.{number}", name=f"Lecteur{number} Konan")


def last() -> Comment:
    return Comment.objects.latest("pk")


def test_what_fills_in_a_field_that_nobody_sees_is_spam_and_hears_nothing_of_it(visitor: Visitor) -> None:
    answer = visitor.write(website="https://spam.example")
    assert "attend un modérateur" in page_of(answer)
    assert last().status == Status.SPAM


def test_the_field_for_robots_is_hidden_from_people(visitor: Visitor) -> None:
    page = page_of(visitor.client.get(visitor.path()))
    assert "<p hidden>" in page
    assert 'name="website" tabindex="-1" autocomplete="off"' in page


def test_who_is_quicker_than_one_can_type_sends_it_again(visitor: Visitor) -> None:
    answer = visitor.write(stamp=opened(0))
    assert answer.status_code == 422
    assert "C’était très rapide" in page_of(answer)
    assert not Comment.objects.exists()


@pytest.mark.parametrize("text", ["Le CASINO du coin", "cásino", "саsinо", "un prêt\nrapide !", "Un PRET   RAPIDE"])
def test_spam_words_are_found_in_any_case_accent_or_disguise(visitor: Visitor, text: str) -> None:
    visitor.write(text)
    assert last().status == Status.SPAM
    assert "Contient" in last().held_because


@pytest.mark.parametrize("text", ["les élections", "casinos", "scandaleux", "Prêt rapidement ?"])
def test_words_are_whole_words(visitor: Visitor, text: str) -> None:
    visitor.write(text)
    assert last().status == Status.APPROVED


@pytest.mark.parametrize("text", ["l’ELECTION", "un (SCANDALE)"])
def test_other_words_only_make_it_wait(visitor: Visitor, text: str) -> None:
    visitor.write(text)
    assert last().status == Status.PENDING


def test_a_word_in_the_name_counts_as_well(visitor: Visitor) -> None:
    visitor.write(name="Casino Royal")
    assert last().status == Status.SPAM


@pytest.mark.parametrize(("links", "status"), [(2, Status.APPROVED), (3, Status.PENDING)])
def test_more_links_than_allowed_make_it_wait(visitor: Visitor, links: int, status: Status) -> None:
    visitor.write(" ".join(["Voir", "https://a.example", "www.b.example", "HTTP://c.example"][: links + 1]))
    assert last().status == status


@pytest.mark.parametrize("text", ["[url=http://a.example]x[/url]", "[link]x", '<a rel=x href="http://a.example">x</a>'])
def test_links_written_as_markup_are_spam(visitor: Visitor, text: str) -> None:
    visitor.write(text)
    assert last().status == Status.SPAM


def test_the_same_person_does_not_send_the_same_words_twice(visitor: Visitor) -> None:
    visitor.write()
    answer = visitor.write(TEXT.upper() + " !")
    assert answer.status_code == 409
    assert "Vous avez déjà envoyé ce commentaire" in page_of(answer)
    assert Comment.objects.count() == 1


def test_bravo_may_be_said_of_two_articles_but_a_long_text_may_not(visitor: Visitor, article: ArticlePage) -> None:
    other = Visitor(ArticleFactory(parent=article.get_parent()))
    other.client = visitor.client
    assert [visitor.write("Bravo !").status_code, other.write("Bravo !").status_code] == [200, 200]
    assert visitor.write("Bravo…").status_code == 409
    assert [visitor.write().status_code, other.write().status_code] == [200, 409]


def test_the_next_day_it_may_be_said_again(visitor: Visitor) -> None:
    visitor.write()
    Comment.objects.update(created_at=timezone.now() - timedelta(days=1, minutes=1))
    assert visitor.write().status_code == 200


def test_another_cookie_and_name_at_the_same_address_send_no_copies(visitor: Visitor, article: ArticlePage) -> None:
    visitor.write()
    assert Visitor(article, name="Mariam Cissé").write().status_code == 409


def test_the_same_text_by_many_is_spam(article: ArticlePage) -> None:
    people = visitors(article)
    for _person in range(4):
        next(people).write()
    assert [comment.status for comment in Comment.objects.order_by("pk")] == ["approved"] * 3 + ["spam"]
    # What many people say anyway is none.
    for _person in range(5):
        next(people).write("Bravo à tous !")
    assert last().status == Status.APPROVED


@pytest.mark.parametrize("ban", [{"email": "awa@example.com"}, {"address_key": key_of_address("203.0.113.7")}])
def test_a_banned_person_cannot_comment(visitor: Visitor, ban: dict[str, str]) -> None:
    Ban.objects.create(**ban)
    answer = visitor.write(email="AWA@example.com")
    assert answer.status_code == 403
    assert "Vous ne pouvez plus commenter" in page_of(answer)


def test_a_banned_account_cannot_comment(visitor: Visitor) -> None:
    reader = User.objects.create_user("fatou@example.com", first_name="Fatou")
    Ban.objects.create(reader=reader)
    visitor.client.force_login(reader)
    assert visitor.write().status_code == 403


# Limits


def test_a_person_has_a_limit_that_ends(visitor: Visitor, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.COMMENT_LIMITS = {"comments by person": (2, 600)}
    texts = [f"Une remarque de plus sur le bac, la {number}e du matin." for number in range(5)]
    assert [visitor.write(text).status_code for text in texts[:3]] == [200, 200, 429]
    now = Tally.objects.get().ends_at
    monkeypatch.setattr("aminata24.comments.models.tally.time.time", lambda: now)
    assert [visitor.write(text).status_code for text in texts[2:]] == [200, 200, 429]


def test_an_address_has_a_limit_whoever_is_behind_it(article: ArticlePage, settings: Any) -> None:
    settings.COMMENT_LIMITS = {"comments by address": (3, 600)}
    answers = [Visitor(article, name=f"Lecteur{n} Konan").write(f"{TEXT} {'bac ' * n}") for n in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2:bbbb::2", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("203.0.113.1", "203.0.113.2", False),
    ],
)
def test_an_ipv6_household_is_one_address(one: str, other: str, same: bool) -> None:
    assert (key_of_address(one) == key_of_address(other)) is same


def test_a_flood_of_strangers_is_a_trickle_and_those_we_know_are_heard(article: ArticlePage, settings: Any) -> None:
    settings.COMMENT_LIMITS = {"comments by strangers": (3, 60)}
    people = visitors(article)
    known = next(people)
    assert known.write().status_code == 200
    answers = [next(people).write(f"{TEXT} {'bac ' * n}").status_code for n in range(4)]
    assert answers == [200, 200, 429, 429]
    assert known.write("Et moi, que l’on connaît, je peux encore répondre.").status_code == 200


def test_counts_that_are_over_are_forgotten(visitor: Visitor) -> None:
    Tally.objects.create(key="long ago", tries=9, ends_at=1)
    visitor.write()
    assert Tally.forget(timezone.now()) == 1
    assert not Tally.objects.filter(key="long ago").exists()
    assert Tally.objects.count() == 3


def test_no_address_is_kept_that_could_be_read(visitor: Visitor) -> None:
    visitor.write()
    kept = str([list(model.objects.values()) for model in (Comment, Tally)])
    assert "203.0.113" not in kept
    assert "awa@example.com" not in str(list(Tally.objects.values()))


def test_the_newsroom_passes_all_checks(visitor: Visitor, article: ArticlePage) -> None:
    visitor.client.force_login(User.objects.create_superuser("chief@aminata24.example", first_name="Aya"))
    visitor.write("Une élection au casino : https://a.example https://b.example https://c.example")
    assert last().status == Status.APPROVED


def test_the_gravest_finding_counts(visitor: Visitor) -> None:
    visitor.write("Élection au casino")
    assert last().status == Status.SPAM
    assert last().held_because == "Contient « casino »"
