"""Keeping the search index in step with publication."""

from typing import Any

from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from django_tasks import task
from modelsearch.tasks import insert_or_update_object_task
from wagtail.models import Page
from wagtail.search.backends import get_search_backends
from wagtail.signals import page_published

from news.listings import relisted
from news.models import ArticlePage, Author, Topic
from search import listing

# So many articles, the newest, are found by a new name at once; the others with the next `manage.py update_index`.
INDEXED_AT_ONCE = 200


@receiver(page_published, sender=ArticlePage)
def index_with_authors_and_topics(instance: Page, **kwargs: Any) -> None:
    """Index an article again once it is whole: Wagtail does so before by-lines and topics are saved."""
    insert_or_update_object_task.enqueue(instance._meta.app_label, instance._meta.model_name, str(instance.pk))


@receiver(relisted, sender=ArticlePage)
def list_for_search(article: ArticlePage, **kwargs: Any) -> None:
    """What readers may no longer see is not found, at once; and sections, authors and time narrow searches down."""
    listing.refresh([article.pk])


@task()
def index_articles(keys: list[int]) -> None:
    """Index articles again, as they are now."""
    articles = ArticlePage.get_indexed_objects().filter(pk__in=keys).prefetch_related("topics")
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(ArticlePage, list(articles))


@receiver(pre_save, sender=Author)
@receiver(pre_save, sender=Topic)
def note_new_name(instance: Author | Topic, **kwargs: Any) -> None:
    """Once it is saved nobody can tell whether the name is new."""
    instance._is_renamed = not type(instance).objects.filter(pk=instance.pk, name=instance.name).exists()  # type: ignore[union-attr]


@receiver(post_save, sender=Author)
@receiver(post_save, sender=Topic)
def index_by_new_name(instance: Author | Topic, created: bool, **kwargs: Any) -> None:
    """Articles are found by the names of their authors and topics."""
    if created or not instance._is_renamed:  # type: ignore[union-attr]
        return
    articles = ArticlePage.objects.live().newest()
    articles = articles.by_author(instance) if isinstance(instance, Author) else articles.on_topic(instance)
    if keys := list(articles.values_list("pk", flat=True)[:INDEXED_AT_ONCE]):
        index_articles.enqueue(keys)
