"""From the page editor to the reader."""

from pathlib import Path

import pytest
from django.utils.translation import gettext as _
from PIL import Image
from playwright.sync_api import Page, expect

from news.blocks import ArticleBody
from tests.browser.conftest import OpenContext
from tests.browser.page_editor import ArticleEditor, Editor
from tests.newsroom import Newsroom

HEADLINE = "Les piroguiers de Grand-Lahou gardent leur embouchure"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photograph on the editor's disk."""
    return make_photo(tmp_path / "embouchure.jpg", "teal")


@pytest.fixture
def manuscript(tmp_path: Path) -> Path:
    """A text that calls itself a photograph."""
    path = tmp_path / "manuscrit.jpg"
    path.write_text("Chapitre premier.")
    return path


def make_photo(path: Path, colour: str) -> Path:
    """Make a photograph; Wagtail asks before it takes the same one twice."""
    Image.new("RGB", (1280, 720), colour).save(path)
    return path


def add_to_ticker(editor: Page, text: str, headline: str) -> None:
    """Make a line of the ticker that leads to an article."""
    line = Editor(editor, "/admin/snippets/news/breakingnews/add/")
    line.field("text").fill(text)
    line.choose(line.panel("page"), headline, search=True)
    line.publish()
    expect(editor.locator(".messages .success")).to_contain_text(text)


def write_every_block(article: ArticleEditor, newsroom: Newsroom, photo: Path) -> None:
    """Fill the body with one block of each kind."""
    article.write(article.add_block("paragraph"), "La barre avance de dix mètres par an.")
    article.add_block("heading", value="Une langue de sable")
    article.add_block("quote", text="Chaque marée prend un arbre", speaker="Koffi Adou", role="piroguier")
    article.add_block("pull_quote", text="Le village recule avec dignité")
    article.write(article.add_block("question_answer", question="Que faire ?"), "Planter des palétuviers.")
    article.upload(article.add_block("image", caption="La passe, au matin"), photo, "La passe", "Une passe de sable")
    gallery = article.add_block("gallery", title="Les pirogues")
    article.choose(gallery, "Le marché")
    gallery.locator(".c-sf-add-button").last.click()
    article.choose(gallery, "La passe")
    article.add_block("embed", url="https://youtu.be/abcdefghijk", title="La barre vue du ciel")
    article.choose(article.add_block("video", title="Le lancer du filet"), "Film")
    article.choose(article.add_block("audio", title="Le chant des rameurs"), "Son")
    article.choose(article.add_block("document", title="La carte de l’érosion"), "Rapport")
    article.add_block("key_points", **{"points-0-value": "Le trait de côte recule"})
    article.write(article.add_block("context_box", title="Repères sur la barre"), "Le Bandama finit ici.")
    article.choose(article.add_block("read_also"), newsroom.article.title, search=True)
    table = article.add_block("table", caption="Le recul par an")
    table.locator("[data-append-column]").click()
    table.locator(".add-column-menu button").first.click()
    place = article.blocks.count() - 1
    article.field(f"body-{place}-value-table-column-0-heading").fill("Année")
    article.field(f"body-{place}-value-table-cell-0-0").fill("2026")
    article.add_block("figures", **{"figures-0-value-value": "1 500", "figures-0-value-label": "habitants déplacés"})
    article.add_block(
        "timeline", **{"title": "Le village en dates", "events-0-value-date": "1973", "events-0-value-title": "L’exode"}
    )
    article.add_block("ad_break")


