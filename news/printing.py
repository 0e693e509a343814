"""
Printing: a story's HTML is made when it is published, not each time it is read.

An article page then costs the same whatever its body holds. The print is dropped as soon as the
article, or anything it refers to by Wagtail's reference index (picture, author, section, linked
page, document), is saved; until it is made anew, and after a deploy that changed a template, the
story is rendered live. So readers never see a stale one.
"""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db.models import BigIntegerField, Model
from django.db.models.functions import Cast
from django.template.loader import render_to_string
from django.templatetags.static import static
from django_tasks import task
from wagtail.models import ReferenceIndex

from aminata24.delivery.memory import forget
from aminata24.images.tasks import make_renditions
from news.models import ArticlePage, PrintedStory, Topic
from news.models.article_queryset import ArticleQuerySet
from news.pictures import shapes_needed

# Stands in a print where an ad may stand: what is printed lasts, an ad changes by the minute.
AD_MARK = "<!--ad-->"

# A change to something that more stories refer to leaves the others to `manage.py print_stories`.
PRINT_AT_ONCE = 50

# More than are shown, since some may be withdrawn later.
RELATED_KEPT = 8


@cache
def press() -> str:
    """What the stories of this release are printed with: templates, translations, addresses of files."""
    digest = hashlib.sha256(f"{static('icons/sprite.svg')} {default_storage.url('')} {settings.SITE_URL}".encode())
    sources = [*Path(settings.ROOT, "templates").rglob("*.html"), *Path(settings.SITE_ROOT, "locale").rglob("*.mo")]
    for path in sorted(sources):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def render_story(article: ArticlePage) -> PrintedStory:
    """The story as its templates make it now; not saved."""
    if article.get_deferred_fields():
        article = ArticlePage.objects.select_related("lead_image").get(pk=article.pk)
    related = ArticlePage.objects.related_to(article, RELATED_KEPT)
    return PrintedStory(
        article=article,
        html=render_to_string("news/story.html", {"page": article}),
        head=render_to_string("news/story_head.html", {"page": article}),
        related=[story.pk for story in related],
        press=press(),
    )


def printed_story(article: ArticlePage, is_preview: bool = False) -> PrintedStory:
    """The story for an article page, as printed where that still holds; its ad breaks are marks."""
    printed = None if is_preview or settings.DEBUG else getattr(article, "printed", None)
    return printed if printed and printed.press == press() else render_story(article)


@task()
def print_stories(keys: list[int]) -> None:
    """Cut the pictures that these live articles still miss, then print the articles."""
    forget()
    articles = ArticlePage.objects.live().select_related("lead_image")
    for article in articles.filter(pk__in=keys):
        if shapes := shapes_needed(article):
            make_renditions.call(shapes)
            article = articles.get(pk=article.pk)
        PrintedStory.objects.filter(article=article.pk).delete()
        render_story(article).save(force_insert=True)


def stories_showing(thing: Model) -> ArticleQuerySet:
    """The articles that name a topic or refer to anything else: picture, author, document, linked page."""
    if isinstance(thing, Topic):
        return ArticlePage.objects.on_topic(thing)
    references = ReferenceIndex.get_references_to(thing).filter(
        content_type=ContentType.objects.get_for_model(ArticlePage)
    )
    return ArticlePage.objects.filter(pk__in=references.values(key=Cast("object_id", BigIntegerField())))


def drop_prints(articles: ArticleQuerySet) -> None:
    """Void the prints of articles, and print the newest of them again."""
    keys = list(PrintedStory.objects.filter(article__in=articles).values_list("article", flat=True))
    PrintedStory.objects.filter(article__in=keys).delete()
    newest = ArticlePage.objects.live().filter(pk__in=keys).newest().values_list("pk", flat=True)[:PRINT_AT_ONCE]
    if found := list(newest):
        print_stories.enqueue(found)
