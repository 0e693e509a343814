"""Factories that build valid things with one line."""

from datetime import datetime, timedelta
from typing import Any

import factory
import wagtail_factories
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Collection, Page

from aminata24.ads.models import Campaign, Creative, Placement
from aminata24.comments.models import Comment, Status
from aminata24.comments.models.comment import recount
from aminata24.images.models import NewsImage
from home.models import HomePage, InformationPage
from news.listings import refresh
from news.models import (
    ArticleAuthor,
    ArticlePage,
    Author,
    BreakingNews,
    DirectPage,
    LiveCoveragePage,
    LiveEntry,
    LiveState,
    SectionPage,
    Topic,
)
from news.reading import reading_minutes, spoken_text
from tests.clock import clock_at


class HomePageFactory(wagtail_factories.PageFactory):
    """A front page without rails."""

    title = "Aminata24"
    slug = "accueil"

    class Meta:
        model = HomePage


class InformationPageFactory(wagtail_factories.PageFactory):
    """A page that is no news."""

    title = "À propos"

    class Meta:
        model = InformationPage


class SectionFactory(wagtail_factories.PageFactory):
    """A section; needs a `parent`."""

    title = factory.Sequence(lambda n: f"Rubrique {n}")

    class Meta:
        model = SectionPage


class ImageFactory(wagtail_factories.ImageFactory):
    """A small blue JPEG with an alternative text."""

    title = "Le marché"
    description = "Un étal de tissus au marché de Treichville"
    file = factory.django.ImageField(width=400, height=225, color="blue")
    collection = factory.LazyFunction(Collection.get_first_root_node)

    class Meta:
        model = NewsImage


class AuthorFactory(DjangoModelFactory):
    """An author."""

    name = factory.Sequence(lambda n: f"Aya Kouamé {n}")
    slug = factory.Sequence(lambda n: f"aya-kouame-{n}")
    role = "Grand reporter"

    class Meta:
        model = Author


class TopicFactory(DjangoModelFactory):
    """A topic."""

    name = factory.Sequence(lambda n: f"Sujet {n}")
    slug = factory.Sequence(lambda n: f"sujet-{n}")

    class Meta:
        model = Topic


class ArticleFactory(wagtail_factories.PageFactory):
    """
    A published article; needs a `parent`, takes `authors`, `topics` and `body` ([(block, value), …]).

    It goes straight into the tree and the lists, which is far quicker than publishing it: it has no revision, and is
    printed when it is first read. `live=False` makes a draft. Each is a minute older than the one made before it,
    unless `published_at` is given.
    """

    title = factory.Sequence(lambda n: f"Le bac de la lagune reprend son service numéro {n}")
    standfirst = "Après six mois d’arrêt, la liaison a rouvert au petit matin."
    published_at = factory.Sequence(lambda n: timezone.now() - timedelta(minutes=n + 1))

    class Meta:
        model = ArticlePage

    @classmethod
    def _create_instance(cls, model_class: type[ArticlePage], parent: Page, fields: dict[str, Any]) -> ArticlePage:
        authors, topics = fields.pop("authors", ()), fields.pop("topics", ())
        further, live = fields.pop("further_sections", ()), fields.pop("live", True)
        fields.setdefault("body", [("paragraph", "<p>Les premiers passagers ont traversé à six heures.</p>")])
        if live:
            now = timezone.now()
            fields = {"first_published_at": now, "last_published_at": now, **fields}
        else:
            fields |= {"published_at": None, "has_unpublished_changes": True}
        article = model_class(live=live, **fields)
        article.bylines = [ArticleAuthor(author=author, sort_order=place) for place, author in enumerate(authors)]
        article.topics.set(topics)
        article.further_sections.set(further)
        article.reading_minutes = reading_minutes(spoken_text(article.body))
        parent.add_child(instance=article)
        if live:
            refresh(article)
        else:
            article.save_revision()
        return ArticlePage.objects.get(pk=article.pk)


