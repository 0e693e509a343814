"""Who may not comment."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class BanQuerySet(models.QuerySet["Ban"]):
    """Bans by what they hold of a person."""

    def of(self, reader_id: int | None, email: str, address_key: str) -> "BanQuerySet":
        """The bans that one of these falls under."""
        found = Q(pk=None)
        if reader_id:
            found |= Q(reader=reader_id)
        if email:
            found |= Q(email=email.lower())
        if address_key:
            found |= Q(address_key=address_key)
        return self.filter(found)


class Ban(models.Model):
    """A person who is kept out: by account, by e-mail address, or by the keyed hash of a network address."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
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
