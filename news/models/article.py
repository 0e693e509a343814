"""The article: everything else on the site leads here."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PageManager
from wagtail.search import index

from news.blocks import ArticleBody
from news.forms import ArticleForm
from news.models.article_queryset import ArticleQuerySet
from news.models.public_page import PublicPage
from news.models.section import SectionPage, live_sections
from news.models.topic import ArticleTopic
from news.panels import LONGEST_HEADLINE, LONGEST_SHORT_HEADLINE, LONGEST_STANDFIRST, counted
from news.reading import reading_minutes, spoken_text

RELATED_COUNT = 4


class Format(models.TextChoices):
    """The journalistic form of an article."""

    NEWS = "news", _("News")
    ANALYSIS = "analysis", _("Analysis")
    INTERVIEW = "interview", _("Interview")
    OPINION = "opinion", _("Opinion")
    EXPLAINER = "explainer", _("Explainer")
    PHOTO_STORY = "photo_story", _("Photo story")
    VIDEO = "video", _("Video")


class ArticlePage(PublicPage):
    """A story: headline, standfirst, lead image, body, and who wrote it when."""

    short_headline = models.CharField(
        _("short headline"), max_length=80, blank=True, help_text=_("For lists and the ticker. Empty: the headline.")
    )
    kicker = models.CharField(
        _("kicker"), max_length=40, blank=True, help_text=_("One to three words over the headline, e.g. Reportage.")
    )
    standfirst = models.TextField(
        _("standfirst"), max_length=400, blank=True, help_text=_("Two or three sentences that say it all (chapô).")
    )
    lead_image = models.ForeignKey(
        "images.NewsImage",
        verbose_name=_("lead image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    lead_image_caption = models.CharField(
        _("caption"), max_length=400, blank=True, help_text=_("Empty: the caption of the image.")
    )
    body = StreamField(ArticleBody(), blank=True, verbose_name=_("body"))

    format = models.CharField(_("format"), max_length=20, choices=Format.choices, default=Format.NEWS)
    sponsor_label = models.CharField(
        _("sponsor label"),
        max_length=80,
        blank=True,
        help_text=_("Shown over the headline, e.g. In partnership with …"),
    )
    section = models.ForeignKey(
        "news.SectionPage", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    further_sections = ParentalManyToManyField(
        "news.SectionPage",
        verbose_name=_("further sections"),
        blank=True,
        related_name="+",
        help_text=_("The main section is the one the article lies in."),
    )
    topics = ClusterTaggableManager(through=ArticleTopic, blank=True, verbose_name=_("topics"))

    published_at = models.DateTimeField(
        _("publication time"),
        null=True,
        blank=True,
        help_text=_("Empty: the moment it is first published. To publish later, set a schedule instead."),
    )
    updated_at = models.DateTimeField(
        _("last update"),
        null=True,
        blank=True,
        help_text=_("Set it when the news has moved on; a corrected typo is no update."),
    )
    reading_minutes = models.PositiveSmallIntegerField(editable=False, default=1)
    comments_closed = models.BooleanField(
        _("close the comments"), default=False, help_text=_("Those that were written stay; nobody adds any.")
    )
    # What readers see below it; the comments keep it, so that a card needs no query for it.
    comment_count = models.PositiveIntegerField(editable=False, default=0)

    objects = PageManager.from_queryset(ArticleQuerySet)()

    base_form_class = ArticleForm
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    TitleFieldPanel(
                        "title", heading=_("Headline"), placeholder=_("Headline"), attrs=counted(LONGEST_HEADLINE)
                    ),
                    FieldPanel("standfirst", attrs=counted(LONGEST_STANDFIRST)),
                    MultiFieldPanel(
                        [FieldPanel("lead_image"), FieldPanel("lead_image_caption")], heading=_("Lead image")
                    ),
                    FieldPanel("body"),
                    InlinePanel("bylines", heading=_("Authors"), label=_("Author")),
                ],
                heading=_("Story"),
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("format"), FieldPanel("kicker")]),
                    FieldPanel("short_headline", attrs=counted(LONGEST_SHORT_HEADLINE)),
                    FieldPanel("topics"),
                    FieldPanel("further_sections"),
                    InlinePanel(
                        "related_stories", heading=_("Related stories"), label=_("Story"), max_num=RELATED_COUNT
                    ),
                    HelpPanel(template="news/newsroom/suggestions.html"),
                    FieldPanel("sponsor_label"),
                ],
                heading=_("Filing"),
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("published_at"), FieldPanel("updated_at")]),
                    InlinePanel("corrections", heading=_("Corrections"), label=_("Correction")),
                    FieldPanel("comments_closed"),
                    *Page.settings_panels,
                ],
                heading=_("Publication"),
            ),
            ObjectList(Page.promote_panels, heading=_("Search engines")),
        ]
    )

    search_fields = [
        *Page.search_fields,
        index.SearchField("standfirst", boost=2),
        index.SearchField("short_headline"),
        index.SearchField("kicker"),
        index.SearchField("body"),
        index.SearchField("author_names", boost=1.5),
        index.SearchField("topic_names", boost=1.5),
        index.FilterField("published_at"),
        index.FilterField("section"),
        index.FilterField("format"),
    ]

    # A copy is news of its own time.
    exclude_fields_in_copy = ["published_at", "updated_at", "corrections", "comment_count"]
    parent_page_types = ["news.SectionPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [
            models.Index(models.F("published_at").desc(), models.F("page_ptr").desc(), name="article_newest"),
            # The rails of opinions and videos.
            models.Index(
                "format", models.F("published_at").desc(), models.F("page_ptr").desc(), name="article_newest_of_format"
            ),
        ]

    @property
    def headline(self) -> str:
        """The headline in full."""
        return self.title

    @property
    def list_headline(self) -> str:
        """The headline where there is little room."""
        return self.short_headline or self.title

    @cached_property
    def authors(self) -> list[Any]:
        """The authors in the order of the by-line."""
        bylines = self.bylines.select_related("author__portrait")  # type: ignore[attr-defined]
        return [byline.author for byline in bylines]

    @property
    def author_names(self) -> str:
        """For the search index."""
        return ", ".join(author.name for author in self.authors)

    @property
    def topic_names(self) -> str:
        """For the search index."""
        return ", ".join(topic.name for topic in self.topics.all())

    @property
    def sections(self) -> list[Any]:
        """The main section first, then the further ones; those that readers may see."""
        keys = dict.fromkeys([self.section_id, *(section.pk for section in self.further_sections.all())])
        sections = [live_sections().get(key) for key in keys]
        return [section for section in sections if section and not section.get_view_restrictions()]

    @property
    def main_section(self) -> SectionPage | None:
        """The section the article lies in, without a query; None while that is not live."""
        return live_sections().get(self.section_id)

    @property
    def lead_caption(self) -> str:
        """The article's own caption of its lead image, or the image's."""
        return self.lead_image_caption or (self.lead_image.caption if self.lead_image else "")

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.published_at and self.published_at > timezone.now():
            errors["published_at"] = _("This time lies ahead. To publish later, set a schedule.")
        published_at = self.published_at or self.go_live_at
        if published_at and self.updated_at and self.updated_at < published_at:
            errors["updated_at"] = _("An update can't come before publication.")
        if errors:
            raise ValidationError(errors)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.reading_minutes = reading_minutes(spoken_text(self.body))
        super().full_clean(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.live and self.published_at is None:
            self.published_at = self.first_published_at or timezone.now()
        if self.path:
            self.section = SectionPage.objects.filter(path=self._get_basepath(self.path, self.depth - 1)).first()
        super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> "ArticlePage":
        """A revision as a page; one written before the first publication learns when that was."""
        article = super().with_content_json(content)
        article.published_at = article.published_at or self.published_at
        article.section_id = self.section_id
        article.comment_count = self.comment_count
        return article

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        scheduled_for = revision.approved_go_live_at
        if scheduled_for and scheduled_for <= timezone.now() and self.published_at is None:
            # The time readers are told is the planned one, however late the worker was; unless an editor set another.
            revision.content["published_at"] = revision.content.get("published_at") or scheduled_for.isoformat()
        return super().publish(revision, *args, **kwargs)

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """As readers see it, as networks show a link to it, and as it stands in our lists."""
        return [("", _("Article")), ("social", _("Social card")), ("list", _("List card"))]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        if mode_name not in ("social", "list"):
            return super().get_preview_template(request, mode_name)
        return f"news/previews/{mode_name}.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        from news.previews import list_preview, social_preview

        if mode_name == "social":
            return social_preview(self, request)
        return list_preview(self) if mode_name == "list" else super().get_preview_context(request, mode_name)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from news.cards import cards
        from news.listings import latest_articles
        from news.printing import printed_story

        printed = printed_story(self, getattr(request, "is_preview", False))
        related = cards(printed.related)[:RELATED_COUNT]
        if len(related) < RELATED_COUNT:
            # The first story of a new section has no company there yet.
            near = {self.pk, *(card.pk for card in related)}
            latest = [story.pk for story in latest_articles(2 * RELATED_COUNT) if story.pk not in near]
            related += cards(latest[: RELATED_COUNT - len(related)])
        return {**super().get_context(request, *args, **kwargs), "printed": printed, "related": related}


class ArticleAuthor(Orderable):
    """An author's place in the by-line of an article."""

    article = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(
        "news.Author", verbose_name=_("author"), on_delete=models.PROTECT, related_name="bylines"
    )

    panels = [FieldPanel("author")]

    class Meta(Orderable.Meta):
        verbose_name = _("by-line")
        verbose_name_plural = _("by-lines")


class RelatedStory(Orderable):
    """A story an editor chose for « Vous pourriez aussi aimer »."""

    article = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="related_stories")
    story = models.ForeignKey(
        ArticlePage, verbose_name=_("story"), on_delete=models.CASCADE, related_name="related_from"
    )

    panels = [PageChooserPanel("story", "news.ArticlePage")]

    class Meta(Orderable.Meta):
        verbose_name = _("related story")
        verbose_name_plural = _("related stories")


class Correction(models.Model):
    """A correction that readers are told of."""

    article = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="corrections")
    made_on = models.DateField(_("date"), default=timezone.localdate)
    text = models.TextField(_("what was corrected"), max_length=600)

    panels = [FieldPanel("made_on"), FieldPanel("text")]

    class Meta:
        ordering = ["-made_on", "-pk"]
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
