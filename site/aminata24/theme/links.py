"""Links an editor composes: to a page of ours or to an address elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Page


@dataclass(frozen=True)
class Link:
    """A link ready to print."""

    label: str
    url: str


class LinkBlock(blocks.StructBlock):
    """One entry of a menu."""

    page = blocks.PageChooserBlock(required=False, label=_("Page"))
    url = blocks.CharBlock(
        required=False,
        max_length=400,
        label=_("Address"),
        help_text=_("Instead of a page: https://… or a path such as /en-continu/"),
    )
    label = blocks.CharBlock(
        required=False, max_length=60, label=_("Label"), help_text=_("Empty: the title of the page.")
    )

    class Meta:
        icon = "link"
        label = _("Link")

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        errors = {}
        if bool(value["page"]) == bool(value["url"]):
            errors["url"] = ValidationError(_("Choose a page or write an address, one of the two."))
        elif value["url"]:
            is_known = value["url"].startswith(("https://", "http://", "/", "mailto:", "tel:"))
            # To a browser these begin with the name of another host.
            if not is_known or value["url"].startswith(("//", "/\\")):
                errors["url"] = ValidationError(_("An address starts with https:// or, on this site, with /."))
            if not value["label"]:
                errors["label"] = ValidationError(_("An address needs a label."))
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return value


def resolve_links(menus: Iterable[Any], root_path: str) -> list[list[Link]]:
    """
    Turn several StreamFields of `LinkBlock`s into links with a single query for all their pages.

    Pages that are not live are left out. `root_path` is the `url_path` of the site's root page.
    """
    raw_menus = [[item["value"] for item in menu.raw_data] for menu in menus]
    page_ids = {value["page"] for raw in raw_menus for value in raw if value.get("page")}
    pages = {}
    if page_ids:
        rows = Page.objects.live().filter(pk__in=page_ids).values_list("pk", "title", "url_path")
        pages = {pk: (title, path.removeprefix(root_path.rstrip("/"))) for pk, title, path in rows}
    return [[link for value in raw if (link := _link(value, pages))] for raw in raw_menus]


def _link(value: dict[str, Any], pages: dict[int, tuple[str, str]]) -> Link | None:
    page_id = value.get("page")
    if not page_id:
        return Link(value["label"], value["url"])
    if page_id not in pages:
        return None
    title, url = pages[page_id]
    return Link(value.get("label") or title, url)