class DirectPageFactory(wagtail_factories.PageFactory):
    """The live channel, off air until it is switched on."""

    title = "LE DIRECT"
    slug = "direct"
    air = "off"

    class Meta:
        model = DirectPage


class CoverageFactory(wagtail_factories.PageFactory):
    """A running live coverage without entries; needs the channel's page as its `parent`."""

    title = factory.Sequence(lambda n: f"La crue de la lagune, jour {n}")
    slug = factory.Sequence(lambda n: f"la-crue-{n}")
    standfirst = "Heure par heure, la montée des eaux à Abidjan."
    first_published_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=3))

    class Meta:
        model = LiveCoveragePage


class EntryFactory(DjangoModelFactory):
    """A published entry of a live coverage, of now; takes `text` and `authors`, or a whole `body`."""

    headline = factory.Sequence(lambda n: f"L’eau monte encore, relevé {n}")
    status = "published"
    published_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = LiveEntry
        skip_postgeneration_save = True

    @classmethod
    def _create(cls, model_class: type[LiveEntry], *args: Any, **kwargs: Any) -> LiveEntry:
        authors, text = kwargs.pop("authors", ()), kwargs.pop("text", "Le niveau a pris dix centimètres.")
        kwargs.setdefault("body", [("text", text)])
        coverage, draft = kwargs["coverage"], kwargs["status"] == "draft"
        with LiveState.numbered(coverage.pk, public=not draft) as change:
            entry = super()._create(model_class, *args, change=change, **kwargs)
            entry.authors.set(authors)
        return entry


class BreakingNewsFactory(DjangoModelFactory):
    """A line on the ticker."""

    text = factory.Sequence(lambda n: f"Dernière minute numéro {n}")

    class Meta:
        model = BreakingNews


class PlacementFactory(DjangoModelFactory):
    """A placement in the side column."""

    slot = "sidebar"
    width = 300
    height = 250

    class Meta:
        model = Placement
        django_get_or_create = ("slot",)


class CampaignFactory(DjangoModelFactory):
    """A running campaign, without creatives."""

    advertiser = "BetonPark"
    name = "Rentrée"
    url = "https://example.com/betonpark"
    starts_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))

    class Meta:
        model = Campaign


class CreativeFactory(DjangoModelFactory):
    """A line of text in a placement."""

    campaign = factory.SubFactory(CampaignFactory)
    placement = factory.SubFactory(PlacementFactory)
    text = "BetonPark - (+225) 01 60 07 07 07"

    class Meta:
        model = Creative


class CommentFactory(DjangoModelFactory):
    """A visitor's published comment, counted; needs an `article`, or a `parent` that it answers."""

    article = factory.LazyAttribute(lambda comment: comment.parent.article)
    parent = None
    name = factory.Sequence(lambda n: f"Awa {n}")
    email = factory.Sequence(lambda n: f"awa{n}@example.com")
    text = factory.Sequence(lambda n: f"Enfin une bonne nouvelle pour les riverains, numéro {n} !")
    status = Status.APPROVED

    class Meta:
        model = Comment

    @classmethod
    def _create(cls, model_class: type[Comment], *args: Any, **kwargs: Any) -> Comment:
        comment = super()._create(model_class, *args, **kwargs)
        recount(comment.article_id)
        return comment


def published_article(**fields: Any) -> ArticlePage:
    """An article as an editor publishes it: with a revision, printed, its pictures cut."""
    article = ArticleFactory(**fields)
    article.save_revision().publish()
    return ArticlePage.objects.get(pk=article.pk)


def root_page() -> Page:
    """The invisible root of the page tree."""
    return Page.objects.get(depth=1)


def schedule(thing: Any, at: datetime) -> Any:
    """Plan the publication of a page or a snippet as an editor does, an hour ahead; gives it as it is then."""
    with clock_at(at - timedelta(hours=1)):
        thing.go_live_at = at
        thing.save_revision().publish()
    return type(thing).objects.get(pk=thing.pk)
