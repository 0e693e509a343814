"""What readers think of a comment: they like it, or report it to the moderators."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from aminata24.comments.models.comment import Comment


class Reaction(models.Model):
    """One reader's like or report of a comment, counted once however often it is sent."""

    class Kind(models.TextChoices):
        """What a reader may think."""

        LIKE = "like", _("Like")
        REPORT = "report", _("Report")

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reactions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # Who: `reader:<key>` of an account, or `visitor:<random>` of a browser.
    person = models.CharField(max_length=80)
    # A visitor can be many browsers, but not as easily many network addresses.
    address_key = models.CharField(max_length=64, blank=True, editable=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "kind", "person"], name="one_reaction_a_person")]
        indexes = [models.Index(fields=["person", "kind"], name="reactions_of_a_person")]
        verbose_name = _("reaction")
        verbose_name_plural = _("reactions")
