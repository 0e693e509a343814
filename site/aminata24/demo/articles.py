"""Articles and the ticker, written the way an editor would: a draft, a revision, a publication."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from aminata24.demo import content
from aminata24.demo.bodies import References, to_stream
from aminata24.demo.content import Entry
from aminata24.demo.progress import Progress
from aminata24.demo.schedule import publication_times
from aminata24.demo.sections import Sections
from aminata24.readers.models import User
from news.models import ArticleAuthor, ArticlePage, Author, BreakingNews, Correction, RelatedStory, Topic
from news.printing import print_stories


@dataclass(frozen=True)
class Newsroom:
    """What articles refer to; `users` are by role."""

    sections: Sections
    authors: dict[str, Author]
    topics: dict[str, Topic]
    users: dict[str, User]
    pictures: dict[str, int]
    documents: dict[str, int]


def load_articles(entries: list[Entry], newsroom: Newsroom, now: datetime, progress: Progress) -> dict[str, int]:
    """Write and publish the articles that are missing; returns {slug: primary key} of them all."""
    times = publication_times(entries, (line["article"] for line in content.ticker_lines() if "article" in line), now)
    keys = dict(ArticlePage.objects.filter(slug__in=times).values_list("slug", "pk"))
    missing = sorted((entry for entry in entries if entry["slug"] not in keys), key=lambda entry: times[entry["slug"]])
    drafts = {entry["slug"]: _draft(entry, newsroom, times[entry["slug"]]) for entry in missing}
    # All must exist before any is published, for they refer to each other.
    keys |= {slug: draft.pk for slug, draft in drafts.items()}
    references = References(newsroom.pictures, newsroom.documents, keys)
    for entry in progress.each("Articles", missing, len(missing)):
        _publish(entry, drafts[entry["slug"]], references, newsroom, now, times[entry["slug"]])
    return keys


def _draft(entry: Entry, newsroom: Newsroom, published_at: datetime) -> ArticlePage:
    article = ArticlePage(
        title=entry["headline"],
        slug=entry["slug"],
        short_headline=entry.get("short_headline", ""),
        kicker=entry.get("kicker", ""),
        standfirst=entry["standfirst"],
        lead_image_id=newsroom.pictures[entry["picture"]],
        lead_image_caption=entry["picture_caption"],
        format=entry["format"],
        sponsor_label=entry.get("sponsor", ""),
        published_at=published_at,
        first_published_at=published_at,
        live=False,
        owner=newsroom.users.get("Reporters"),
    )
    newsroom.sections[entry["section"]].add_child(instance=article)
    return article


def _publish(
    entry: Entry,
    article: ArticlePage,
    references: References,
    newsroom: Newsroom,
    now: datetime,
    published_at: datetime,
) -> None:
    article.body = to_stream(entry["body"], references)
    article.further_sections = [newsroom.sections[path] for path in entry.get("further_sections", [])]
    article.topics.set([newsroom.topics[slug] for slug in entry["topics"]])
    article.bylines = [
        ArticleAuthor(author=newsroom.authors[slug], sort_order=place) for place, slug in enumerate(entry["authors"])
    ]
    article.related_stories = [
        RelatedStory(story_id=references.articles[slug], sort_order=place)
        for place, slug in enumerate(entry.get("related", []))
        if slug in references.articles
    ]
    article.corrections = [
        Correction(made_on=_day_of_correction(correction, now, published_at), text=correction["text"])
        for correction in entry.get("correction", [])
    ]
    if article.corrections.exists():
        article.updated_at = min(published_at + timedelta(hours=5), now)
    article.save_revision(user=newsroom.users.get("Reporters")).publish(user=newsroom.users.get("Editors"))
    # The page tells when it was last published too, and that was not today.
    ArticlePage.objects.filter(pk=article.pk).update(last_published_at=article.updated_at or published_at)
    print_stories.call([article.pk])


def _day_of_correction(correction: Entry, now: datetime, published_at: datetime) -> date:
    """The day the file says, but never before the article came out."""
    told = timezone.localdate(now) - timedelta(days=correction["days_ago"])
    return max(told, timezone.localdate(published_at))


def load_ticker(articles: dict[str, int]) -> None:
    """Put the lines on the ticker that are missing."""
    for place, entry in enumerate(content.ticker_lines(), 1):
        if BreakingNews.objects.filter(text=entry["text"]).exists():
            continue
        line = BreakingNews(
            text=entry["text"],
            page_id=articles.get(entry.get("article", "")),
            url=entry.get("url", ""),
            sort_order=place * 10,
        )
        line.save()
        line.save_revision().publish()
