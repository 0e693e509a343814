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
from markupsafe import Markup
from wagtail.models import ReferenceIndex

from aminata24.images.tasks import make_renditions
from news.models import ArticlePage, PrintedStory, Topic
from news.models.article_queryset import ArticleQuerySet
from news.pictures import shapes_needed

# Stands in a print where an ad may stand: what is printed lasts, an ad changes by the minute.
AD_MARK = "<!--ad-->"

# A change to something that more stories refer to leaves the others to `manage.py print_stories`.
PRINT_AT_ONCE = 50


@cache
def press() -> str:
    """What the stories of this release are printed with: templates, translations, addresses of files."""
    digest = hashlib.sha256(f"{static('icons/sprite.svg')} {default_storage.url('')} {settings.SITE_URL}".encode())
    sources = [*Path(settings.ROOT, "templates").rglob("*.html"), *Path(settings.SITE_ROOT, "locale").rglob("*.mo")]
    for path in sorted(sources):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def render_story(article: ArticlePage) -> str:
    """The story's HTML as its templates make it now."""
    return render_to_string("news/story.html", {"page": article})


def story(article: ArticlePage, is_preview: bool = False) -> Markup:
    """The story for an article page, as printed; its ad breaks are still marks."""
    printed = None if is_preview or settings.DEBUG else getattr(article, "printed", None)
    return Markup(printed.html if printed and printed.press == press() else render_story(article))


@task()
def print_stories(keys: list[int]) -> None:
    """Cut the pictures that these live articles still miss, then print the articles."""
    for article in ArticlePage.objects.live().for_reading().filter(pk__in=keys):
        if shapes := shapes_needed(article):
            make_renditions.call(shapes)
            article = ArticlePage.objects.for_reading().get(pk=article.pk)
        PrintedStory.objects.update_or_create(
            article=article, defaults={"html": render_story(article), "press": press()}
        )


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
