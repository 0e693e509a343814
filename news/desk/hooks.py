"""What the desk adds to Wagtail's admin; imported by `news.wagtail_hooks`."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.models import Page

from news.desk.checking import CheckOnCreateView, CheckOnEditView


@hooks.register("register_admin_urls")
def register_checks() -> list[URLPattern]:
    """Where the editor's form is checked: beside Wagtail's addresses of its preview."""
    return [
        path("pages/<int:page_id>/edit/checks/", CheckOnEditView.as_view(), name="check_on_edit"),
        path(
            "pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/checks/",
            CheckOnCreateView.as_view(),
            name="check_on_add",
        ),
    ]


@hooks.register("insert_editor_js")
def add_editor_script() -> SafeString:
    """Check, count and suggest while one writes."""
    return format_html('<script type="module" src="{}"></script>', static("js/admin/editor.js"))


@hooks.register("insert_global_admin_css")
def add_desk_styles() -> SafeString:
    """What our own parts of the admin look like."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/desk.css"))


@hooks.register("construct_wagtail_userbar")
def check_what_editors_write(request: HttpRequest, items: list[Any], page: Page | None) -> None:
    """Wagtail's checks of a preview look at the page's own part, not at the header and footer around it."""
    for item in items:
        if isinstance(item, ContentCheckerItem):
            item.axe_include = ["main"]
