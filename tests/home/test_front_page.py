"""The rails of the front page fill themselves, and an editor's pins come first."""

import pytest

from home.rails import fill_rails
from news.cards import print_cards
from tests.factories import ArticleFactory, SectionFactory
from tests.newsroom import read_most

pytestmark = pytest.mark.django_db


def rails_of(home, *rails):
    home.rails = list(rails)
    home.save_revision().publish()
    home.refresh_from_db()
    return fill_rails(home.rails)


def keys(stories):
    return [story.pk for story in stories]


def test_the_lead_package_shows_the_five_newest(home_page, section):
    stories = [ArticleFactory(parent=section) for _ in range(6)]
    (lead,) = rails_of(home_page, ("lead_package", {"pinned": []}))
    assert keys(lead.stories) == keys(stories[:5])


def test_a_pinned_story_comes_first_however_old(home_page, section):
    stories = [ArticleFactory(parent=section) for _ in range(7)]
    (lead,) = rails_of(home_page, ("lead_package", {"pinned": [stories[6]]}))
    assert keys(lead.stories) == keys([stories[6], *stories[:4]])


def test_a_pinned_story_that_was_withdrawn_leaves_its_place(home_page, section):
    pinned, other = ArticleFactory(parent=section), ArticleFactory(parent=section)
    pinned.unpublish()
    (lead,) = rails_of(home_page, ("lead_package", {"pinned": [pinned]}))
    assert keys(lead.stories) == keys([other])


def test_a_section_rail_shows_its_section_and_what_lies_below(home_page, section):
    below = ArticleFactory(parent=SectionFactory(parent=section))
    inside = ArticleFactory(parent=section)
    ArticleFactory(parent=SectionFactory(parent=home_page))
    (rail,) = rails_of(home_page, ("section_rail", {"section": section, "count": 3, "pinned": []}))
    assert keys(rail.stories) == keys([below, inside])


def test_no_story_stands_in_two_rails(home_page, section):
    stories = [ArticleFactory(parent=section) for _ in range(8)]
    lead, rail = rails_of(
        home_page, ("lead_package", {"pinned": []}), ("section_rail", {"section": section, "count": 3, "pinned": []})
    )
    assert keys([*lead.stories, *rail.stories]) == keys(stories)


def test_en_continu_shows_everything_even_what_stands_above(home_page, section):
    stories = [ArticleFactory(parent=section) for _ in range(3)]
    lead, latest = rails_of(home_page, ("lead_package", {"pinned": []}), ("latest", {"count": 8}))
    assert keys(lead.stories) == keys(latest.stories) == keys(stories)


def test_the_most_read_rail_shows_the_ranking_even_what_stands_above(home_page, section):
    stories = [ArticleFactory(parent=section) for _ in range(5)]
    read_most(stories[::-1])
    rails = ("lead_package", {"pinned": []}), ("most_read", {"title": "Les plus lus", "period": "day", "count": 4})
    lead, most_read = rails_of(home_page, *rails)
    assert keys(lead.stories) == keys(stories)
    assert keys(most_read.stories) == keys(stories[:0:-1])


def test_the_most_read_rail_is_empty_while_too_little_was_read(home_page, section):
    read_most([ArticleFactory(parent=section), ArticleFactory(parent=section)])
    (rail,) = rails_of(home_page, ("most_read", {"title": "Les plus lus", "period": "week", "count": 5}))
    assert list(rail.stories) == []


def test_an_opinion_rail_shows_opinions_only(home_page, section):
    ArticleFactory(parent=section)
    opinion = ArticleFactory(parent=section, format="opinion")
    (rail,) = rails_of(home_page, ("opinion", {"title": "Opinions", "count": 3, "pinned": []}))
    assert keys(rail.stories) == keys([opinion])


def test_a_rail_of_a_section_that_was_withdrawn_is_left_out(home_page, section):
    rails = ("section_rail", {"section": section, "count": 3, "pinned": []}), ("latest", {"count": 8})
    rails_of(home_page, *rails)
    section.unpublish()
    assert [rail.kind for rail in rails_of(home_page, *rails)] == ["latest"]


def test_rails_cost_six_queries_at_most_however_many_there_are(home_page, section, django_assert_max_num_queries):
    print_cards([ArticleFactory(parent=section).pk for _ in range(12)])
    others = [SectionFactory(parent=home_page) for _ in range(4)]
    home_page.rails = [
        ("lead_package", {"pinned": []}),
        *(("section_rail", {"section": each, "count": 5, "pinned": []}) for each in (section, *others)),
        ("opinion", {"title": "Opinions", "count": 3, "pinned": []}),
        ("most_read", {"title": "Le jour", "period": "day", "count": 5}),
        ("most_read", {"title": "La semaine", "period": "week", "count": 5}),
    ]
    home_page.save()
    home_page.refresh_from_db()
    with django_assert_max_num_queries(6):
        fill_rails(home_page.rails)
