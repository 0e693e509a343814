"""An editor at work: checks while typing, suggestions, previews, the front page desk, pinned stories, reports."""

from axe_playwright_python.sync_playwright import Axe
from django.utils.translation import gettext as _
from playwright.sync_api import Locator, Page, expect

from news.models import ArticlePage
from tests.browser.conftest import DESKTOP, PHONE, OpenContext
from tests.browser.page_editor import ArticleEditor, Editor
from tests.browser.test_accessibility import RULES
from tests.factories import ArticleFactory
from tests.newsroom import Newsroom

LONG = (
    "À Grand-Lahou, les piroguiers gardent leur embouchure contre la barre, le sable et les vagues de la grande saison"
)
DESK = "/admin/une/"


def findings(editor: Page) -> Locator:
    """What the panel of checks lists."""
    return editor.locator(".desk-finding")


def drag(page: Page, handle: Locator, to: Locator, above: bool = True) -> None:
    """Drag with the mouse, in steps as a hand does, to the upper or lower half of something."""
    handle.scroll_into_view_if_needed()
    start, end = handle.bounding_box(), to.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2 + 12, steps=3)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] * (0.2 if above else 0.8), steps=12)
    page.mouse.up()


def test_a_long_headline_and_a_used_address_are_noticed_while_typing(editor: Page, newsroom: Newsroom) -> None:
    article = ArticleEditor(editor, newsroom.section)
    editor.locator("[data-side-panel-toggle=checks]").click()
    article.field("title").fill(LONG)
    expect(article.panel("title").locator(".desk-length--over")).to_contain_text(str(len(LONG)))
    too_long = findings(editor).filter(has_text=_("The headline has %(length)s characters.") % {"length": len(LONG)})
    expect(too_long).to_be_visible()

    # From another tab, a click leads to the field.
    article.open_tab("Filing")
    too_long.get_by_role("button").click()
    expect(article.field("title")).to_be_focused()

    article.field("title").fill(newsroom.article.title)
    article.field("title").press("Tab")
    expect(too_long).to_have_count(0)
    same = findings(editor).filter(has_text=_("The same headline was published a few days ago."))
    expect(same.get_by_role("link")).to_have_attribute("href", newsroom.article.path_on_site)
    article.open_tab("Search engines")
    article.field("slug").fill(newsroom.article.slug)
    article.field("slug").press("Tab")
    used = findings(editor).filter(has_text=_("Use %(slug)s") % {"slug": f"{newsroom.article.slug}-2"})
    expect(used).to_have_attribute("data-grade", "must")
    expect(editor.locator(".desk-summary__must")).not_to_be_empty()
    used.locator("[data-fix]").click()
    expect(article.field("slug")).to_have_value(f"{newsroom.article.slug}-2")
    expect(used).to_have_count(0)
    expect(editor.locator(".desk-summary__must")).to_be_empty()


def test_words_are_counted_while_typing(editor: Page, newsroom: Newsroom) -> None:
    article = ArticleEditor(editor, newsroom.section)
    article.field("title").fill("Les piroguiers de Grand-Lahou")
    article.write(article.add_block("paragraph"), "La barre avance de dix mètres par an.")
    expect(editor.locator(".desk-summary")).to_contain_text(
        _("%(words)s words · %(time)s").split("·")[0] % {"words": 8}
    )
    editor.locator(".desk-summary button").click()
    expect(editor.locator("[data-desk-checks-target=words]")).to_have_text("8")
    expect(findings(editor).first.locator(".desk-finding__jump")).to_be_focused()


def test_a_suggested_story_is_added_with_one_click(editor: Page, newsroom: Newsroom) -> None:
    article = ArticleEditor(editor, newsroom.section)
    article.field("title").fill("Traverser la lagune")
    article.open_tab("Filing")
    suggestion = editor.locator(".desk-suggestion").filter(has_text=newsroom.article.title)
    suggestion.click()
    expect(editor.locator("#inline_child_related_stories-0")).to_contain_text(newsroom.article.title)
    expect(suggestion).to_have_count(0)
    article.save_draft()
    draft = ArticlePage.objects.get(title="Traverser la lagune").get_latest_revision_as_object()
    assert [related.story_id for related in draft.related_stories.all()] == [newsroom.article.pk]


def test_the_social_card_and_the_list_card_are_previewed(editor: Page, newsroom: Newsroom) -> None:
    Editor(editor, f"/admin/pages/{newsroom.article.pk}/edit/")
    editor.locator("[data-side-panel-toggle=preview]").click()
    preview = editor.frame_locator("#w-preview-iframe")
    expect(preview.locator("[data-article-body]")).to_be_visible()
    editor.locator("#id_preview_mode").select_option("social")
    expect(preview.locator(".social-title").first).to_have_text(newsroom.article.title)
    editor.locator("#id_preview_mode").select_option("list")
    expect(preview.locator(".card--lead")).to_contain_text(newsroom.article.title)


def test_pinned_stories_of_a_section_are_dragged_into_order(editor: Page, newsroom: Newsroom) -> None:
    section = Editor(editor, f"/admin/pages/{newsroom.section.pk}/edit/")
    titles = list(ArticlePage.objects.live().child_of(newsroom.section).values_list("title", flat=True)[:2])
    for place, title in enumerate(titles):
        editor.locator("#id_pinned_stories-ADD").click()
        section.choose(editor.locator(f"#inline_child_pinned_stories-{place}"), title, search=True)
    handle = editor.locator("#inline_child_pinned_stories-1 [data-inline-panel-child-drag]")
    drag(editor, handle, editor.locator("#inline_child_pinned_stories-0"))
    expect(editor.locator("#id_pinned_stories-FORMS > div").first).to_contain_text(titles[1])
    section.publish()
    expect(editor.locator(".messages .success")).to_be_visible()
    assert [story.title for story in ArticlePage.objects.pinned_to(newsroom.section)] == titles[::-1]


