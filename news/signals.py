"""What follows when something is published, moved, hidden or changed."""

from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.documents.models import Document
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from aminata24.images.models import NewsImage
from aminata24.theme.models import BrandSettings
from news.listings import refresh, refresh_below
from news.models import ArticlePage, Author, PrintedCard, PrintedStory, SectionPage, Topic
from news.printing import drop_prints, print_stories, stories_showing


@receiver([page_published, page_unpublished], sender=ArticlePage)
def list_article(instance: ArticlePage, **kwargs: Any) -> None:
    """Keep the listings in step with what readers may see."""
    refresh(instance)


@receiver(post_save, sender=ArticlePage)
def list_new_alias(instance: ArticlePage, created: bool, **kwargs: Any) -> None:
    """An alias goes live without being published; its authors and topics are copied after it is saved."""
    if created and instance.alias_of_id and instance.live:
        transaction.on_commit(lambda: refresh(instance))


@receiver(post_save, sender=ArticlePage)
def drop_print(instance: ArticlePage, update_fields: frozenset[str] | None, **kwargs: Any) -> None:
    """A changed article is no longer what was printed. (A saved draft only touches a few named fields.)"""
    if update_fields is None:
        for model in (PrintedStory, PrintedCard):
            model.objects.filter(article=instance.pk).delete()


@receiver(page_published, sender=ArticlePage)
def print_article(instance: ArticlePage, **kwargs: Any) -> None:
    """Cut the pictures and print the story before the first reader asks for them."""
    print_stories.enqueue([instance.pk])


@receiver(page_published, sender=ArticlePage)
def log_corrections(instance: ArticlePage, **kwargs: Any) -> None:
    """Write a correction that readers see for the first time into the page's history."""
    corrections = [correction.text for correction in instance.corrections.all()]  # type: ignore[attr-defined]
    # Wagtail calls it published when somebody schedules it, too.
    if not corrections or not instance.live:
        return
    logged = PageLogEntry.objects.filter(page=instance.pk, action="news.correct")
    known = {entry.data.get("text") for entry in logged}
    for text in dict.fromkeys(corrections):
        if text not in known:
            log(instance, "news.correct", data={"text": text})


@receiver([page_published, page_unpublished])
def drop_prints_linking_to_page(instance: Page, **kwargs: Any) -> None:
    """Stories that link to a page show its new title, or no longer its link."""
    drop_prints(stories_showing(instance))


@receiver(pre_save, sender=SectionPage)
def drop_prints_with_old_label(instance: SectionPage, **kwargs: Any) -> None:
    """Stories name their sections; publishing a section often only pins other stories, which prints don't show."""
    label = {name: getattr(instance, name) for name in ("title", "accent", "live")}
    if instance.pk and not SectionPage.objects.filter(pk=instance.pk, **label).exists():
        drop_prints(ArticlePage.objects.in_section(instance))


@receiver(post_save, sender=Author)
@receiver(post_save, sender=Document)
@receiver(post_save, sender=NewsImage)
@receiver(post_save, sender=Topic)
def drop_prints_showing(instance: Model, created: bool, **kwargs: Any) -> None:
    """Stories show a thing as it is now."""
    if not created:
        drop_prints(stories_showing(instance))


@receiver(pre_delete, sender=Author)
@receiver(pre_delete, sender=Document)
@receiver(pre_delete, sender=NewsImage)
@receiver(pre_delete, sender=Page)
@receiver(pre_delete, sender=Topic)
def note_stories_showing(instance: Model, **kwargs: Any) -> None:
    """Once it is deleted nobody can tell which stories showed it."""
    instance._shown_by = list(stories_showing(instance).values_list("pk", flat=True))  # type: ignore[attr-defined]


@receiver(post_delete, sender=Author)
@receiver(post_delete, sender=Document)
@receiver(post_delete, sender=NewsImage)
@receiver(post_delete, sender=Page)
@receiver(post_delete, sender=Topic)
def drop_prints_of_deleted(instance: Model, **kwargs: Any) -> None:
    """Stories no longer show a deleted thing."""
    drop_prints(ArticlePage.objects.filter(pk__in=instance._shown_by))  # type: ignore[attr-defined]


@receiver([post_page_move, page_slug_changed])
def relist_after_move(instance: Page, **kwargs: Any) -> None:
    """A new place in the tree, or a new slug, changes the addresses below it, which any story may link to."""
    refresh_below(instance)
    drop_prints()


@receiver([post_save, post_delete], sender=PageViewRestriction)
def relist_by_privacy(instance: PageViewRestriction, **kwargs: Any) -> None:
    """A page made private leaves the lists and the links of other stories, one made public comes back."""
    drop_prints()
    refresh_below(instance.page)


@receiver(post_save, sender=BrandSettings)
def drop_prints_naming_us(**kwargs: Any) -> None:
    """Every story says who published it."""
    drop_prints()
