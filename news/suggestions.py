"""Stories to offer an editor for « related stories », while the article is being written."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from news.models import ArticlePage, PageListing

MOST_SUGGESTED = 6
# So many candidates come from each source.
MOST_CANDIDATES = 12
# A search that ranks by words looks no further back, so that it costs the same whatever the archive holds.
SEARCHED = timedelta(days=365)
# Shorter words are mostly grammar.
_WORD = re.compile(r"\w{4,}")
MOST_WORDS = 8


@dataclass(frozen=True)
class Suggestion:
    """A story with the reason it is offered."""

    story: ArticlePage
    reason: str


def suggestions(article: ArticlePage) -> list[Suggestion]:
    """
    Stories near an article, saved or as it is typed, by topic, by the words of its headline and by section.

    What is chosen already is left out. The nearest come first, the newer of two as near.
    """
    chosen = {related.story_id for related in article.related_stories.all()}  # type: ignore[attr-defined]
    near = ArticlePage.objects.related_to(article, MOST_CANDIDATES)
    on_topic = {story.pk for story in near if story.shares_topic}  # type: ignore[attr-defined]
    worded = {story.pk: story for story in _with_words_of(article.title)}
    candidates = {story.pk: story for story in (*near, *worded.values())}

    def reasons(key: int) -> list[str]:
        return [
            *([_("same topic")] if key in on_topic else []),
            *([_("same words")] if key in worded else []),
        ]

    left = sorted(
        (story for key, story in candidates.items() if key not in chosen and key != article.pk),
        key=lambda story: (len(reasons(story.pk)), story.published_at),
        reverse=True,
    )
    return [Suggestion(story, ", ".join(reasons(story.pk)) or _("same section")) for story in left[:MOST_SUGGESTED]]


def _with_words_of(headline: str) -> Iterable[ArticlePage]:
    words = list(dict.fromkeys(_WORD.findall(headline)))[:MOST_WORDS]
    if not words:
        return []
    stories = ArticlePage.objects.live().filter(
        pk__in=PageListing.everything().values("article"), published_at__gte=timezone.now() - SEARCHED
    )
    return stories.for_cards().search(" ".join(words), operator="or")[:MOST_CANDIDATES]
