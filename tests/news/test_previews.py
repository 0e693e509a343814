"""How an article is previewed: as readers see it, as a link in networks, as a card; never cached."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.models import Page

from aminata24.readers.models import User
from news.metadata import metadata
from news.models import ArticlePage, SectionPage
from news.previews import NETWORKS, cut, social_card
from tests.factories import ArticleFactory, ImageFactory
from tests.news.test_roles import article_form

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def editor(home_page: Page, sign_in: Callable[..., User]) -> User:
    """An editor, signed in."""
    return sign_in("Editors")


def preview(client: Client, article: ArticlePage, mode: str, **changes: Any) -> Any:
    """The preview of what is typed into an article's form."""
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[article.pk])
    assert client.post(url, article_form(**changes)).json()["is_valid"]
    return client.get(url, {"mode": mode, "in_preview_panel": "true"})


@pytest.mark.parametrize("mode", ["", "social", "list"])
def test_each_mode_shows_what_is_typed_and_is_never_cached(client: Client, section: SectionPage, mode: str) -> None:
    response = preview(
        client, ArticleFactory(parent=section), mode, title="Le port rouvre", lead_image=ImageFactory().pk
    )

    assert response.status_code == 200
    assert "Le port rouvre" in response.content.decode()
    assert "public" not in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


def test_an_unknown_mode_shows_the_article(client: Client, section: SectionPage) -> None:
    assert preview(client, ArticleFactory(parent=section), "../../base").status_code == 200


def test_the_card_stands_in_all_four_sizes(client: Client, section: SectionPage) -> None:
    page = preview(client, ArticleFactory(parent=section), "list", short_headline="Le bac", kicker="Récit")

    text = page.content.decode()
    assert all(f"card--{size}" in text for size in ("lead", "large", "row", "text"))
    assert text.count(">Le bac<") == 4


def test_wagtails_own_checks_run_in_the_panel_alone(client: Client, section: SectionPage) -> None:
    article = ArticleFactory(parent=section)

    assert b"wagtail-userbar" in preview(client, article, "").content
    assert b"wagtail-userbar" not in client.get(article.path_on_site).content


def cards(article: ArticlePage) -> dict[str, Any]:
    """{network: card} of a link to an article."""
    meta = metadata(RequestFactory().get("/"), page=article)
    return {network.key: social_card(article, meta, network) for network in NETWORKS}


def test_a_long_title_is_cut_where_a_network_cuts_it_and_said_so(section: SectionPage) -> None:
    title = "Le bac de la lagune reprend son service après six mois d’arrêt, dit-on"
    made = cards(ArticleFactory(parent=section, title=title, lead_image=ImageFactory(file__width=1200)))

    assert made["whatsapp"].title.endswith("…")
    assert len(made["whatsapp"].title) <= 65
    assert made["whatsapp"].warnings
    assert (made["facebook"].title, made["facebook"].warnings) == (title, [])


@pytest.mark.parametrize(
    ("image", "warns"),
    [(None, True), ((400, 225), True), ((1200, 1600), True), ((1200, 675), False)],
)
def test_a_picture_that_networks_show_badly_is_named(
    section: SectionPage, image: tuple[int, int] | None, warns: bool
) -> None:
    picture = image and ImageFactory(file__width=image[0], file__height=image[1])
    card = cards(ArticleFactory(parent=section, title="Le bac", lead_image=picture))["x"]

    assert bool(card.warnings) is warns


def test_texts_are_cut_between_words() -> None:
    assert cut("Le bac, enfin, reprend", 14) == "Le bac…"
    assert cut("Le bac reprend", 14) == "Le bac reprend"
    assert cut("Le bac", 0) == ""


def test_a_phone_is_as_narrow_as_our_readers(section: SectionPage) -> None:
    assert [size["device_width"] for size in section.preview_sizes] == [360, 768, 1280]
