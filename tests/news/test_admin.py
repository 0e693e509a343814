"""The newsroom's screens in the page editor: they open, preview, and say clearly what is wrong."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.blocks import StreamBlock
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from aminata24.readers.models import User
from home.blocks import InformationBody, Rails
from news.blocks import ArticleBody
from news.models import ArticlePage, Author, BreakingNews, SectionPage, Topic
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    BreakingNewsFactory,
    ImageFactory,
    InformationPageFactory,
    TopicFactory,
)
from tests.news.test_roles import article_form, write

pytestmark = pytest.mark.django_db

TICKER = "/admin/snippets/news/breakingnews/"
AUTHORS = "/admin/snippets/news/author/"
TOPICS = "/admin/snippets/news/topic/"


@pytest.fixture(autouse=True)
def chief(home_page: Page, sign_in: Callable[..., User]) -> User:
    """An editor-in-chief, signed in."""
    return sign_in("Editors-in-chief")


def preview(client: Client, url: str, form: dict[str, Any]) -> str:
    """The preview beside a form, as the editor asks for it: post what is typed, then fetch the page."""
    posted = client.post(url, form)
    assert posted.status_code == 200
    assert posted.json()["is_valid"], posted.json()
    shown = client.get(url, {"mode": ""})
    assert shown.status_code == 200
    return shown.content.decode()


def errors(response: Any) -> dict[str, list[str]]:
    """What a refused form complains about, by field."""
    assert response.status_code == 200
    return dict(response.context["form"].errors)


# --- Screens ----------------------------------------------------------------


def test_every_page_has_its_screens(client: Client, home_page: Page, section: SectionPage) -> None:
    article = ArticleFactory(parent=section, authors=[AuthorFactory()], topics=[TopicFactory()])
    information = InformationPageFactory(parent=home_page)

    for page in (home_page, section, article, information):
        assert client.get(reverse("wagtailadmin_explore", args=[page.pk])).status_code == 200
        for view in ("edit", "history", "usage", "copy", "delete"):
            assert client.get(reverse(f"wagtailadmin_pages:{view}", args=[page.pk])).status_code == 200, (page, view)
    for model in ("sectionpage", "articlepage"):
        assert client.get(reverse("wagtailadmin_pages:add", args=["news", model, section.pk])).status_code == 200


@pytest.mark.parametrize("make", [BreakingNewsFactory, AuthorFactory, TopicFactory])
def test_every_snippet_has_its_screens(client: Client, make: Callable[[], Any]) -> None:
    thing = make()
    start = f"/admin/snippets/news/{thing._meta.model_name}/"

    for path in (
        "",
        "?q=a",
        "add/",
        f"edit/{thing.pk}/",
        f"delete/{thing.pk}/",
        f"history/{thing.pk}/",
        f"usage/{thing.pk}/",
    ):
        assert client.get(start + path).status_code == 200, path
    assert str(thing) in client.get(start).content.decode()


def test_the_menu_leads_to_the_newsroom_and_to_advertising(client: Client) -> None:
    menu = client.get("/admin/").content.decode()

    for path in (TICKER, AUTHORS, TOPICS, "/admin/snippets/ads/campaign/", "/admin/newsletter/subscriber/"):
        assert path in menu


@pytest.mark.parametrize("stream", [ArticleBody(), Rails(), InformationBody()])
def test_every_block_shows_a_preview_before_it_is_chosen(client: Client, stream: StreamBlock) -> None:
    for name, block in stream.child_blocks.items():
        assert block.is_previewable, name
        assert client.get("/admin/block-preview/", {"id": block.definition_prefix}).status_code == 200, name


# --- Articles ---------------------------------------------------------------


def test_an_article_is_previewed_before_it_is_saved(client: Client, section: SectionPage) -> None:
    url = reverse("wagtailadmin_pages:preview_on_add", args=["news", "articlepage", section.pk])

    assert "Le bac reprend son service" in preview(client, url, article_form())


def test_changes_to_an_article_are_previewed(client: Client, section: SectionPage) -> None:
    article = ArticleFactory(parent=section)
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[article.pk])

    page = preview(client, url, article_form(body=streamfield([("paragraph", rich_text("<p>Nouveau texte.</p>"))])))

    assert "Nouveau texte." in page


def test_a_lead_image_needs_an_alternative_text(client: Client, section: SectionPage) -> None:
    image = ImageFactory(description="")

    response = write(client, section, lead_image=image.pk, **{"action-publish": "1"})

    assert errors(response).keys() == {"lead_image"}
    assert "Après six mois" in response.content.decode()
    assert not ArticlePage.objects.exists()
    assert write(client, section, lead_image=image.pk).status_code == 302
    assert not ArticlePage.objects.get().live


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "x" * 300}, "title"),
        ({"title": ""}, "title"),
        ({"standfirst": "x" * 401}, "standfirst"),
        ({"kicker": "x" * 41}, "kicker"),
        ({"published_at": "2100-01-01 08:00"}, "published_at"),
        ({"published_at": "2026-01-02 08:00", "updated_at": "2026-01-01 08:00"}, "updated_at"),
        ({"published_at": "hier"}, "published_at"),
        ({"body": streamfield([("heading", "x" * 121)])}, "body"),
        ({"body": streamfield([("embed", {"url": "https://example.com/", "title": "x", "caption": ""})])}, "body"),
    ],
)
def test_what_does_not_fit_is_named_and_kept(
    client: Client, section: SectionPage, changes: dict[str, Any], field: str
) -> None:
    response = write(client, section, **{"standfirst": "Ce que j’ai tapé.", **changes, "action-publish": "1"})

    assert errors(response).keys() == {field}
    assert not ArticlePage.objects.exists()


def test_markup_in_a_headline_is_text(client: Client, section: SectionPage) -> None:
    write(client, section, title="<script>alert(1)</script>", slug="balise", **{"action-publish": "1"})

    page = client.get("/afrique/balise/").content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


# --- Ticker -----------------------------------------------------------------


def line(**changes: Any) -> dict[str, Any]:
    """What the form of a ticker line is sent."""
    return {"text": "Le bac a repris", "sort_order": 10, "action-publish": "1", **changes}


def test_a_line_is_published_on_the_ticker(client: Client) -> None:
    response = client.post(f"{TICKER}add/", line(url="https://example.com/"))

    assert response.status_code == 302, errors(response)
    assert BreakingNews.objects.running().get().link == "https://example.com/"


def test_a_line_may_be_a_draft(client: Client) -> None:
    client.post(f"{TICKER}add/", {"text": "Pas encore", "sort_order": 10})

    assert not BreakingNews.objects.running().exists()
    assert BreakingNews.objects.get().text == "Pas encore"


def test_a_line_leads_to_a_page_or_an_address_not_both(client: Client, section: SectionPage) -> None:
    response = client.post(f"{TICKER}add/", line(page=section.pk, url="https://example.com/"))

    assert errors(response).keys() == {"url"}
    assert response.context["form"]["text"].value() == "Le bac a repris"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "x" * 141}, "text"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"sort_order": "9" * 25}, "sort_order"),
        ({"shown_from": "2026-11-24 10:00", "shown_until": "2026-11-24 09:00"}, "shown_until"),
    ],
)
def test_a_line_that_does_not_fit_is_refused(client: Client, changes: dict[str, Any], field: str) -> None:
    assert errors(client.post(f"{TICKER}add/", line(**changes))).keys() == {field}


def test_a_line_is_previewed_and_locked(client: Client) -> None:
    news = BreakingNewsFactory()

    assert "Le bac a repris" in preview(client, f"{TICKER}preview/", line())
    assert "Le bac a repris" in preview(client, f"{TICKER}preview/{news.pk}/", line())
    client.post(f"{TICKER}lock/{news.pk}/")
    news.refresh_from_db()
    assert news.locked


def test_the_list_is_searched_filtered_and_sorted_at_once(client: Client) -> None:
    BreakingNewsFactory(text="Le bac a repris")
    BreakingNewsFactory(text="Le bac en réserve", live=False)

    for key in ("text", "shown_from", "shown_until", "-sort_order"):
        page = client.get(TICKER, {"q": "bac", "live": "true", "ordering": key}).content.decode()
        assert ("Le bac a repris" in page, "en réserve" in page) == (True, False)
    for start, keys in ((AUTHORS, ("name", "role")), (TOPICS, ("name",))):
        for key in keys:
            assert client.get(start, {"q": "a", "ordering": key}).status_code == 200


# --- Authors and topics -----------------------------------------------------


def author_form(**changes: Any) -> dict[str, Any]:
    """What the form of an author is sent."""
    links = streamfield([("link", {"label": "Site", "url": "https://example.com/"})])
    form = {"name": "Aya Kouamé", "slug": "aya-kouame", "role": "", "biography": rich_text("<p>Née à Man.</p>")}
    return nested_form_data({**form, "links": links, **changes})


def test_an_author_is_made_and_previewed(client: Client) -> None:
    assert client.post(f"{AUTHORS}add/", author_form()).status_code == 302
    author = Author.objects.get()

    assert "Aya Kouamé" in preview(client, f"{AUTHORS}preview/", author_form(slug="autre"))
    assert "Née à Man" in preview(client, f"{AUTHORS}preview/{author.pk}/", author_form())
    assert client.get(author.get_absolute_url()).status_code == 200


def test_a_name_proposes_the_slug_of_a_new_author_and_leaves_that_of_a_known_one(client: Client) -> None:
    known = client.get(f"{AUTHORS}edit/{AuthorFactory().pk}/").content.decode()
    new = client.get(f"{AUTHORS}add/").content.decode()

    assert ("w-sync#apply" in new, "w-sync#apply" in known) == (True, False)


def test_two_authors_do_not_share_an_address(client: Client) -> None:
    AuthorFactory(slug="aya-kouame")

    assert errors(client.post(f"{AUTHORS}add/", author_form())).keys() == {"slug"}


def test_an_author_who_signed_something_is_not_deleted(client: Client, section: SectionPage) -> None:
    author = AuthorFactory()
    ArticleFactory(parent=section, authors=[author])

    response = client.post(f"{AUTHORS}delete/{author.pk}/", follow=True)

    assert response.status_code == 200
    assert Author.objects.filter(pk=author.pk).exists()


def test_a_topic_has_an_address_without_accents(client: Client) -> None:
    assert client.post(f"{TOPICS}add/", {"name": "Économie", "slug": "economie"}).status_code == 302
    assert client.get(Topic.objects.get().get_absolute_url()).status_code == 200

    assert errors(client.post(f"{TOPICS}add/", {"name": "Santé", "slug": "santé"})).keys() == {"slug"}
    assert errors(client.post(f"{TOPICS}add/", {"name": "Économie", "slug": "economie"}))


def test_a_section_keeps_three_stories_on_top_at_most(client: Client, section: SectionPage) -> None:
    stories = [{"story": ArticleFactory(parent=section).pk} for _ in range(4)]
    form = {"title": "Afrique", "slug": "afrique", "introduction": "", "accent": "green"}
    url = reverse("wagtailadmin_pages:edit", args=[section.pk])

    def send(count: int) -> Any:
        pinned = inline_formset(stories[:count])
        return client.post(
            url,
            nested_form_data({**form, "pinned_stories": pinned, "comments": inline_formset([]), "action-publish": "1"}),
        )

    assert send(4).status_code == 200
    assert send(3).status_code == 302
    assert ArticlePage.objects.pinned_to(section).count() == 3
