"""Links in running text."""

from django.utils.html import escape
from wagtail.rich_text.pages import PageLinkHandler

from aminata24.theme.surroundings import path_of


class PublicPageLinkHandler(PageLinkHandler):
    """A link to a page that readers can't open is printed as its text alone."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        """The opening tags for these links, in their order."""
        pages = cls.get_many(attrs_list)
        return [
            f'<a href="{escape(path_of(page))}">' if page and page.live and not page.get_view_restrictions() else "<a>"
            for page in pages
        ]
