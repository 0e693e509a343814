"""What the page editor's forms check and fill in."""

import pytest

from news.forms import is_taken
from tests.factories import SectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(client, sign_in):
    """Sends the form of a new section below a page."""
    sign_in()

    def send(parent, slug):
        page = {"title": "Notre direct", "slug": slug, "accent": "orange", "action-publish": "1"}
        counters = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
        no_stories = {f"pinned_stories-{name}": "0" for name in counters}
        no_comments = {f"comments-{name}": "0" for name in counters}
        return client.post(f"/admin/pages/add/news/sectionpage/{parent.pk}/", page | no_stories | no_comments)

    return send


@pytest.mark.parametrize(
    "slug", ["direct", "en-continu", "recherche", "flux", "lettre", "admin", "static", "media", "compte", "sante"]
)
def test_a_section_cannot_take_an_address_of_the_site_itself(home_page, send, slug):
    response = send(home_page, slug)
    assert response.status_code == 200
    assert "slug" in response.context["form"].errors
    assert 'value="Notre direct"' in response.content.decode()


def test_nothing_takes_the_address_of_a_feed_however_deep(section, send):
    for parent in (section, SectionFactory(parent=section)):
        assert "slug" in send(parent, "flux").context["form"].errors


def test_below_a_section_the_addresses_of_the_site_are_free(section, send):
    assert [send(section, slug).status_code for slug in ("sante", "direct")] == [302, 302]


def test_other_addresses_are_free():
    assert not is_taken("/afrique/")
    assert is_taken("/direct/")
