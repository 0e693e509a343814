"""
Loading the demo newsroom, in the order in which things refer to each other.

Everything is found again by slug, title or address: what is there stays as it is, so that loading
twice changes nothing and an editor's work is never overwritten.
"""

from django.db import transaction
from django.utils import timezone
from wagtail.models import Collection, Site

from aminata24.demo import content
from aminata24.demo.advertising import load_ads
from aminata24.demo.articles import Newsroom, load_articles, load_ticker
from aminata24.demo.audience import load_audience
from aminata24.demo.comments import load_comments
from aminata24.demo.documents import load_documents
from aminata24.demo.drawing import drawings_for
from aminata24.demo.front_page import load_front_page, load_rails, load_surroundings
from aminata24.demo.live import load_live
from aminata24.demo.people import load_accounts, load_authors
from aminata24.demo.pictures import load_pictures
from aminata24.demo.progress import Progress
from aminata24.demo.sections import load_information_pages, load_sections, load_topics, pin_stories

COLLECTION = "Démonstration"


def load_demo(progress: Progress, password: str, only: set[str] | None = None, processes: int = 1) -> None:
    """
    Load what is missing of the demo newsroom.

    `only` names the articles wanted (tests need but a few); so many `processes` make the pictures.
    """
    now = timezone.now()
    entries = [entry for entry in content.articles() if only is None or entry["slug"] in only]
    collection = _collection()
    pictures = load_pictures(drawings_for(entries), collection, progress, processes)
    with transaction.atomic():
        home = load_front_page()
        users = load_accounts(password)
        newsroom = Newsroom(
            sections=load_sections(home),
            authors=load_authors(pictures, users),
            topics=load_topics(),
            users=users,
            pictures=pictures,
            documents=load_documents(collection),
        )
        # Before the articles: a new brand voids every printed story.
        pages = load_information_pages(home)
        load_surroundings(Site.objects.get(is_default_site=True), newsroom.sections, pages, pictures)
        keys = load_articles(entries, newsroom, now, progress)
        pin_stories(newsroom.sections, keys)
        load_ticker(keys)
        load_live(home, newsroom, keys, now)
        load_comments(keys, users, now)
        load_ads(pictures, now)
        load_audience(keys, now)
        load_rails(home, newsroom.sections)


def _collection() -> Collection:
    """Where the pictures and files of the demo lie, so that they are easily told from the newsroom's own."""
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=COLLECTION).first() or root.add_child(name=COLLECTION)