def rail(editor: Page, title: str) -> Locator:
    """A rail of the front page desk."""
    return editor.locator(f'.board-rail[data-title="{title}"]')


def test_a_story_dragged_on_the_desk_leads_the_front_page(
    editor: Page, open_context: OpenContext, newsroom: Newsroom
) -> None:
    other = ArticleFactory(parent=newsroom.section, title="Le port rouvre à l’aube")
    editor.goto(DESK)
    lead = editor.locator(".board-rail").first
    first = lead.locator("[data-pins] [data-story]").first
    expect(first).to_contain_text(newsroom.article.title)
    tray = editor.locator("[data-tray] [data-story]").filter(has_text=other.title)
    drag(editor, tray.locator("[data-handle]"), first)
    expect(lead.locator("[data-pins] [data-story]")).to_have_count(2)
    expect(lead.locator("[data-pins] [data-story]").first).to_contain_text(other.title)
    expect(editor.locator(".board__bar [role=status]")).to_contain_text(other.title)
    editor.locator("[name=action][value=publish]").click()
    expect(editor.locator(".messages .success")).to_be_visible()

    reader = open_context().new_page()
    reader.goto("/")
    expect(reader.locator(".rail--lead_package .card").first).to_contain_text(other.title)
    expect(reader.locator(".rail--lead_package .card").nth(1)).to_contain_text(newsroom.article.title)


def test_the_desk_works_by_keys_and_buttons_alone(editor: Page, newsroom: Newsroom) -> None:
    editor.goto(DESK)
    pins = editor.locator(".board-rail").first.locator("[data-pins] [data-story]")
    filled = editor.locator(".board-rail").first.locator("[data-filled] [data-story]").first
    title = filled.get_attribute("data-title")
    assert title
    filled.locator("[data-pin-here]").focus()
    editor.keyboard.press("Enter")
    expect(pins.last).to_contain_text(title)
    expect(pins.last.locator("[data-handle]")).to_be_focused()
    editor.keyboard.press("ArrowUp")
    expect(pins.first).to_contain_text(title)
    expect(pins.first.locator("[data-handle]")).to_be_focused()
    pins.first.locator("[data-down]").click()
    expect(pins.last).to_contain_text(title)
    expect(pins.last.locator("[data-down]")).to_be_focused()
    pins.last.locator("[data-unpin]").click()
    expect(pins).to_have_count(1)
    rails = editor.locator(".board-rail")
    moved = rails.nth(1).get_attribute("data-title")
    rails.nth(1).locator(".board-rail__head [data-up]").click()
    expect(rails.first).to_have_attribute("data-title", moved or "")


def test_a_drag_is_given_up_with_escape(editor: Page, newsroom: Newsroom) -> None:
    editor.goto(DESK)
    lead = editor.locator(".board-rail").first
    filled = lead.locator("[data-filled] [data-story]").first
    box, target = filled.locator("[data-handle]").bounding_box(), lead.locator("[data-pins]").bounding_box()
    assert box
    assert target
    editor.mouse.move(box["x"] + 10, box["y"] + 10)
    editor.mouse.down()
    editor.mouse.move(target["x"] + 60, target["y"] + 20, steps=10)
    expect(lead.locator("[data-pins] [data-story]")).to_have_count(2)
    editor.keyboard.press("Escape")
    expect(lead.locator("[data-pins] [data-story]")).to_have_count(1)
    editor.mouse.up()
    expect(lead.locator("[data-pins] [data-story]")).to_have_count(1)


def test_the_desk_is_usable_on_a_phone(editor: Page, newsroom: Newsroom) -> None:
    editor.set_viewport_size(PHONE)
    editor.goto(DESK)
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert editor.evaluate(overflow) == 0
    story = editor.locator("[data-tray] [data-story]").last
    title = story.get_attribute("data-title")
    assert title
    society = editor.locator('.board-rail[data-title="Société"]')
    story.locator("select").select_option(label="Société")
    expect(society.locator("[data-pins] [data-story]")).to_contain_text(title)
    small = "e => [...e.querySelectorAll('button, select')].filter(b => b.offsetHeight && b.offsetHeight < 44).length"
    assert editor.locator(".board").evaluate(small) == 0


def test_axe_finds_nothing_on_the_desk_nor_among_the_checks(editor: Page, newsroom: Newsroom) -> None:
    def found(page: Page, part: str) -> list[str]:
        violations = Axe().run(page, context=part, options=RULES).response["violations"]
        return [f"{violation['id']}: {node['html']}" for violation in violations for node in violation["nodes"]]

    for scheme in ("light", "dark"):
        editor.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        editor.goto(DESK)
        assert found(editor, ".board") == []
        ArticleEditor(editor, newsroom.section)
        editor.locator("[name=title]").fill(LONG)
        # The panel is open still the second time.
        editor.locator(".desk-summary button").click()
        expect(findings(editor).first).to_be_visible()
        assert found(editor, ".desk-findings, .desk-counts") == []
        assert found(editor, ".desk-summary") == []


def test_each_report_opens_and_is_downloaded(editor: Page, newsroom: Newsroom) -> None:
    editor.set_viewport_size(DESKTOP)
    for slug in ("output", "incomplete", "in-review", "corrections", "broken-links"):
        editor.goto(f"/admin/reports/{slug}/")
        for kind in ("csv", "xlsx"):
            editor.locator("header").get_by_role("button", name="Actions").click()
            with editor.expect_download() as download:
                editor.locator(f'a[href*="export={kind}"]').locator("visible=true").click()
            assert download.value.suggested_filename.startswith(slug)
            editor.keyboard.press("Escape")
