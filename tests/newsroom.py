"""A small newsroom with one page of every public type, for tests that look at them all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from functools import cached_property

from django.utils import timezone
from wagtail.models import Site

from aminata24.audience import ranking, reads
from aminata24.comments.models import Comment
from aminata24.theme.models import BrandSettings, ConsentSettings, MenuSettings
from home.models import HomePage
from news.cards import print_cards
from news.listings import refresh
from news.models import ArticleAuthor, ArticlePage, Author, LiveCoveragePage, LiveState, SectionPage, Topic
from tests.bodies import full_body
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    BreakingNewsFactory,
    CampaignFactory,
    CommentFactory,
    CoverageFactory,
    CreativeFactory,
    DirectPageFactory,
    EntryFactory,
    ImageFactory,
    InformationPageFactory,
    PlacementFactory,
    SectionFactory,
    TopicFactory,
)

NO_PAGES = {
    "fresh",
    "suggestions",
    "feed",
    "section feed",
    "author feed",
    "sitemap",
    "news sitemap",
    "robots",
    "brand style sheet",
    "manifest",
    "icon",
    "live state",
    "live changes",
}


@dataclass
class Newsroom:
    """What `make_newsroom` made, and where readers find it."""

    home: HomePage
    section: SectionPage
    article: ArticlePage
    author: Author
    topic: Topic
    coverage: LiveCoveragePage
    comment: Comment

    @cached_property
    def urls(self) -> dict[str, str]:
        """{page type: path} of every kind of page readers see."""
        return {
            "front page": "/",
            "section": "/afrique/",
            "article": self.article.path_on_site,
            "author": f"/auteurs/{self.author.slug}/",
            "topic": f"/sujets/{self.topic.slug}/",
            "latest": "/en-continu/",
            "fresh": "/en-continu/frais/",
            "direct": "/direct/",
            "live coverage": self.coverage.path_on_site,
            "live entry": f"{self.coverage.path_on_site}{self.coverage.entries.earliest('pk').pk}/",
            "older entries": f"{self.coverage.path_on_site}?avant={self.coverage.entries.latest('pk').pk}",
            "live state": f"{self.coverage.path_on_site}etat/",
            "live changes": f"{self.coverage.path_on_site}nouveautes/?depuis=0",
            "comments": f"/commentaires/{self.article.pk}/",
            "most liked comments": f"/commentaires/{self.article.pk}/?tri=aimes",
            "comment thread": self.comment.get_absolute_url().partition("#")[0],
            "saved": "/mes-sauvegardes/",
            "offline": "/hors-ligne/",
            "information": "/a-propos/",
            "search": "/recherche/?q=lagune",
            "empty search": "/recherche/",
            "suggestions": "/recherche/suggestions/?q=la",
            "feed": "/flux/",
            "section feed": "/afrique/flux/",
            "author feed": f"/auteurs/{self.author.slug}/flux/",
            "sitemap": "/sitemap.xml",
            "news sitemap": "/sitemap-actualites.xml",
            "robots": "/robots.txt",
            "brand style sheet": "/marque.css",
            "manifest": "/manifest.webmanifest",
            "icon": "/icone-192.png",
            "not found": "/afrique/rien-de-tel/",
        }

    @property
    def pages(self) -> dict[str, str]:
        """Those of the above that are seen in a browser window."""
        return {name: path for name, path in self.urls.items() if name not in NO_PAGES}


def make_newsroom(home: HomePage, articles: int = 20) -> Newsroom:
    """Fill the site of `home`: brand, menus, ticker, ads, and this many articles in two sections."""
    site = Site.objects.get()
    about = InformationPageFactory(parent=home, title="À propos", slug="a-propos")
    section = SectionFactory(parent=home, title="Afrique", slug="afrique", accent="green")
    society = SectionFactory(parent=home, title="Société", slug="societe")
    author, topic = AuthorFactory(portrait=ImageFactory()), TopicFactory()
    image = ImageFactory()
    BrandSettings.objects.create(site=site, social_accounts=[("account", {"network": "x", "url": "https://x.com/a"})])
    ConsentSettings.objects.create(site=site, privacy_page=about, terms_page=about)
    links = [("link", {"page": page, "url": "", "label": ""}) for page in (section, society, about)]
    MenuSettings.objects.create(site=site, header=links, footer=links, legal=links)
    for slot in ("header", "in_article", "between_rails", "footer"):
        CreativeFactory(placement=PlacementFactory(slot=slot), campaign=CampaignFactory(name=slot))
    image.make_shape("natural")
    CreativeFactory(placement=PlacementFactory(slot="sidebar"), text="", image=image, alt_text="Un toit neuf")
    earlier = [
        ArticleFactory(
            parent=section if number % 2 else society,
            authors=[author],
            topics=[topic],
            lead_image=image,
            format=("news", "opinion", "video")[number % 3],
        )
        for number in range(articles - 1)
    ]
    print_cards([story.pk for story in earlier])
    article = ArticleFactory(
        parent=section,
        title="La lagune se laisse enfin traverser",
        slug="la-lagune",
        lead_image=image,
        authors=[author],
        topics=[topic],
        further_sections=[society],
        body=full_body(image, earlier[:2]),
    )
    article.corrections.create(text="La première version disait « hier ».")
    article.save_revision().publish()
    BreakingNewsFactory(page=article)
    coverage = make_live(home, section, author, article)
    home.rails = [
        ("lead_package", {"pinned": [article]}),
        ("latest", {"count": 8}),
        ("section_rail", {"section": section, "count": 5, "pinned": []}),
        ("section_rail", {"section": society, "count": 5, "pinned": []}),
        ("ad", {"slot": "between_rails"}),
        ("opinion", {"title": "Opinions", "count": 3, "pinned": []}),
        ("video", {"title": "Vidéos", "count": 3, "pinned": []}),
        ("newsletter", {"title": "La lettre", "text": "Chaque matin."}),
    ]
    home.save_revision().publish()
    comment = make_discussion(article)
    return Newsroom(home, section, ArticlePage.objects.get(pk=article.pk), author, topic, coverage, comment)


def make_live(home: HomePage, section: SectionPage, author: Author, article: ArticlePage) -> LiveCoveragePage:
    """The channel, on air, with a programme and replays; a running coverage with every block, and a closed one."""
    image = article.lead_image
    channel = DirectPageFactory(
        parent=home,
        air="on",
        stream="https://video.example/direct.m3u8",
        lead_image=image,
        programme=[("slot", {"title": "Journal", "text": "", "starts": time(0), "ends": None, "days": []})],
        replays=[
            ("replay", {"page": article, "url": "", "title": "", "image": None, "date": None, "minutes": 26}),
            ("replay", {"page": None, "url": "https://example.com/", "title": "Le débat", "image": image}),
        ],
    )
    coverage = CoverageFactory(
        parent=channel,
        title="La crue heure par heure",
        slug="la-crue",
        section=section,
        lead_image=image,
        key_facts=[("fact", "Trois quartiers sont évacués.")],
    )
    body = [
        ("text", "Le pont est **fermé**, dit [la mairie](https://example.com/)."),
        ("image", {"image": image, "caption": "Le pont", "credit": "", "layout": "normal"}),
        ("quote", {"text": "L’eau arrive", "speaker": "Awa Bamba", "role": "riveraine"}),
        ("embed", {"url": "https://youtu.be/abcdefghijk", "title": "Le pont en images", "caption": ""}),
        ("key_points", {"title": "À retenir", "points": ["Le pont est fermé"]}),
    ]
    EntryFactory(coverage=coverage, body=body, authors=[author], is_essential=True, headline="Le pont est fermé")
    EntryFactory(coverage=coverage, correction="Le relevé est de midi.", corrected_at=timezone.now())
    EntryFactory(coverage=coverage, is_pinned=True)
    LiveState.close(CoverageFactory(parent=channel, title="La finale en direct", slug="la-finale").pk, closed=True)
    return LiveCoveragePage.objects.get(pk=coverage.pk)


def make_discussion(article: ArticlePage) -> Comment:
    """Some comments on an article: a thread two levels deep, with a word of the newsroom's, and a long one."""
    long = "Une phrase de plus sur le bac, voir https://example.com/bac pour les horaires.\n\n" * 20
    CommentFactory(article=article, text=long, like_count=3)
    thread = CommentFactory(article=article, name="Prisca D.", edited_at=timezone.now())
    reply = CommentFactory(parent=thread, name="Rédaction", is_staff=True)
    CommentFactory(parent=reply, name="Kader")
    return thread


def read_most(articles: Sequence[ArticlePage]) -> None:
    """Have these articles been read within the last hour, the first one most, and ranked."""
    now = timezone.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    reads.save({(article.pk, hour): len(articles) - place for place, article in enumerate(articles)})
    ranking.refresh(now)


def add_articles(newsroom: Newsroom, count: int) -> None:
    """Many more articles of the same kind, straight into the tree, which is quicker than publishing each."""
    added = []
    for number in range(count):
        article = ArticlePage(
            title=f"La lagune, épisode {number}",
            slug=f"episode-{number}",
            lead_image=newsroom.article.lead_image,
            body=[("paragraph", "<p>La lagune est calme.</p>")],
            published_at=newsroom.article.published_at - timedelta(hours=number),
        )
        article.bylines = [ArticleAuthor(author=newsroom.author)]
        article.topics.add(newsroom.topic)
        refresh(newsroom.section.add_child(instance=article))
        added.append(article.pk)
    print_cards(added)
