"""Wagtail's forms in the hands of a journalist."""

from pathlib import Path

from django.utils.translation import gettext as _
from playwright.sync_api import Locator, Page, expect

from news.models import ArticlePage, SectionPage
from tests.browser.conftest import PATIENCE

BODY = ArticlePage._meta.get_field("body").stream_block


class Editor:
    """A form of the admin; fields go by the names of their inputs."""

    def __init__(self, page: Page, path: str) -> None:
        self.page = page
        self.modal = page.locator(".modal-content")
        page.goto(path)

    def field(self, name: str) -> Locator:
        """The input of this name."""
        return self.page.locator(f'[name="{name}"]')

    def panel(self, name: str) -> Locator:
        """A field with its label, its chooser and its errors."""
        return self.page.locator(f"[data-contentpath={name}]")

    def open_chooser(self, within: Locator) -> Locator:
        """Open the first chooser in here that has nothing chosen yet."""
        within.locator(".chooser__choose-button").locator("visible=true").first.click()
        # Drafts, checks and previews of all that was typed before may stand in line: one is answered at a time.
        expect(self.modal.locator("input, table").first).to_be_attached(timeout=3 * PATIENCE)
        return self.modal

    def choose(self, within: Locator, name: str, search: bool = False) -> None:
        """Choose what has this name, from the list or by searching for it."""
        modal = self.open_chooser(within)
        if search:
            modal.locator("[name=q]").fill(name)
        modal.locator("[data-chooser-modal-choice], .choose-page").filter(has_text=name).last.click()
        expect(modal).to_have_count(0)

    def fill_upload(self, within: Locator, path: Path, title: str, description: str = "") -> None:
        """Fill and send the chooser's form for a new picture."""
        modal = self.open_chooser(within)
        modal.locator("#tab-label-upload").click()
        modal.locator("[name$=upload-file]").set_input_files(path)
        modal.locator("[name$=upload-title]").fill(title)
        modal.locator("[name$=upload-description]").fill(description)
        modal.locator("#tab-upload [type=submit]").click()

    def upload(self, within: Locator, path: Path, title: str, description: str = "") -> None:
        """Choose a picture by bringing it along."""
        self.fill_upload(within, path, title, description)
        expect(self.modal).to_have_count(0)
        expect(within).to_contain_text(title)

    def publish(self) -> None:
        """Publish, whatever the answer."""
        self.page.locator("footer .w-dropdown__toggle").click()
        with self.page.expect_navigation():
            self.page.locator("[name=action-publish]").click()

    def save_draft(self) -> None:
        """Save without publishing, whatever the answer."""
        with self.page.expect_navigation():
            self.page.locator("footer button.action-save").click()


class ArticleEditor(Editor):
    """The editor of a new article; blocks go by their names in `ArticleBody`."""

    def __init__(self, page: Page, section: SectionPage) -> None:
        super().__init__(page, f"/admin/pages/add/news/articlepage/{section.pk}/")
        self.body = self.panel("body").locator("[data-streamfield-stream-container]").first
        self.blocks = self.body.locator("> [data-streamfield-child]")

    def open_tab(self, name: str) -> None:
        """Turn to another tab."""
        self.page.get_by_role("tab", name=_(name)).click()

    def add_block(self, name: str, **values: str) -> Locator:
        """Append a block with the block chooser and fill its plain fields; `value` is that of a block of one field."""
        place = self.blocks.count()
        self.body.locator("> div > button.c-sf-add-button").nth(place).click()
        self.page.get_by_role("option", name=str(BODY.child_blocks[name].label), exact=True).click()
        expect(self.blocks).to_have_count(place + 1)
        for field, value in values.items():
            self.field(f"body-{place}-value" if field == "value" else f"body-{place}-value-{field}").fill(value)
        return self.blocks.nth(place)

    def write(self, block: Locator, text: str) -> None:
        """Type into the rich text of a block."""
        block.locator(".public-DraftEditor-content").click()
        self.page.keyboard.type(text)
        expect(block.locator(".public-DraftEditor-content")).to_contain_text(text)
