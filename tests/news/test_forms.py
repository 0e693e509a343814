"""What the page editor's forms check and fill in."""

import pytest

from news.forms import is_taken

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", ["direct", "en-continu", "recherche", "flux", "lettre", "admin"])
def test_a_section_cannot_take_an_address_of_the_site_itself(home_page, client, sign_in, slug):
    sign_in()
    page = {"title": "Notre direct", "slug": slug, "accent": "orange", "action-publish": "1"}
    counters = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    no_stories = {f"pinned_stories-{name}": "0" for name in counters}
    no_comments = {f"comments-{name}": "0" for name in counters}
    response = client.post(f"/admin/pages/add/news/sectionpage/{home_page.pk}/", page | no_stories | no_comments)
    assert response.status_code == 200
    assert "slug" in response.context["form"].errors
    assert 'value="Notre direct"' in response.content.decode()


def test_other_addresses_are_free():
    assert not is_taken("/afrique/")
    assert is_taken("/direct/")
