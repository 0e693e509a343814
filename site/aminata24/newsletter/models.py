"""Who gets the newsletter: an address counts only after its owner confirmed it (double opt-in)."""

import secrets
from datetime import datetime, timedelta

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aminata24.theme.surroundings import absolute

# One mail per address in this time, however often somebody asks for it.
MAIL_PAUSE = timedelta(minutes=10)
# How long we wait for the owner of an address to follow the link.
CONFIRMATION_TIME = timedelta(days=30)


def make_token() -> str:
    """A secret that nobody guesses, short enough for a link in a mail."""
    return secrets.token_urlsafe(24)


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    """Addresses, as those who keep them speak of them."""

    def unconfirmed_for_long(self, now: datetime) -> "SubscriberQuerySet":
        """Those that nobody confirmed in time, counted from the last mail we sent."""
        limit = now - CONFIRMATION_TIME
        return self.filter(
            models.Q(mailed_at__isnull=True) | models.Q(mailed_at__lt=limit),
            confirmed_at__isnull=True,
            created_at__lt=limit,
        )


class Subscriber(models.Model):
    """An address somebody left; its token is what the links in our mails prove themselves with."""

    email = models.EmailField(_("e-mail address"), unique=True)
    created_at = models.DateTimeField(_("left on"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed on"), null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, editable=False)
    token = models.CharField(max_length=40, unique=True, default=make_token, editable=False)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("newsletter address")
        verbose_name_plural = _("newsletter addresses")

    def __str__(self) -> str:
        return self.email

    def save(self, *args: object, **kwargs: object) -> None:
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def is_confirmed(self) -> bool:
        """Whether the address may be written to."""
        return self.confirmed_at is not None

    @property
    def confirm_link(self) -> str:
        """Where its owner confirms the address."""
        return absolute(reverse("newsletter_confirm", args=[self.token]))

    @property
    def unsubscribe_link(self) -> str:
        """Where its owner takes the address back; every newsletter carries it."""
        return absolute(reverse("newsletter_unsubscribe", args=[self.token]))

    def confirm(self) -> None:
        """Note that the owner of the address followed the link; the first time counts."""
        if not self.is_confirmed:
            self.confirmed_at = timezone.now()
            self.save(update_fields=["confirmed_at"])

    def claim_mail(self) -> bool:
        """Whether a mail may go to this address now; if so, no other may for a while."""
        now = timezone.now()
        rested = models.Q(mailed_at__isnull=True) | models.Q(mailed_at__lte=now - MAIL_PAUSE)
        # One statement, so that two requests at once don't both win.
        return bool(type(self).objects.filter(rested, pk=self.pk).update(mailed_at=now))
