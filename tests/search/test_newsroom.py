"""What editors put on top, and what they learn of searches."""

import pytest
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits, SearchPromotion
from wagtail.models import PageViewRestriction
from wagtail.search.utils import MAX_QUERY_STRING_LENGTH

from search import hits
from tests.factories import ArticleFactory, InformationPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted():
    hits.tally.write()
    Query.objects.all().delete()


def promote(query, **fields):
    return SearchPromotion.objects.create(query=Query.get(query), **fields)


def test_a_promotion_is_on_top_however_the_query_is_written(section, home_page, client):
    page = InformationPageFactory(parent=home_page, title="Élections : mode d’emploi", slug="elections")
    promote("élection présidentielle", page=page, description="Dates & lieux")
    promote("élection présidentielle", external_link_url="https://example.org/", external_link_text="La commission")
    html = client.get("/recherche/", {"q": "ELECTION presidentielle"}).content.decode()
    assert '<a href="/elections/">Élections : mode d’emploi</a> – Dates &amp; lieux' in html
    assert '<a href="https://example.org/">La commission</a>' in html
    assert "/elections/" not in client.get("/recherche/", {"q": "élection"}).content.decode()


def test_a_promoted_page_that_readers_may_not_see_is_left_out(section, client):
    draft = ArticleFactory(parent=section, title="Brouillon promu", live=False)
    private = ArticleFactory(parent=section, title="Privé promu")
    PageViewRestriction.objects.create(page=section, restriction_type="password", password="x")
    promote("mil", page=draft)
    promote("mil", page=private)
    html = client.get("/recherche/", {"q": "mil"}).content.decode()
    assert "search-promotions" not in html


def test_searches_are_counted_by_day_on_their_first_page_only(section, client):
    for number in range(21):
        ArticleFactory(parent=section, title=f"Mil {number}")
    for query in ("mil", "MIL ", "mil&page=2", "riz", "", "x" * 201):
        client.get(f"/recherche/?q={query}")
    hits.tally.write()
    client.get("/recherche/?q=mil")
    hits.tally.write()
    counted = QueryDailyHits.objects.values_list("query__query_string", "date", "hits")
    today = timezone.localdate()
    assert set(counted) == {("mil", today, 3), ("riz", today, 1)}


def test_who_may_promote_results_sees_what_was_searched_for(home_page, client, sign_in):
    hits.count("fonio")
    hits.tally.write()
    sign_in()
    assert "fonio" in client.get("/admin/reports/search-terms/").content.decode()
    assert client.get("/admin/").content.decode().count("/admin/reports/search-terms/") == 1


def test_others_do_not_see_what_was_searched_for(home_page, client, django_user_model):
    user = django_user_model.objects.create_user("lecteur@aminata24.example", "x")
    client.force_login(user)
    assert client.get("/admin/reports/search-terms/").status_code in (302, 403)


def test_editors_promote_results_and_see_what_was_searched_for(home_page, client, sign_in):
    sign_in("Editors")
    assert client.get("/admin/searchpicks/").status_code == 200
    assert client.get("/admin/searchpicks/add/").status_code == 200
    assert client.get("/admin/reports/search-terms/").status_code == 200


def test_a_query_that_grows_in_small_letters_does_not_lose_the_others(section):
    hits.count("İ" * 200)
    hits.count("fonio")
    hits.tally.write()
    lengths = {query.query_string[0]: len(query.query_string) for query in Query.objects.all()}
    assert lengths == {"i": MAX_QUERY_STRING_LENGTH, "f": len("fonio")}
