"""The publisher's rules for comments."""

from datetime import timedelta

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from news.models import ArticlePage


class Digest(models.TextChoices):
    """How often moderators get mail about what waits."""

    NEVER = "never", _("Never")
    HOURLY = "hourly", _("Every hour")
    TWICE = "twice", _("Twice a day, at 7:00 and 15:00")
    DAILY = "daily", _("Once a day, at 7:00")


@register_setting(icon="comment", order=130)
class CommentSettings(BaseSiteSetting):
    """Who may comment, for how long, and what makes a comment wait for a moderator."""

    open = models.BooleanField(_("comments are open"), default=True)
    closes_after_days = models.PositiveSmallIntegerField(
        _("close after (days)"), default=30, help_text=_("Counted from publication. 0: never.")
    )
    first_waits = models.BooleanField(
        _("a person’s first comment waits for a moderator"),
        default=True,
        help_text=_("Those of somebody with a published comment appear at once."),
    )
    all_wait = models.BooleanField(_("every comment waits for a moderator"), default=False)
    most_links = models.PositiveSmallIntegerField(
        _("links in a comment"),
        default=2,
        validators=[MaxValueValidator(20)],
        help_text=_("With more of them it waits for a moderator."),
    )
    waiting_words = models.TextField(
        _("words that make a comment wait"), blank=True, help_text=_("One a line. Case and accents do not matter.")
    )
    spam_words = models.TextField(
        _("words that make a comment spam"), blank=True, help_text=_("One a line. Case and accents do not matter.")
    )
    reports_until_hidden = models.PositiveSmallIntegerField(
        _("reports that take a comment off the page"), default=5, help_text=_("Until a moderator decides. 0: never.")
    )

    digest = models.CharField(
        _("mail about what waits"),
        max_length=10,
        choices=Digest.choices,
        default=Digest.DAILY,
        help_text=_("Sent to every moderator who has not declined it in their account."),
    )
    # When the last digest was due, sent or not: two workers at once send one.
    digest_at = models.DateTimeField(null=True, editable=False)

    panels = [
        MultiFieldPanel([FieldPanel("open"), FieldPanel("closes_after_days")], heading=_("Open or closed")),
        MultiFieldPanel(
            [
                FieldPanel("first_waits"),
                FieldPanel("all_wait"),
                FieldPanel("reports_until_hidden"),
                FieldPanel("digest"),
            ],
            heading=_("Moderation"),
        ),
        MultiFieldPanel(
            [FieldPanel("most_links"), FieldPanel("waiting_words"), FieldPanel("spam_words")], heading=_("Spam")
        ),
    ]

    class Meta:
        verbose_name = _("comments")

    def are_open_for(self, article: ArticlePage) -> bool:
        """Whether readers may still add a comment to an article."""
        if not self.open or article.comments_closed or article.published_at is None:
            return False
        return not self.closes_after_days or timezone.now() < article.published_at + timedelta(
            days=self.closes_after_days
        )
