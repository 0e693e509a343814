"""The front page's part of the admin: the desk « La une »."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from home.desk.views import DeskView, may_arrange, stories


class DeskMenuItem(MenuItem):
    """Shown to those who may publish the front page."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_arrange(request.user)


@hooks.register("register_admin_urls")
def register_desk() -> list[URLPattern]:
    """The desk's addresses."""
    return [
        path("une/", DeskView.as_view(), name="front_page_desk"),
        path("une/articles/", stories, name="front_page_stories"),
    ]


@hooks.register("register_admin_menu_item")
def register_desk_item() -> MenuItem:
    """The desk's entry, right below the pages."""
    return DeskMenuItem(_("Front page"), reverse("front_page_desk"), name="front-page", icon_name="home", order=110)
