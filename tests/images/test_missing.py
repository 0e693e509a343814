"""A picture whose files are gone fails no page."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.test import Client

from aminata24.images.models import NewsImage, Rendition
from news.models import ArticlePage, SectionPage
from news.printing import drop_prints
from tests.factories import ArticleFactory, ImageFactory


@pytest.fixture
def article(section: SectionPage) -> ArticlePage:
    """A published article with a picture; all its sizes are cut."""
    article = ArticleFactory(parent=section, lead_image=ImageFactory())
    article.save_revision().publish()
    assert Rendition.objects.filter(image=article.lead_image).exists()
    return article


def read(article: ArticlePage) -> str:
    """The article and the pages that list it, made anew; gives the article's."""
    drop_prints()
    for path in ("/", "/afrique/", "/en-continu/"):
        assert Client().get(path).status_code == 200
    answer = Client().get(article.path_on_site)
    assert answer.status_code == 200
    return answer.content.decode()


def lose_renditions() -> None:
    """Delete the files of all sizes."""
    for rendition in Rendition.objects.all():
        Path(rendition.file.path).unlink()


def test_sizes_that_were_lost_with_their_rows_are_cut_anew(article: ArticlePage) -> None:
    lose_renditions()
    Rendition.objects.all().delete()
    NewsImage.objects.update(sources={})
    html = read(article)
    made = [rendition.file.name for rendition in Rendition.objects.all()]
    assert made
    assert all(default_storage.exists(name) for name in made)
    assert any(f"{settings.MEDIA_URL}{name}" in html for name in made)


def test_where_only_the_files_were_lost_the_page_says_what_they_showed(article: ArticlePage) -> None:
    lose_renditions()
    assert 'alt="Un étal de tissus au marché de Treichville"' in read(article)


def test_without_the_original_and_all_sizes_the_story_is_there(article: ArticlePage) -> None:
    lose_renditions()
    Rendition.objects.all().delete()
    NewsImage.objects.update(sources={})
    Path(article.lead_image.file.path).unlink()
    assert article.title in read(article)


def test_an_article_is_published_although_its_picture_is_gone(section: SectionPage) -> None:
    image = ImageFactory()
    Path(image.file.path).unlink()
    article = ArticleFactory(parent=section, lead_image=image)
    assert article.title in read(article)
