"""The user model: a person signs in with an e-mail address."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes users from an e-mail address, which is kept in lower case and needs no mail to confirm it."""

    def _create(self, email: str, password: str | None, **fields: Any) -> "User":
        # Addresses are a model that refers to this one.
        from aminata24.readers.addresses import vouch_for

        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        vouch_for(user)
        return user

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an ordinary user; raises ValueError without an address."""
        return self._create(email, password, **fields)

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user who may do everything; raises ValueError without an address."""
        return self._create(email, password, **{**fields, "is_staff": True, "is_superuser": True})

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by address, whatever its case, so that a phone's capital letter locks nobody out."""
        return self.get(email__iexact=username)


class User(AbstractUser):
    """A person with an account, known by an e-mail address instead of a user name."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().lower()

    @property
    def is_newsroom(self) -> bool:
        """Whether the page editor is open to them."""
        return self.has_perm("wagtailadmin.access_admin")

    @property
    def lacks_second_factor(self) -> bool:
        """Whether the page editor stays closed to them until they set up an authenticator app or a passkey."""
        if settings.STAFF_SECOND_FACTOR != "required" or not self.is_newsroom:
            return False
        # Recovery codes only stand in for one of the two.
        factors = self.authenticator_set  # type: ignore[attr-defined]
        return not factors.filter(type__in=["totp", "webauthn"]).exists()

    def rename(self, name: str) -> None:
        """Be called as they say themselves; `get_full_name` is what others see."""
        self.first_name, self.last_name = name, ""
        self.save(update_fields=["first_name", "last_name"])
