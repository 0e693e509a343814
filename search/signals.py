"""Keeping the search index in step with publication."""

from typing import Any

from django.dispatch import receiver
from modelsearch.tasks import insert_or_update_object_task
from wagtail.models import Page
from wagtail.signals import page_published

from news.models import ArticlePage


@receiver(page_published, sender=ArticlePage)
def index_with_authors_and_topics(instance: Page, **kwargs: Any) -> None:
    """Index an article again once it is whole: Wagtail does so before by-lines and topics are saved."""
    insert_or_update_object_task.enqueue(instance._meta.app_label, instance._meta.model_name, str(instance.pk))
