"""Who may not comment."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from aminata24.comments.models.person import same_person


class BanQuerySet(models.QuerySet["Ban"]):
    """Bans by what they hold of a person."""

    def of(self, reader_id: int | None, email: str, address_key: str) -> "BanQuerySet":
        """The bans that one of these falls under."""
        return self.filter(same_person(reader_id, email, address_key))


class Ban(models.Model):
    """A person who is kept out: by account, by e-mail address, or by the keyed hash of a network address."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    address_key = models.CharField(max_length=64, blank=True, editable=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    banned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    objects = BanQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("ban")
        verbose_name_plural = _("bans")
        indexes = [
            models.Index(fields=["email"], name="ban_email"),
            models.Index(fields=["address_key"], name="ban_address"),
        ]

    def __str__(self) -> str:
        return str(self.reader or self.email or _("A network address"))

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)
