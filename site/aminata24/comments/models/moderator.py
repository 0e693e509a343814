"""What a moderator chose for themselves."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ModeratorPreferences(models.Model):
    """Whether somebody wants the digest; who never said gets it."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+")
    wants_digest = models.BooleanField(
        _("mail me what waits for a moderator"),
        default=True,
        help_text=_("As often as the rules for comments say, and only while something waits."),
    )

    class Meta:
        verbose_name = _("moderator’s preferences")
        verbose_name_plural = _("moderators’ preferences")
