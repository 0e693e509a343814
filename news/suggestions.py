"""Stories to offer an editor for « related stories », while the article is being written."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from news.models import ArticlePage, PageListing
from news.models.article import RELATED_COUNT

MOST_SUGGESTED = 6
# So many candidates come from each source.
MOST_CANDIDATES = 12
# A search that ranks by words looks no further back, so that it costs the same whatever the archive holds.
SEARCHED = timedelta(days=365)
# Shorter words are mostly grammar.
_WORD = re.compile(r"\w{5,}")
MOST_WORDS = 8


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
    worded = list(_with_words_of(article.title))
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


def _with_words_of(headline: str) -> Iterable[ArticlePage]:
    words = list(dict.fromkeys(_WORD.findall(headline)))[:MOST_WORDS]
    if not words:
        return []
    stories = ArticlePage.objects.live().filter(
        pk__in=PageListing.everything().values("article"), published_at__gte=timezone.now() - SEARCHED
    )
    return stories.for_cards().search(" ".join(words), operator="or")[:MOST_CANDIDATES]
