"""A card is printed once, fits where it stands, and never shows anything stale."""

import pytest
from wagtail.models import PageViewRestriction

from news.cards import card_of, cards, print_cards
from news.models import ArticlePage, PrintedCard
from tests.factories import ImageFactory, published_article

pytestmark = pytest.mark.django_db


def card(article):
    (found,) = cards([article.pk])
    return found


def test_a_published_article_has_its_card_printed(section):
    article = published_article(parent=section, title="Le bac repart")
    assert "Le bac repart" in article.printed_card.html
    assert f'href="{article.path_on_site}"' in article.printed_card.html


def test_a_printed_card_shows_the_same_as_one_made_now(section):
    article = published_article(parent=section, lead_image=ImageFactory(), kicker="Reportage")
    assert card(article).show("large") == card_of(article).show("large")


def test_cards_cost_one_query_however_many(section, django_assert_num_queries):
    keys = [published_article(parent=section).pk for _ in range(12)]
    with django_assert_num_queries(1):
        assert [found.pk for found in cards(reversed(keys))] == keys[::-1]


def test_an_edited_headline_is_on_the_card(section, client):
    article = published_article(parent=section, title="Le bac repart")
    article.title = "Le bac est en panne"
    article.save_revision().publish()
    assert "Le bac est en panne" in client.get("/en-continu/").content.decode()


def test_a_renamed_section_is_on_the_cards_of_its_articles(section):
    article = published_article(parent=section)
    section.title = "Le continent"
    section.save_revision().publish()
    assert "Le continent" in card(article).show()


def test_a_picture_has_its_new_alternative_text_on_cards(section):
    image = ImageFactory(description="Le bac")
    article = published_article(parent=section, lead_image=image)
    image.description = "Le bac, vu du pont"
    image.save()
    assert "Le bac, vu du pont" in card(article).show()


def test_a_moved_section_changes_the_links_of_cards(home_page, section):
    article = published_article(parent=section, slug="le-bac")
    section.slug = "continent"
    section.save_revision().publish()
    assert 'href="/continent/le-bac/"' in card(article).show()


def test_comments_are_counted_without_printing_the_card_again(section, django_assert_num_queries):
    article = published_article(parent=section)
    printed = article.printed_card.html
    ArticlePage.objects.filter(pk=article.pk).update(comment_count=7)
    assert "7 commentaires" in card(article).show()
    assert PrintedCard.objects.get().html == printed


def test_a_card_of_other_templates_is_printed_again(section):
    article = published_article(parent=section)
    PrintedCard.objects.update(html="du plomb", press="an-older-one")
    assert "du plomb" not in card(article).show()
    assert "du plomb" not in PrintedCard.objects.get().html


def test_what_readers_may_not_see_has_no_card(section):
    withdrawn, private, public = (published_article(parent=section) for _ in range(3))
    withdrawn.unpublish()
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert [found.pk for found in cards([withdrawn.pk, private.pk, public.pk])] == [public.pk]
    assert set(print_cards([withdrawn.pk, private.pk])) == set()


def test_no_text_of_an_editor_can_be_a_mark(section):
    article = published_article(parent=section, title="<?size?> & <?save?>", standfirst="<?level?>")
    shown = card(article).show("lead")
    assert "&lt;?size?&gt; &amp; &lt;?save?&gt;" in shown
    assert "&lt;?level?&gt;" in shown
    assert "<?" not in shown


@pytest.mark.parametrize(
    ("place", "has", "lacks"),
    [
        ({"size": "row"}, ["card--row", "<h3>", 'loading="lazy"', "data-save"], ["standfirst", "card--wide"]),
        (
            {"size": "lead", "level": 2, "eager": True},
            ["card--lead", "<h2>", 'fetchpriority="high"', "Chapô."],
            ["lazy"],
        ),
        ({"size": "large", "wide": True}, ["card--large card--wide", "38rem, 100vw"], ["Chapô."]),
        ({"size": "text", "standfirst": True, "save": False}, ["card--text", "Chapô."], ["<picture", "data-save"]),
        ({"excerpt": "Le <mark>bac</mark>."}, ["Le <mark>bac</mark>."], ["Chapô."]),
        ({"authors": "<p>Aya</p>"}, ["<p>Aya</p>"], []),
    ],
)
def test_a_card_fits_its_place(section, place, has, lacks):
    article = published_article(parent=section, lead_image=ImageFactory(), standfirst="Chapô.")
    shown = card(article).show(**place)
    assert [text for text in has if text not in shown] == []
    assert [text for text in [*lacks, "<?"] if text in shown] == []
