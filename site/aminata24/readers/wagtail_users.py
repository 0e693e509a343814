"""Wagtail's app for managing users, with our screens; stands in INSTALLED_APPS in place of "wagtail.users"."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    """The same app with another viewset."""

    user_viewset = "aminata24.readers.viewsets.UserViewSet"
