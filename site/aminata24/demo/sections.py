"""Sections, topics and information pages of the demo."""

from aminata24.demo import content
from aminata24.demo.bodies import to_stream
from home.models import HomePage, InformationPage
from news.models import PinnedStory, SectionPage, Topic

Sections = dict[str, SectionPage]

# Two sections show what pinning looks like.
PINNED = {
    "societe": ["lagune-navettes-locodjro-treichville"],
    "actualites/culture": ["grand-bassam-maisons-face-a-la-mer-images"],
}


def load_sections(home: HomePage) -> Sections:
    """Make the sections that are missing; returns them all by path, such as "afrique/sahel"."""
    sections: Sections = {}
    for entry in content.sections():
        above, _, slug = entry["path"].rpartition("/")
        parent = sections[above] if above else home
        section = SectionPage.objects.child_of(parent).filter(slug=slug).first()
        if section is None:
            section = SectionPage(
                title=entry["title"],
                slug=slug,
                introduction=entry["introduction"],
                accent=entry["accent"],
                search_description=entry["introduction"],
                show_in_menus=not above,
            )
            parent.add_child(instance=section)
            section.save_revision().publish()
        sections[entry["path"]] = section
    return sections


def load_topics() -> dict[str, Topic]:
    """Make the topics that are missing; returns them all by slug."""
    return {
        entry["slug"]: Topic.objects.get_or_create(slug=entry["slug"], defaults={"name": entry["name"]})[0]
        for entry in content.topics()
    }


def load_information_pages(home: HomePage) -> dict[str, InformationPage]:
    """Make the information pages that are missing; returns them all by slug."""
    pages = {}
    for entry in content.information_pages():
        page = InformationPage.objects.child_of(home).filter(slug=entry["slug"]).first()
        if page is None:
            page = InformationPage(
                title=entry["title"],
                slug=entry["slug"],
                introduction=entry["introduction"],
                search_description=entry["introduction"],
                body=to_stream(entry["body"]),
            )
            home.add_child(instance=page)
            page.save_revision().publish()
        pages[entry["slug"]] = page
    return pages


def pin_stories(sections: Sections, articles: dict[str, int]) -> None:
    """Keep a story on top of two sections."""
    for path, slugs in PINNED.items():
        section = sections[path]
        stories = [articles[slug] for slug in slugs if slug in articles]
        if stories and not section.pinned_stories.exists():
            section.pinned_stories = [
                PinnedStory(story_id=story, sort_order=place) for place, story in enumerate(stories)
            ]
            section.save_revision().publish()
