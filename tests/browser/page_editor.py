"""Wagtail's page editor in the hands of a journalist."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from news.models import ArticlePage, SectionPage

BODY = ArticlePage._meta.get_field("body").stream_block


class PageEditor:
    """The editor of a new article; fields go by the names of their inputs, blocks by those of `ArticleBody`."""

    def __init__(self, page: Page, section: SectionPage) -> None:
        self.page = page
        self.modal = page.locator(".modal-content")
        self.body = page.locator("#panel-child-story-body-section [data-streamfield-stream-container]").first
        self.blocks = self.body.locator("> [data-streamfield-child]")
        # Leaving a page with unsaved changes is asked about.
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(f"/admin/pages/add/news/articlepage/{section.pk}/")

    def field(self, name: str) -> Locator:
        """The input of this name."""
        return self.page.locator(f'[name="{name}"]')

    def open_tab(self, name: str) -> None:
        """Turn to another tab of the editor."""
        self.page.locator(f"#tab-label-{name}").click()

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

    def open_chooser(self, within: Locator) -> Locator:
        """Open the first chooser in here that has nothing chosen yet."""
        within.locator(".chooser__choose-button").locator("visible=true").first.click()
        expect(self.modal.locator("input, table").first).to_be_attached()
        return self.modal

    def choose(self, within: Locator, name: str, search: bool = False) -> None:
        """Choose what has this name, from the list or by searching for it."""
        modal = self.open_chooser(within)
        if search:
            modal.locator("[name=q]").fill(name)
        modal.locator("[data-chooser-modal-choice], .choose-page").filter(has_text=name).last.click()
        expect(modal).to_have_count(0)

    def fill_upload(self, within: Locator, path: Path, title: str, description: str | None = None) -> None:
        """Fill the chooser's form for a new picture or file."""
        modal = self.open_chooser(within)
        modal.locator("#tab-label-upload").click()
        modal.locator("[name$=upload-file]").set_input_files(path)
        modal.locator("[name$=upload-title]").fill(title)
        if description is not None:
            modal.locator("[name$=upload-description]").fill(description)
        modal.locator("#tab-upload [type=submit]").click()

    def upload(self, within: Locator, path: Path, title: str, description: str | None = None) -> None:
        """Choose a picture or file by bringing it along."""
        self.fill_upload(within, path, title, description)
        expect(self.modal).to_have_count(0)
        expect(within).to_contain_text(title)

    def publish(self) -> None:
        """Publish, whatever the answer."""
        footer = self.page.locator("footer")
        footer.locator(".w-dropdown__toggle").click()
        self.page.locator("[name=action-publish]").click()
        self.page.wait_for_load_state()
