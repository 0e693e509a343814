"""An article with five hundred long comments keeps to the budgets of delivery.md."""

import gzip
import random

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aminata24.comments.models import Comment, Status
from aminata24.comments.models.comment import recount
from home.models import HomePage
from tests.newsroom import Newsroom, make_newsroom

pytestmark = pytest.mark.django_db

WORDS = """
lagune pont bac quartier marché matin prix transport commune école élève parent maire promesse travaux route pluie
saison récolte cacao anacarde femme vendeuse client argent banque impôt budget ministre conseil décret loi justice
hôpital soin médecin eau courant panne facture voisin jeune emploi stage concours village chef terre forêt plage match
"""


def add_long_comments(newsroom: Newsroom, count: int = 500) -> None:
    """Threads of ten, each text as long as can be and unlike the others."""
    chance, vocabulary = random.Random(24), WORDS.split()

    def comment(thread: Comment | None = None) -> Comment:
        words = [chance.choice(vocabulary) + chance.choice(["", "s", ",", "."]) for _word in range(450)]
        return Comment(
            article=newsroom.article,
            thread=thread,
            parent=thread,
            name=" ".join(chance.choices(vocabulary, k=3)).title(),
            text=" ".join(words)[:3000],
            status=Status.APPROVED,
            like_count=chance.randrange(1000),
        )

    threads = Comment.objects.bulk_create(comment() for _number in range(count // 10))
    Comment.objects.bulk_create(comment(thread) for thread in threads for _number in range(9))
    recount(newsroom.article.pk)


def test_five_hundred_comments_fit_below_an_article(home_page: HomePage, client: Client) -> None:
    newsroom = make_newsroom(home_page, articles=6)
    client.get(newsroom.article.path_on_site)
    before = len(gzip.compress(client.get(newsroom.article.path_on_site).content, 6, mtime=0))
    add_long_comments(newsroom)

    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        page = client.get(newsroom.article.path_on_site)

    weight = len(gzip.compress(page.content, 6, mtime=0))
    assert f"Commentaires <span>{Comment.objects.count()}</span>" in page.content.decode()
    assert len(queries) <= 12
    # What is left for an article with a longer body than this one's.
    assert weight - before <= 4_000
    assert weight <= 14_000
