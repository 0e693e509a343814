"""The discussion as readers leaf through it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from aminata24.comments.models import Comment, Status
from aminata24.comments.models.comment import recount
from aminata24.readers.models import User
from news.models import ArticlePage
from tests.comments.visitors import page_of, set_rules
from tests.factories import CommentFactory

pytestmark = pytest.mark.django_db


def many(article: ArticlePage, count: int, thread: Comment | None = None, **fields: Any) -> list[Comment]:
    """Comments of one minute each, the first the oldest, straight into the database."""
    start = timezone.now() - timedelta(days=1)
    comments = Comment.objects.bulk_create(
        Comment(
            article=article,
            thread=thread,
            parent=thread,
            name=f"Lecteur {number}",
            text=f"Remarque {number}.",
            status=Status.APPROVED,
            created_at=start + timedelta(minutes=number),
            **{name: value(number) if callable(value) else value for name, value in fields.items()},
        )
        for number in range(count)
    )
    recount(article.pk)
    return comments


def remarks(page: str) -> list[int]:
    """The numbers of the comments on a page, in their order."""
    return [int(number) for number in re.findall(r"<p>Remarque (\d+)\.", page)]


def test_below_the_article_stand_the_newest_with_their_first_replies(client: Client, article: ArticlePage) -> None:
    comments = many(article, 7)
    replies = [CommentFactory(parent=comments[6], text=f"Réponse {number}.") for number in range(3)]

    page = page_of(client.get(article.path_on_site))

    assert remarks(page) == [6, 5, 4, 3, 2]
    assert [reply.text in page for reply in replies] == [True, True, False]
    assert "Afficher les 3 réponses" in page
    assert f'href="/commentaires/{article.pk}/fil/{comments[6].pk}/"' in page
    assert f'href="/commentaires/{article.pk}/" data-in-place="part">Lire tous les commentaires' in page
    assert re.search(r"Commentaires <span>10</span>", page)


def test_a_long_comment_is_cut_and_one_link_away(client: Client, article: ArticlePage) -> None:
    comment = CommentFactory(article=article, text="Une phrase de plus. " * 100)
    page = page_of(client.get(article.path_on_site))
    assert page.count("Une phrase de plus.") == 20
    assert f'href="{comment.get_absolute_url()}" data-in-place="thread">Lire la suite' in page
    assert page_of(client.get(comment.get_absolute_url())).count("Une phrase de plus.") == 100


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [("", 44, 25), ("?tri=anciens", 0, 19), ("?tri=aimes", 7, 44), ("?page=3", 4, 0), ("?tri=anciens&page=2", 20, 39)],
)
def test_pages_come_in_the_order_one_asks_for(
    client: Client, article: ArticlePage, query: str, first: int, last: int
) -> None:
    many(article, 45, like_count=lambda number: 100 if number == 7 else number % 20)
    numbers = remarks(page_of(client.get(f"/commentaires/{article.pk}/{query}")))
    assert numbers[0] == first
    if query != "?tri=aimes":
        assert numbers[-1] == last
        assert len(numbers) == (5 if "3" in query else 20)


def test_one_leafs_from_the_first_page_to_the_last_and_back(client: Client, article: ArticlePage) -> None:
    many(article, 45)
    for order in ("", "anciens", "aimes"):
        seen, address, back = [], f"/commentaires/{article.pk}/" + (f"?tri={order}" if order else ""), []
        while address:
            page = page_of(client.get(address))
            seen += remarks(page)
            back.append(address)
            link = re.search(r'href="([^"]+)" rel="next"', page)
            address = link[1].replace("&amp;", "&") if link else ""
        assert sorted(seen) == list(range(45)), order
        previous = re.search(r'href="([^"]+)" rel="prev"', page)
        assert previous[1].replace("&amp;", "&") == back[-2]


def test_every_comment_has_an_address_that_lasts(client: Client, article: ArticlePage) -> None:
    top = CommentFactory(article=article)
    replies = many(article, 50, thread=top)
    deep = CommentFactory(parent=replies[3])

    for comment in (top, replies[0], replies[18], replies[19], replies[49], deep):
        address, _, fragment = comment.get_absolute_url().partition("#")
        answer = client.get(address)
        if comment.thread_id:
            assert answer.status_code == 302
            address, _, found = answer["Location"].partition("#")
            assert found == fragment
        assert page_of(client.get(address)).count(f'id="{fragment}"') == 1
    assert client.get(f"/commentaires/{article.pk}/fil/{replies[19].pk}/")["Location"] == (
        f"/commentaires/{article.pk}/fil/{top.pk}/?page=2#commentaire-{replies[19].pk}"
    )


def test_a_thread_shows_all_its_replies_page_by_page(client: Client, article: ArticlePage) -> None:
    top = CommentFactory(article=article)
    many(article, 45, thread=top)
    path = f"/commentaires/{article.pk}/fil/{top.pk}/"
    pages = [page_of(client.get(path + query)) for query in ("", "?page=2", "?page=3")]
    assert [remarks(page) for page in pages] == [list(range(20)), list(range(20, 40)), list(range(40, 45))]
    assert all(top.text in page for page in pages)
    assert client.get(path + "?page=4").status_code == 404


@pytest.mark.parametrize(
    "query", ["?page=0", "?page=4", "?page=x", "?page=99999999999", "?tri=x", "?tri=", "?tri=aimes%00"]
)
def test_there_is_no_page_but_those(client: Client, article: ArticlePage, query: str) -> None:
    many(article, 45)
    assert client.get(f"/commentaires/{article.pk}/{query}").status_code == 404


@pytest.mark.parametrize("status", [Status.PENDING, Status.REJECTED, Status.SPAM])
def test_what_moderators_did_not_let_through_is_nowhere(client: Client, article: ArticlePage, status: Status) -> None:
    top = CommentFactory(article=article)
    secret = CommentFactory(parent=top, text="Ce que personne ne doit lire.", status=status)
    hidden_thread = CommentFactory(article=article, text="Un fil que personne ne doit lire.", status=status)
    below = CommentFactory(parent=hidden_thread, text="Une réponse qui reste dessous.")
    article.refresh_from_db()
    assert article.comment_count == 1
    for path in (article.path_on_site, f"/commentaires/{article.pk}/", top.get_absolute_url()):
        page = page_of(client.get(path))
        assert not [comment.text for comment in (secret, hidden_thread, below) if comment.text in page]
    for comment in (secret, hidden_thread, below):
        assert client.get(comment.get_absolute_url()).status_code == 404


def test_a_comment_is_not_found_under_another_article(client: Client, article: ArticlePage) -> None:
    comment = CommentFactory(article=article)
    other = article.copy(update_attrs={"slug": "autre", "title": "Autre"})
    assert client.get(f"/commentaires/{other.pk}/fil/{comment.pk}/").status_code == 404
    assert client.get(f"/commentaires/{other.pk}/repondre/{comment.pk}/").status_code == 404


# Open and closed


@pytest.mark.parametrize(
    ("rule", "field"),
    [({"open": False}, {}), ({}, {"comments_closed": True}), ({"closes_after_days": 3}, {"published_at": -4})],
)
def test_a_closed_discussion_stays_readable_and_says_so(
    client: Client, article: ArticlePage, rule: dict[str, Any], field: dict[str, Any]
) -> None:
    comment = CommentFactory(article=article)
    if "published_at" in field:
        field = {"published_at": timezone.now() + timedelta(days=field["published_at"])}
    ArticlePage.objects.filter(pk=article.pk).update(**field)
    set_rules(**rule)
    for path in (article.path_on_site, f"/commentaires/{article.pk}/", comment.get_absolute_url()):
        page = page_of(client.get(path))
        assert comment.text in page
        assert f"/repondre/{comment.pk}/" not in page
        assert f"/commentaires/{article.pk}/ecrire/" not in page
        assert f"/signaler/{comment.pk}/" in page
    assert "Cette discussion est close" in page_of(client.get(article.path_on_site))
    assert client.get(f"/commentaires/{article.pk}/ecrire/").status_code == 403


def test_an_article_that_never_closes_stays_open(client: Client, article: ArticlePage) -> None:
    ArticlePage.objects.filter(pk=article.pk).update(published_at=timezone.now() - timedelta(days=900))
    set_rules(closes_after_days=0)
    assert client.get(f"/commentaires/{article.pk}/ecrire/").status_code == 200


def test_a_closed_discussion_without_a_word_is_no_section(client: Client, article: ArticlePage) -> None:
    assert 'id="commentaires"' in page_of(client.get(article.path_on_site))
    set_rules(open=False)
    assert 'id="commentaires"' not in page_of(client.get(article.path_on_site))


@pytest.mark.parametrize("how", ["private", "unpublished"])
def test_what_readers_do_not_see_has_no_discussion(
    client: Client, article: ArticlePage, sign_in: Callable[..., User], how: str
) -> None:
    comment = CommentFactory(article=article)
    if how == "private":
        PageViewRestriction.objects.create(page=article, restriction_type="login")
    else:
        article.unpublish()
    sign_in()
    for path in (f"/commentaires/{article.pk}/", comment.get_absolute_url(), f"/commentaires/{article.pk}/ecrire/"):
        assert client.get(path).status_code == 404
    if how == "private":
        assert 'id="commentaires"' not in page_of(client.get(article.path_on_site))


def test_cards_say_how_many_comments_there_are(client: Client, article: ArticlePage) -> None:
    many(article, 3)
    page = page_of(client.get("/afrique/"))
    assert '<span class="visually-hidden">3 commentaires</span>' in page


# Cost


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_a_discussion_costs_three_queries_and_none_where_nobody_wrote(client: Client, article: ArticlePage) -> None:
    client.get(article.path_on_site)
    quiet = queries(client, article.path_on_site)
    with CaptureQueriesContext(connection) as asked:
        client.get(article.path_on_site)
    assert not [query for query in asked.captured_queries if 'FROM "comments_' in query["sql"]]
    for comment in many(article, 9):
        many(article, 3, thread=comment)
    assert queries(client, article.path_on_site) == quiet + 3
    assert quiet + 3 <= 12


def test_no_page_asks_more_for_more_comments(client: Client, article: ArticlePage) -> None:
    top = CommentFactory(article=article)
    many(article, 30)
    many(article, 30, thread=top)
    paths = [f"/commentaires/{article.pk}/", f"/commentaires/{article.pk}/?tri=aimes&page=2", top.get_absolute_url()]
    few = [queries(client, path) for path in paths]
    many(article, 300)
    many(article, 300, thread=top)
    assert [queries(client, path) for path in paths] == few
    assert max(few) <= 10


@pytest.mark.skipif(connection.vendor != "postgresql", reason="looks at PostgreSQL's plans")
@pytest.mark.parametrize("order", ["recents", "anciens", "aimes"])
def test_deep_pages_walk_along_an_index(article: ArticlePage, order: str) -> None:
    from aminata24.comments import discussion

    many(article, 10_000, like_count=lambda number: number % 50)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE comments_comment")
    with CaptureQueriesContext(connection) as asked:
        assert len(discussion.threads_of(article.pk, order, 200).items) == 20
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + asked.captured_queries[0]["sql"])
        plan = "\n".join(row[0] for row in cursor.fetchall())
    index = "comment_most_liked" if order == "aimes" else "comment_newest"
    assert re.search(rf"Index Only Scan (Backward )?using {index}", plan), plan
