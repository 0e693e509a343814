"""Checks before publication: what they find, what they leave alone, and how the page editor asks for them."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, rich_text, streamfield

from aminata24.readers.models import User
from news.checks import Finding, Grade, findings
from news.links import Problem, broken_links, broken_links_everywhere
from news.models import ArticlePage, RelatedStory, SectionPage, Topic
from news.suggestions import suggestions
from tests.bodies import full_body
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    BreakingNewsFactory,
    ImageFactory,
    SectionFactory,
    TopicFactory,
)
from tests.news.test_roles import article_form, write

pytestmark = pytest.mark.django_db

LONG = "Le bac de la lagune reprend enfin son service " * 3


@pytest.fixture
def editor(home_page: Page, sign_in: Callable[..., User]) -> User:
    """An editor, signed in."""
    return sign_in("Editors")


def good_article(section: SectionPage, **changes: Any) -> ArticlePage:
    """An article that no check objects to, but for what is changed."""
    image = ImageFactory(file__width=1600, file__height=900, credit="Awa Bamba / Aminata24")
    fields = {"lead_image": image, "authors": [AuthorFactory()], "topics": [TopicFactory()], **changes}
    return ArticleFactory(parent=section, **fields)


def fields(found: Iterable[Finding]) -> set[str]:
    """Where something was found; a block of the body counts as the body."""
    return {finding.field.split(".")[0] for finding in found}


def test_a_good_article_gets_no_finding(section: SectionPage) -> None:
    assert findings(good_article(section)) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": LONG[:111]}, "title"),
        ({"title": LONG[:81]}, "short_headline"),
        ({"standfirst": ""}, "standfirst"),
        ({"standfirst": LONG * 3}, "standfirst"),
        ({"lead_image": None}, "lead_image"),
        ({"topics": []}, "topics"),
        ({"authors": []}, "bylines"),
        ({"body": []}, "body"),
        ({"body": [("paragraph", f"<p>{'mot ' * 121}</p>")]}, "body"),
        ({"body": [("paragraph", "<p>Un.</p><p><b>Un intertitre</b></p>")]}, "body"),
        ({"body": [("paragraph", '<p>Voir <a href="https://example.com/">cliquez ici</a>.</p>')]}, "body"),
        ({"body": [("paragraph", "<p>Un.</p>"), ("heading", " ")]}, "body"),
        ({"body": [("paragraph", "<p>Un.</p>"), ("heading", "Fin")]}, "body"),
        ({"body": [("heading", "Un"), ("heading", "Deux"), ("paragraph", "<p>Un.</p>")]}, "body"),
    ],
)
def test_what_should_be_better_is_found_where_it_is(section: SectionPage, changes: dict[str, Any], field: str) -> None:
    found = findings(good_article(section, **changes))

    assert field in fields(found)
    assert {finding.grade for finding in found} == {Grade.SHOULD}


@pytest.mark.parametrize(
    "changes",
    [
        {"title": LONG[:110], "short_headline": "Le bac reprend"},
        {"title": LONG[:80]},
        {"lead_image": None, "format": "opinion"},
        {"body": [("paragraph", f"<p>{'mot ' * 120}</p>")]},
        {"body": [("paragraph", "<p>Le <b>premier</b> bac.</p>"), ("heading", "Et"), ("paragraph", "<p>Un.</p>")]},
        {"body": [("paragraph", '<p><a href="https://example.com/">Le rapport de la compagnie</a></p>')]},
    ],
)
def test_what_is_fine_is_left_alone(section: SectionPage, changes: dict[str, Any]) -> None:
    assert findings(good_article(section, **changes)) == []


def test_a_small_picture_of_nobody_without_alternative_text_is_found_three_times(section: SectionPage) -> None:
    article = good_article(section)
    article.lead_image = ImageFactory(description="")

    found = findings(article)

    assert [(finding.field, finding.grade) for finding in found] == [
        ("lead_image", Grade.MUST),
        ("lead_image", Grade.SHOULD),
        ("lead_image", Grade.SHOULD),
    ]


def test_pictures_of_the_body_are_looked_at_too(section: SectionPage) -> None:
    picture = ImageFactory(description="", credit="")
    images = [{"image": picture, "caption": ""}, {"image": picture, "caption": ""}]
    body = [
        ("paragraph", "<p>Un.</p>"),
        ("image", {"image": picture, "caption": "", "credit": "AFP", "layout": "normal"}),
        ("gallery", {"title": "", "images": images}),
    ]
    article = good_article(section, body=body)
    image, gallery = article.body[1].id, article.body[2].id

    found = findings(article)

    assert [(finding.field, finding.grade) for finding in found] == [
        (f"body.{image}", Grade.MUST),
        (f"body.{gallery}", Grade.MUST),
        (f"body.{gallery}", Grade.SHOULD),
    ]


def test_the_third_read_also_is_one_too_many(section: SectionPage) -> None:
    other = ArticleFactory(parent=section)
    text, read_also = ("paragraph", "<p>Un.</p>"), ("read_also", {"articles": [other]})

    assert findings(good_article(section, body=[text, read_also, read_also])) == []
    article = good_article(section, body=[text, read_also, read_also, read_also])
    assert [finding.field for finding in findings(article)] == [f"body.{article.body[3].id}"]


def test_the_same_headline_within_a_week_is_named_with_its_address(section: SectionPage) -> None:
    other = ArticleFactory(parent=section, title="Le bac de l’Île reprend !", slug="le-bac")
    old = {"title": "Le port rouvre", "published_at": timezone.now() - timedelta(days=8)}
    ArticleFactory(parent=section, **old)

    (found,) = findings(good_article(section, title="Le bac de l'ile reprend"))

    assert (found.field, found.url) == ("title", other.path_on_site)
    assert findings(good_article(section, title="Le port rouvre", slug="le-port")) == []


def test_a_correction_suggests_a_new_time_of_update(section: SectionPage) -> None:
    article = good_article(section, published_at=timezone.now() - timedelta(days=3))
    article.corrections.create(text="La première version disait « hier ».")

    (found,) = findings(article)
    assert found.field == "updated_at"
    assert found.fix is not None
    assert found.fix.value.startswith(timezone.localdate().isoformat())

    article.updated_at = timezone.now()
    assert findings(article) == []


def test_a_section_that_is_not_published_is_named(section: SectionPage) -> None:
    draft = SectionFactory(parent=section, live=False)

    assert fields(findings(good_article(draft))) == {""}


# --- Links --------------------------------------------------------------------


def linking_to(section: SectionPage, *links: str, **changes: Any) -> ArticlePage:
    """An article with these attributes of links in its text."""
    text = "".join(f"<a {link}>la suite du dossier</a>" for link in links)
    return good_article(section, body=[("paragraph", f"<p>{text}</p>")], **changes)


def test_links_to_pages_readers_cannot_open_are_found(section: SectionPage) -> None:
    draft, private = ArticleFactory(parent=section, live=False), SectionFactory(parent=section)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    fine, gone = ArticleFactory(parent=section), 999_999
    keys = (draft.pk, private.pk, gone, fine.pk)
    article = linking_to(section, *(f'linktype="page" id="{key}"' for key in keys))
    article.related_stories = [RelatedStory(story=draft), RelatedStory(story=fine)]

    found = [(link.path.split(".")[0], link.problem) for link in broken_links(article)]

    assert found == [
        ("body", Problem.UNPUBLISHED),
        ("body", Problem.PRIVATE),
        ("body", Problem.DELETED),
        ("related_stories", Problem.UNPUBLISHED),
    ]


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("https://example.com/afrique/", None),
        ("mailto:redaction@example.com", None),
        ("https://exemple", Problem.MALFORMED),
        ("https://[", Problem.MALFORMED),
        ("htp://example.com/", Problem.MALFORMED),
        ("https://un exemple.com/", Problem.MALFORMED),
        ("http://127.0.0.1:8000/afrique/", Problem.TYPED),
        ("/afrique/?page=2#suite", Problem.TYPED),
        ("/afrique/flux/", Problem.TYPED),
        ("http://127.0.0.1:8000/afrique/rien/", Problem.NOWHERE),
        ("/rien/", Problem.NOWHERE),
        ("http://127.0.0.1:8000/en-continu/", None),
        ("/robots.txt", None),
        ("http://127.0.0.1:8000", Problem.TYPED),
    ],
)
def test_an_address_typed_by_hand_is_resolved_or_looked_at(
    section: SectionPage, address: str, problem: Problem | None
) -> None:
    found = broken_links(linking_to(section, f'href="{address}"'))

    assert [link.problem for link in found] == ([problem] if problem else [])


def test_what_leads_nowhere_is_found_all_over_the_site(section: SectionPage) -> None:
    draft, other = ArticleFactory(parent=section, live=False), ArticleFactory(parent=section)
    article = linking_to(section, f'linktype="page" id="{other.pk}"', 'href="/rien/"', 'href="/afrique/"')
    hidden = linking_to(section, f'linktype="page" id="{draft.pk}"')
    hidden.unpublish()
    line = BreakingNewsFactory(page=draft)
    BreakingNewsFactory(page=draft, shown_until=timezone.now() - timedelta(hours=1))

    assert {(link.source, link.problem) for link in broken_links_everywhere()} == {
        (article, Problem.NOWHERE),
        (line, Problem.UNPUBLISHED),
    }
    other.unpublish()
    assert (article, Problem.UNPUBLISHED) in {(link.source, link.problem) for link in broken_links_everywhere()}
    other.delete()
    assert (article, Problem.DELETED) in {(link.source, link.problem) for link in broken_links_everywhere()}


# --- Suggestions ----------------------------------------------------------------


def test_suggestions_come_by_topic_then_by_words_then_by_section(section: SectionPage) -> None:
    topic, elsewhere = TopicFactory(), SectionFactory(parent=section.get_parent())
    near = ArticleFactory(parent=section, title="Une foire")
    worded = ArticleFactory(parent=elsewhere, title="Les piroguiers se mettent en grève")
    on_topic = ArticleFactory(parent=elsewhere, title="Un marché", topics=[topic])
    both = ArticleFactory(parent=elsewhere, title="Chez les piroguiers", topics=[topic])
    article = ArticleFactory(parent=section, title="Les piroguiers de Grand-Lahou", topics=[topic])

    assert [suggestion.story for suggestion in suggestions(article)] == [both, on_topic, worded, near]


def test_neither_itself_nor_what_is_chosen_nor_a_draft_is_suggested(section: SectionPage) -> None:
    chosen, draft = ArticleFactory(parent=section), ArticleFactory(parent=section, live=False)
    other = ArticleFactory(parent=section)
    article = ArticleFactory(parent=section)
    article.related_stories = [RelatedStory(story=chosen)]

    offered = [suggestion.story for suggestion in suggestions(article)]

    assert offered == [other]
    assert draft not in offered


# --- The page editor ----------------------------------------------------------------


def check(client: Client, url_name: str, args: list[Any], form: dict[str, Any]) -> dict[str, Any]:
    """What the page editor is told about its form."""
    response = client.post(reverse(url_name, args=args), form)
    assert response.status_code == 200
    return response.json()


def check_new(client: Client, section: SectionPage, **changes: Any) -> dict[str, Any]:
    """The same for an article not saved yet."""
    return check(client, "check_on_add", ["news", "articlepage", section.pk], article_form(**changes))


def of_grade(report: dict[str, Any], grade: Grade) -> set[str]:
    """The fields of the findings of a grade."""
    return {finding["field"].split(".")[0] for finding in report["findings"] if finding["grade"] == grade.value}


def test_a_new_article_is_checked_as_it_is_typed_and_nothing_is_saved(
    client: Client, section: SectionPage, editor: User
) -> None:
    text = streamfield([("paragraph", rich_text("<p>Les premiers passagers ont traversé.</p>"))])

    report = check_new(client, section, title=LONG[:115], body=text)

    assert report["words"] == 5
    assert of_grade(report, Grade.SHOULD) == {"title", "short_headline", "lead_image", "bylines", "topics"}
    assert of_grade(report, Grade.MUST) == set()
    assert not ArticlePage.objects.exists()


def test_what_publication_would_refuse_must_be_corrected(client: Client, section: SectionPage, editor: User) -> None:
    report = check_new(
        client,
        section,
        title="",
        lead_image=ImageFactory(description="").pk,
        body=streamfield(
            [("heading", "x" * 121), ("image", {"image": "", "caption": "", "credit": "", "layout": "wide"})]
        ),
        related_stories=inline_formset([{"story": ""}]),
    )

    assert of_grade(report, Grade.MUST) == {"title", "lead_image", "body", "related_stories"}
    assert report["summary"]["must"]


def test_a_picture_in_the_text_needs_an_alternative_text_to_be_published_but_not_in_a_draft(
    client: Client, section: SectionPage, editor: User
) -> None:
    picture = {"image": ImageFactory(description="").pk, "caption": "", "credit": "", "layout": "wide"}
    body = streamfield([("image", picture)])

    assert of_grade(check_new(client, section, body=body), Grade.MUST) == {"body"}
    assert write(client, section, body=body, **{"action-publish": "1"}).status_code == 200
    assert not ArticlePage.objects.exists()
    assert write(client, section, body=body).status_code == 302
    assert not ArticlePage.objects.get().live


def test_a_slug_already_used_in_the_section_is_refused_with_a_free_one(
    client: Client, section: SectionPage, editor: User
) -> None:
    for slug in ("le-bac", "le-bac-2"):
        ArticleFactory(parent=section, slug=slug)
    ArticleFactory(parent=SectionFactory(parent=section.get_parent()), slug="le-port")

    (found,) = (f for f in check_new(client, section, slug="le-bac")["findings"] if f["field"] == "slug")

    assert (found["grade"], found["fix"]["value"]) == ("must", "le-bac-3")
    assert "slug" not in of_grade(check_new(client, section, slug="le-port"), Grade.MUST)


def test_changes_to_an_article_are_checked_with_its_authors_topics_and_suggestions(
    client: Client, section: SectionPage, editor: User
) -> None:
    article, other = ArticleFactory(parent=section, slug="le-bac"), ArticleFactory(parent=section)
    form = article_form(
        title="Le bac", slug="le-bac", topics="Lagune", bylines=inline_formset([{"author": AuthorFactory().pk}])
    )

    report = check(client, "check_on_edit", [article.pk], form)

    assert of_grade(report, Grade.SHOULD) == {"lead_image"}
    assert [story["id"] for story in report["suggestions"]] == [other.pk]
    article.refresh_from_db()
    assert article.title != "Le bac"


def test_only_who_may_edit_an_article_has_it_checked(
    client: Client, section: SectionPage, sign_in: Callable[..., User]
) -> None:
    article = ArticleFactory(parent=section)
    url = reverse("check_on_edit", args=[article.pk])
    assert client.post(url, article_form()).status_code == 302
    sign_in("Reporters")
    assert client.post(url, article_form()).status_code == 302
    sign_in("Editors")
    assert client.get(url).status_code == 405
    assert client.post(url, {"title": "Le bac"}).status_code == 400
    assert client.post(reverse("check_on_edit", args=[section.pk]), article_form()).status_code == 404


def test_a_check_costs_the_same_whatever_the_archive_holds(client: Client, section: SectionPage, editor: User) -> None:
    image, topic = ImageFactory(), TopicFactory()
    stories = [ArticleFactory(parent=section, topics=[topic]) for _ in range(2)]
    article = ArticleFactory(parent=section, topics=[topic], body=full_body(image, stories))

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            findings(ArticlePage.objects.get(pk=article.pk))
            suggestions(article)
        return len(captured)

    queries()  # From now on the site and the content types are known.
    few = queries()
    for _ in range(12):
        ArticleFactory(parent=section, topics=[topic])
    assert queries() == few <= 30


def test_the_editor_is_told_after_publication_what_could_be_better(
    client: Client, section: SectionPage, editor: User
) -> None:
    response = write(client, section, **{"action-publish": "1"})

    page = client.get(response["Location"]).content.decode()

    assert ArticlePage.objects.get().live
    assert str(findings(ArticlePage.objects.get())[0].text) in page
    assert not Topic.objects.exists()
