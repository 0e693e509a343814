"""The admin's screens for users: Wagtail's, with a line drawn around administrators; addresses count at once."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail.users.views import users

from aminata24.readers.addresses import vouch_for
from aminata24.readers.models import User


class AdministratorGuard:
    """An editor-in-chief manages users, but only an administrator makes another administrator."""

    request: HttpRequest

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(*args, **kwargs)  # type: ignore[misc]
        # People who edit themselves have no such field.
        if "is_superuser" in form.fields:
            form.fields["is_superuser"].disabled = not self.request.user.is_superuser
        return form

    def save_instance(self) -> User:
        """Whoever writes an address here vouches for it."""
        user = super().save_instance()  # type: ignore[misc]
        vouch_for(user)
        return user


class CreateView(AdministratorGuard, users.CreateView):
    """A new user."""


class EditView(AdministratorGuard, users.EditView):
    """Changes to a user; only an administrator changes an administrator, whose password could be set here."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied


class UserViewSet(users.UserViewSet):
    """Users at /admin/users/."""

    add_view_class = CreateView
    edit_view_class = EditView
