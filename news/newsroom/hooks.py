"""What the desk adds to Wagtail's admin; imported by `news.wagtail_hooks`."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page, PageLogEntry

from news.checks import findings
from news.models import ArticlePage
from news.newsroom.checking import CheckOnCreateView, CheckOnEditView
from news.newsroom.reports import REPORTS, DeskReport, menu_item

# So many of the tips are named after publication; the page editor shows all of them.
MOST_REMINDED = 3


@hooks.register("register_admin_urls")
def register_checks() -> list[URLPattern]:
    """Where the editor's form is checked: below the address it is sent to."""
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


@hooks.register("register_admin_urls")
def register_reports() -> list[URLPattern]:
    """The desk's reports."""
    return [url for report in REPORTS for url in report.urls()]


def _offer(report: type[DeskReport], order: int) -> None:
    hooks.register("register_reports_menu_item", lambda: menu_item(report, order))


for place, each in enumerate(REPORTS):
    _offer(each, 100 + place)


@hooks.register("register_log_actions")
def register_correction(actions: LogActionRegistry) -> None:
    """A page's history tells of its corrections; `news.signals` writes them down."""

    @actions.register_action("news.correct")
    class CorrectionFormatter(LogFormatter):
        label = _("Correct")

        def format_message(self, log_entry: PageLogEntry) -> str:
            return gettext("Correction published: « %(text)s »") % {"text": log_entry.data.get("text", "")}


@hooks.register("after_publish_page")
def remind(request: HttpRequest, page: Page) -> None:
    """Name what could still be better to the one who has just published an article."""
    if not isinstance(page, ArticlePage) or not (found := findings(page)):
        return
    text = ngettext("Published, with %(count)s tip:", "Published, with %(count)s tips:", len(found)) % {
        "count": len(found)
    }
    named = " ".join(finding.text for finding in found[:MOST_REMINDED])
    edit = messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), gettext("Edit"))
    messages.warning(request, f"{text} {named}", buttons=[edit])