def test_an_article_with_every_block_goes_from_the_page_editor_to_every_place_readers_find_it(
    editor: Page, open_context: OpenContext, newsroom: Newsroom, photo: Path
) -> None:
    article = ArticleEditor(editor, newsroom.section)
    article.field("title").fill(HEADLINE)
    article.field("standfirst").fill("À l’embouchure du Bandama, on surveille le sable nuit et jour.")
    article.upload(article.panel("lead_image"), photo, "Embouchure", "Une pirogue sur la barre")
    write_every_block(article, newsroom, make_photo(photo.with_name("passe.jpg"), "sienna"))
    expect(article.blocks).to_have_count(len(ArticleBody().child_blocks))
    editor.locator("#id_bylines-ADD").click()
    article.choose(editor.locator("#inline_child_bylines-0"), newsroom.author.name)
    article.open_tab("Filing")
    article.panel("topics").locator(".tagit-new input").press_sequentially("Érosion,")

    editor.locator("[data-side-panel-toggle=preview]").click()
    preview = editor.frame_locator("iframe[id*=preview]")
    expect(preview.get_by_role("heading", level=1)).to_contain_text(HEADLINE)
    expect(preview.locator("[data-article-body]")).to_contain_text("La barre avance")

    article.publish()
    expect(editor.locator(".messages .success")).to_contain_text(HEADLINE)

    add_to_ticker(editor, "Alerte à l’embouchure", HEADLINE)

    reader = open_context().new_page()
    for path in (
        "/",
        newsroom.section.path_on_site,
        "/en-continu/",
        "/recherche/?q=piroguiers+lahou",
        "/sujets/erosion/",
    ):
        reader.goto(path)
        expect(reader.locator("main").get_by_role("link", name=HEADLINE).first, path).to_be_visible()
    reader.locator("[data-ticker]").get_by_role("link", name="Alerte à l’embouchure").click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text(HEADLINE)
    expect(reader.locator("main")).to_contain_text(newsroom.author.name)
    expect(reader.locator(".article-lead").get_by_role("img", name="Une pirogue sur la barre")).to_be_visible()
    body = reader.locator("[data-article-body]")
    for text in (
        "La barre avance de dix mètres par an.",
        "Une langue de sable",
        "Chaque marée prend un arbre",
        "Le village recule avec dignité",
        "Planter des palétuviers.",
        "La passe, au matin",
        "Les pirogues",
        "La barre vue du ciel",
        "La carte de l’érosion",
        "Le trait de côte recule",
        "Le Bandama finit ici.",
        newsroom.article.title,
        "Le recul par an",
        "habitants déplacés",
        "L’exode",
    ):
        expect(body).to_contain_text(text)
    expect(body.locator("video, audio")).to_have_count(2)


def test_bad_input_gets_a_message_and_what_was_typed_stays(
    editor: Page, newsroom: Newsroom, photo: Path, manuscript: Path
) -> None:
    article = ArticleEditor(editor, newsroom.section)
    article.field("title").fill(HEADLINE)
    article.field("standfirst").fill("On surveille le sable.")
    article.write(article.add_block("paragraph"), "La barre avance.")
    article.add_block("embed", url="https://example.com/film", title="Un film d’ailleurs")

    article.fill_upload(article.panel("lead_image"), manuscript, "Manuscrit", "Une page écrite")
    expect(article.modal.locator(".error-message, .w-field__errors").locator("visible=true").first).not_to_be_empty()
    expect(article.modal.locator("[name$=upload-title]")).to_have_value("Manuscrit")
    expect(article.modal.locator("[name$=upload-description]")).to_have_value("Une page écrite")
    article.modal.locator("button.close").click()
    expect(article.modal).to_have_count(0)
    article.upload(article.panel("lead_image"), photo, "Photo sans texte")

    article.publish()
    expect(editor.locator(".messages .error")).to_be_visible()
    expect(article.panel("lead_image")).to_contain_text(
        _("This image has no alternative text yet: say in the image what it shows.")
    )
    expect(article.blocks.nth(1)).to_contain_text(
        _("This address is of no video or post we can show: YouTube, Dailymotion, Facebook or X.")
    )
    expect(article.field("title")).to_have_value(HEADLINE)
    expect(article.field("standfirst")).to_have_value("On surveille le sable.")
    expect(article.blocks.nth(0)).to_contain_text("La barre avance.")
    expect(article.field("body-1-value-url")).to_have_value("https://example.com/film")
    expect(article.field("body-1-value-title")).to_have_value("Un film d’ailleurs")
    expect(article.panel("lead_image")).to_contain_text("Photo sans texte")


def test_an_article_with_blocks_still_empty_is_kept_as_a_draft(editor: Page, newsroom: Newsroom) -> None:
    article = ArticleEditor(editor, newsroom.section)
    article.field("title").fill(HEADLINE)
    for name in ("image", "gallery", "embed", "video", "read_also"):
        article.add_block(name)
    article.save_draft()
    expect(editor.locator(".messages .success")).to_contain_text(HEADLINE)
    expect(article.blocks).to_have_count(5)
