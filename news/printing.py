"""
Printing: a story's HTML is made when it is published, not each time it is read.

An article page then costs the same whatever its body holds. The print is dropped as soon as the
article, or anything it refers to by Wagtail's reference index (picture, author, linked page,
document) or names (section, topic), changes; the first reader after that has it printed again.
"""

import logging

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, transaction
from django.db.models import BigIntegerField, Model
from django.db.models.functions import Cast
from django.template.loader import render_to_string
from django_tasks import task
from wagtail.models import ReferenceIndex

from aminata24.delivery.memory import forget
from aminata24.delivery.replica import from_primary
from aminata24.images.tasks import make_renditions
from aminata24.theme.surroundings import surroundings
from news.cards import print_cards
from news.models import ArticlePage, PrintedCard, PrintedStory, Topic
from news.models.article_queryset import ArticleQuerySet
from news.pictures import shapes_needed
from news.press import press

logger = logging.getLogger(__name__)

# Stands in a print where an ad may stand: what is printed lasts, an ad changes by the minute.
AD_MARK = "<!--ad-->"

# More than are shown, since some may be withdrawn later.
RELATED_KEPT = 6


def render_story(article: ArticlePage) -> PrintedStory:
    """The story as its templates make it now; not saved."""
    if article.get_deferred_fields():
        article = ArticlePage.objects.select_related("lead_image").get(pk=article.pk)
    related = ArticlePage.objects.related_to(article, RELATED_KEPT)
    theme = surroundings()
    return PrintedStory(
        article=article,
        html=render_to_string("news/story.html", {"page": article}),
        title=f"{article.seo_title or article.headline} – {theme.brand.name}",
        head=render_to_string("news/story_head.html", {"page": article, "theme": theme}),
        bar=render_to_string("news/story_bar.html", {"page": article}),
        related=[story.pk for story in related],
        edition=article.last_published_at,
        press=press(),
    )


def printed_story(article: ArticlePage, is_preview: bool = False) -> PrintedStory:
    """The story for an article page, as printed where that still holds, printed now where not; ad breaks are marks."""
    if is_preview or settings.DEBUG:
        return render_story(article)
    printed = getattr(article, "printed", None)
    if printed and (printed.press, printed.edition) == (press(), article.last_published_at):
        return printed
    try:
        # What is kept must not show what another process changed within the last seconds.
        with from_primary():
            forget()
            printed = render_story(ArticlePage.objects.select_related("lead_image").get(pk=article.pk))
            with transaction.atomic():
                keep(printed)
    except DatabaseError:
        # A reader gets the story all the same; the next one tries again.
        logger.exception("story_not_printed article=%s", article.pk)
        return render_story(article)
    return printed


def keep(printed: PrintedStory) -> None:
    """Save a print, in the place of an older one; two processes may do so at once."""
    PrintedStory.objects.bulk_create(
        [printed],
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["html", "title", "head", "bar", "related", "edition", "press"],
    )


@task()
def print_stories(keys: list[int]) -> None:
    """Cut the pictures that these live articles still miss, then print the articles."""
    forget()
    articles = ArticlePage.objects.live().select_related("lead_image")
    for article in articles.filter(pk__in=keys):
        if shapes := shapes_needed(article):
            make_renditions.call(shapes)
            article = articles.get(pk=article.pk)
        keep(render_story(article))
    print_cards(keys)


def stories_showing(thing: Model) -> ArticleQuerySet:
    """The articles that name a topic or refer to anything else: picture, author, document, linked page."""
    if isinstance(thing, Topic):
        return ArticlePage.objects.on_topic(thing)
    references = ReferenceIndex.get_references_to(thing).filter(
        content_type=ContentType.objects.get_for_model(ArticlePage)
    )
    return ArticlePage.objects.filter(pk__in=references.values(key=Cast("object_id", BigIntegerField())))


def drop_prints(articles: ArticleQuerySet | None = None) -> None:
    """Void the prints of these articles, or of all, and their cards; whoever reads one first has it printed again."""
    forget()
    for prints in (PrintedStory.objects.all(), PrintedCard.objects.all()):
        if articles is not None:
            prints = prints.filter(article__in=articles.values("pk"))
        prints.delete()
