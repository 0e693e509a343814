"""Stories to offer an editor for « related stories », while the article is being written."""

import re
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from news.models import ArticlePage, PageListing
from news.models.article import RELATED_COUNT

MOST_SUGGESTED = 6
# So many candidates come from each source.
MOST_CANDIDATES = 12
# By words, so many of the newest are looked at, and none older than this: it costs the same whatever the archive holds.
MOST_FOUND = 60
SEARCHED = timedelta(days=365)
# Shorter words are mostly grammar.
_WORD = re.compile(r"\w{5,}")
MOST_WORDS = 8
# Words that begin with the same letters are taken for the same.
STEM = 6


@dataclass(frozen=True)
class Suggestion:
    """A story with the reason it is offered."""

    story: ArticlePage
    reason: str


def suggestions(article: ArticlePage) -> list[Suggestion]:
    """
    Stories near an article, saved or as it is typed, by topic, by the words of its headline and by section.

    What is chosen already is left out, and none are offered once there are as many as are shown.
    """
    chosen = {related.story_id for related in article.related_stories.all()}  # type: ignore[attr-defined]
    if len(chosen) >= RELATED_COUNT:
        return []
    near = ArticlePage.objects.related_to(article, MOST_CANDIDATES)
    worded = _with_words_of(article.title)
    on_topic = {story.pk for story in near if story.shares_topic}  # type: ignore[attr-defined]
    rank = {story.pk: place for place, story in enumerate(worded)}

    def distance(story: ArticlePage) -> tuple[bool, bool, int]:
        has_topic, has_words = story.pk in on_topic, story.pk in rank
        return not (has_topic and has_words), not has_topic, rank.get(story.pk, MOST_CANDIDATES)

    def reason(story: ArticlePage) -> str:
        reasons = [_("same topic")] * (story.pk in on_topic) + [_("same words")] * (story.pk in rank)
        return ", ".join(reasons) or _("same section")

    candidates = {story.pk: story for story in (*near, *worded) if story.pk not in chosen and story.pk != article.pk}
    nearest = sorted(candidates.values(), key=distance)
    return [Suggestion(story, reason(story)) for story in nearest[:MOST_SUGGESTED]]


def _with_words_of(headline: str) -> list[ArticlePage]:
    """Recent stories whose headline shares words with this one, those that share most first."""
    words = list(dict.fromkeys(_WORD.findall(headline)))[:MOST_WORDS]
    if not words:
        return []
    stories = ArticlePage.objects.live().filter(
        pk__in=PageListing.everything().values("article"), published_at__gte=timezone.now() - SEARCHED
    )
    # Not by the index's own relevance, which is reckoned for all that is found before the first is given.
    newest = stories.for_cards().order_by("-published_at", "-id")
    found = newest.search(" ".join(words), fields=["title"], operator="or", order_by_relevance=False)[:MOST_FOUND]
    stems = {word[:STEM].casefold() for word in words}

    def shared(story: ArticlePage) -> int:
        return len(stems & {word[:STEM].casefold() for word in _WORD.findall(story.title)})

    return sorted(found, key=shared, reverse=True)[:MOST_CANDIDATES]
