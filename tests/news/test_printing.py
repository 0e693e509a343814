"""A story is printed at publication, and a print never shows anything stale."""

import pytest
from django.core.management import call_command
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from news import printing
from news.models import PrintedStory
from tests.factories import AuthorFactory, ImageFactory, SectionFactory, TopicFactory, published_article
from tests.newsroom import make_newsroom

pytestmark = pytest.mark.django_db


def read(client, article):
    return client.get(article.path_on_site).content.decode()


def test_a_published_story_is_printed(section):
    article = published_article(parent=section)
    assert "Les premiers passagers" in article.printed.html


def test_a_story_rendered_live_shows_the_same_as_its_print(home_page, client):
    article = make_newsroom(home_page, articles=4).article
    printed = read(client, article)
    article.printed.delete()
    assert read(client, article) == printed


def test_a_story_is_printed_in_the_language_of_its_readers_not_of_its_editor(section, client):
    with override("en"):
        article = published_article(parent=section)
    printed = article.printed.html
    assert "min de lecture" in printed
    assert "min read" not in printed


def test_a_print_by_other_templates_is_not_shown(section, client):
    article = published_article(parent=section)
    PrintedStory.objects.update(html="du plomb", press="an-older-one")
    assert "du plomb" not in read(client, article)


def test_old_prints_are_made_anew_by_command(section):
    article = published_article(parent=section)
    PrintedStory.objects.update(html="du plomb", press="an-older-one")
    call_command("print_stories")
    article.refresh_from_db()
    assert article.printed.press == printing.press()
    assert "Les premiers passagers" in PrintedStory.objects.get().html


def test_an_edited_story_is_printed_again(section, client):
    article = published_article(parent=section)
    article.body = [("paragraph", "<p>Le bac est de nouveau en panne.</p>")]
    article.save_revision().publish()
    assert "de nouveau en panne" in read(client, article)


def test_a_saved_draft_does_not_touch_the_print(section, client):
    article = published_article(parent=section)
    article.body = [("paragraph", "<p>Un brouillon.</p>")]
    article.save_revision()
    assert PrintedStory.objects.filter(article=article).exists()
    assert "Un brouillon" not in read(client, article)


def test_an_author_who_changes_name_signs_with_the_new_one(section, client):
    author = AuthorFactory(name="Aya Kouamé")
    article = published_article(parent=section, authors=[author])
    author.name = "Aya Kouamé-Brou"
    author.save()
    assert "Aya Kouamé-Brou" in read(client, article)


def test_a_topic_that_is_renamed_is_renamed_in_stories(section, client):
    topic = TopicFactory(name="Lagune")
    article = published_article(parent=section, topics=[topic])
    topic.name = "Lagunes"
    topic.save()
    assert "Lagunes" in read(client, article)


def test_a_section_that_is_renamed_is_renamed_in_stories(home_page, section, client):
    further = SectionFactory(parent=home_page, title="Sciences")
    article = published_article(parent=section, further_sections=[further])
    for page, title in ((section, "Le continent"), (further, "Savoirs")):
        page.title = title
        page.save_revision().publish()
    story = PrintedStory.objects.filter(article=article).first()
    assert "Le continent" in read(client, article)
    assert "Savoirs" in read(client, article)
    assert story is None or "Sciences" not in story.html


def test_a_picture_shows_its_new_alternative_text(section, client):
    image = ImageFactory()
    body = [("image", {"image": image, "caption": "", "credit": "", "layout": "normal"})]
    article = published_article(parent=section, body=body)
    image.description = "Le marché, vu du pont"
    image.save()
    assert "Le marché, vu du pont" in read(client, article)


def test_a_story_that_is_withdrawn_leaves_the_links_of_others(section, client):
    linked = published_article(parent=section, title="Le bac coule")
    article = published_article(parent=section, body=[("read_also", {"articles": [linked]})])
    assert linked.path_on_site in article.printed.html
    linked.unpublish()
    assert linked.path_on_site not in printing.render_story(article).html
    assert not PrintedStory.objects.filter(article=article, html__contains=linked.path_on_site).exists()


def test_a_moved_section_changes_the_links_to_its_stories(home_page, section, client):
    society = SectionFactory(parent=home_page, slug="societe")
    sahel = SectionFactory(parent=section, slug="sahel")
    linked = published_article(parent=sahel, slug="le-bac")
    article = published_article(parent=section, body=[("read_also", {"articles": [linked]})])
    sahel.move(society, pos="last-child")
    assert "/societe/sahel/le-bac/" in read(client, article)


def link_to(page):
    return [("paragraph", f'<p>Voir <a linktype="page" id="{page.pk}">la suite</a>.</p>')]


def test_a_dropped_print_is_made_again_by_the_first_reader(section, client):
    article = published_article(parent=section)
    printing.drop_prints()
    assert "Les premiers passagers" in read(client, article)
    assert PrintedStory.objects.filter(article=article).exists()


def test_a_print_of_an_earlier_publication_is_not_shown(section, client):
    article = published_article(parent=section)
    PrintedStory.objects.update(html="du plomb", edition=None)
    assert "du plomb" not in read(client, article)


def test_a_deleted_story_leaves_the_links_of_others(section, client):
    linked = published_article(parent=section, title="Le bac coule")
    article = published_article(parent=section, body=[("read_also", {"articles": [linked]}), *link_to(linked)])
    address = linked.path_on_site
    assert read(client, article).count(f'href="{address}"') > 1
    linked.delete()
    assert address not in read(client, article)


def test_running_text_does_not_link_to_a_page_that_was_withdrawn(section, client):
    linked = published_article(parent=section)
    article = published_article(parent=section, body=link_to(linked))
    linked.unpublish()
    assert f'href="{linked.path_on_site}"' not in read(client, article)


def test_a_deleted_topic_is_named_no_more(section, client):
    topic = TopicFactory(name="Lagune morte")
    article = published_article(parent=section, topics=[topic])
    topic.delete()
    assert "Lagune morte" not in read(client, article)


def test_a_withdrawn_further_section_is_named_no_more(home_page, section, client):
    further = SectionFactory(parent=home_page, title="Sciences")
    article = published_article(parent=section, further_sections=[further])
    assert "Sciences" in read(client, article)
    further.unpublish()
    assert "Sciences" not in read(client, article)


def test_a_story_names_neither_private_sections_nor_private_stories(home_page, section, client):
    further = SectionFactory(parent=home_page, title="Réservé aux abonnés")
    hidden = published_article(parent=further, title="Un secret")
    article = published_article(
        parent=section, further_sections=[further], body=[("read_also", {"articles": [hidden]})]
    )
    assert "Un secret" in read(client, article)
    PageViewRestriction.objects.create(page=further, restriction_type="login")
    assert "Un secret" not in read(client, article)
    assert "Réservé aux abonnés" not in read(client, article)


def test_a_picture_that_is_cropped_anew_is_cut_anew(section):
    image = ImageFactory(file__width=400, file__height=400)
    published_article(parent=section, lead_image=image)
    image.refresh_from_db()
    before = image.sources["wide"]
    image.focal_point_x, image.focal_point_y, image.focal_point_width, image.focal_point_height = 40, 40, 20, 20
    image.save()
    image.refresh_from_db()
    assert image.sources["wide"] != before
