"""
Checks before publication: what an editor should look at in an article, where it is, and what to do.

A check takes an article, saved or as it is being typed, and yields findings. What *must* be right is refused by the
form as well; what *should* be is advice and never keeps a story from the readers.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import zip_longest

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aminata24.images.models import NewsImage
from news.blocks.media import NO_ALTERNATIVE_TEXT
from news.body_text import links, paragraphs, rich_texts
from news.links import Problem, broken_links
from news.models import ArticlePage, Format
from news.models.section import live_sections
from news.panels import LONGEST_HEADLINE, LONGEST_SHORT_HEADLINE, LONGEST_STANDFIRST
from news.reading import count_words, spoken_text

LONGEST_PARAGRAPH = 120
MOST_READ_ALSO = 2
SMALLEST_LEAD_IMAGE = 1200
# How far back another story of the same headline is looked for, and among how many.
RECENT = timedelta(days=7)
MOST_RECENT = 500

_NOTHING_SAID = re.compile(
    r"(?:cliquez|cliquer)?\s*(?:ici|là|sur ce lien|ce lien|lien|here)"
    r"|(?:lire|voir) (?:la suite|plus|ici)|en savoir plus|https?://\S+|www\.\S+",
    re.IGNORECASE,
)


class Grade(models.TextChoices):
    """How grave a finding is."""

    MUST = "must"
    SHOULD = "should"


@dataclass(frozen=True)
class Fix:
    """A remedy that one click applies: a value for another field of the form."""

    field: str
    value: str
    label: str


@dataclass(frozen=True)
class Finding:
    """Something to put right: `field` is the content path of the field it is in, empty for none."""

    field: str
    text: str
    advice: str = ""
    grade: Grade = Grade.SHOULD
    fix: Fix | None = None
    # Another page to look at.
    url: str = ""


Check = Callable[[ArticlePage], Iterator[Finding]]


def headline(article: ArticlePage) -> Iterator[Finding]:
    """A headline that lists or networks would cut."""
    length = len(article.title)
    if length > LONGEST_HEADLINE:
        yield Finding(
            "title",
            _("The headline has %(length)s characters.") % {"length": length},
            _("Search engines and networks cut it after about %(most)s.") % {"most": LONGEST_HEADLINE},
        )
    if length > LONGEST_SHORT_HEADLINE and not article.short_headline:
        yield Finding(
            "short_headline",
            _("The headline is long for lists and the ticker."),
            _("Write a short headline of %(most)s characters at most.") % {"most": LONGEST_SHORT_HEADLINE},
        )


def same_headline(article: ArticlePage) -> Iterator[Finding]:
    """The same headline published within a week."""
    wanted = _folded(article.title)
    if not wanted:
        return
    recent = ArticlePage.objects.live().filter(published_at__gte=timezone.now() - RECENT).exclude(pk=article.pk)
    for other in recent.only("title", "url_path").newest()[:MOST_RECENT]:
        if _folded(other.title) == wanted:
            yield Finding(
                "title",
                _("The same headline was published a few days ago."),
                _("Say what is new, or update the other story."),
                url=other.path_on_site,
            )
            return


def _folded(text: str) -> str:
    """A headline without accents, capitals and punctuation."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"\w+", "".join(letter for letter in letters if not unicodedata.combining(letter))))


def standfirst(article: ArticlePage) -> Iterator[Finding]:
    """No standfirst, or one that is cut beside a link."""
    length = len(article.standfirst)
    if not length:
        yield Finding("standfirst", _("There is no standfirst."), _("Say in two or three sentences what the story is."))
    elif length > LONGEST_STANDFIRST:
        yield Finding(
            "standfirst",
            _("The standfirst has %(length)s characters.") % {"length": length},
            _("Lists and networks cut it; %(most)s are enough.") % {"most": LONGEST_STANDFIRST},
        )


def lead_image(article: ArticlePage) -> Iterator[Finding]:
    """No lead image, or one too small for a large screen."""
    image = article.lead_image
    if image is None:
        # Opinion pieces stand in lists with their author's portrait.
        if article.format != Format.OPINION:
            yield Finding("lead_image", _("There is no lead image."), _("Without one, few see the story in lists."))
    elif image.width < SMALLEST_LEAD_IMAGE:
        yield Finding(
            "lead_image",
            _("The lead image is only %(width)s pixels wide.") % {"width": image.width},
            _("Choose one of %(least)s pixels or more.") % {"least": SMALLEST_LEAD_IMAGE},
        )


def pictures(article: ArticlePage) -> Iterator[tuple[str, NewsImage, str]]:
    """(content path, image, credit as shown) of the pictures of an article."""
    if article.lead_image:
        yield "lead_image", article.lead_image, article.lead_image.credit
    for block in article.body:
        if block.block_type == "image" and (image := block.value["image"]):
            yield f"body.{block.id}", image, block.value["credit"] or image.credit
        elif block.block_type == "gallery":
            for picture in block.value["images"]:
                if image := picture["image"]:
                    yield f"body.{block.id}", image, image.credit


def alternative_texts(article: ArticlePage) -> Iterator[Finding]:
    """Pictures that say nothing to those who can't see them."""
    for field in dict.fromkeys(field for field, image, _credit in pictures(article) if not image.description):
        yield Finding(field, str(NO_ALTERNATIVE_TEXT), grade=Grade.MUST)


def image_credits(article: ArticlePage) -> Iterator[Finding]:
    """Pictures of nobody."""
    missing = Counter(field for field, _image, credit in pictures(article) if not credit)
    for field, count in missing.items():
        yield Finding(
            field,
            ngettext("A picture has no credit.", "%(count)s pictures have no credit.", count) % {"count": count},
            _("Name the photographer and the agency."),
        )


def filing(article: ArticlePage) -> Iterator[Finding]:
    """Who wrote it, what it is about, where it stands."""
    if not article.bylines.all():  # type: ignore[attr-defined]
        yield Finding("bylines", _("Nobody signs the story."), _("Add an author."))
    if not article.topics.all():
        yield Finding("topics", _("There is no topic."), _("Two or three topics lead readers on."))
    if article.section_id not in live_sections():
        yield Finding("", _("The section is not published."), _("Readers find the story in no list until it is."))


def body(article: ArticlePage) -> Iterator[Finding]:
    """Headings that lead nowhere, too many « Lire aussi », or no text at all."""
    if not count_words(spoken_text(article.body)):
        yield Finding("body", _("The story has no text yet."))
    blocks = [*article.body]
    for block, following in zip_longest(blocks, blocks[1:]):
        if block.block_type != "heading":
            continue
        field = f"body.{block.id}"
        if not (block.value or "").strip():
            yield Finding(field, _("A heading is empty."), _("Write it or take it out."))
        elif following is None or following.block_type == "heading":
            yield Finding(field, _("Nothing stands below a heading."), _("Write on, or take the heading out."))
    read_also = [block for block in blocks if block.block_type == "read_also"]
    if len(read_also) > MOST_READ_ALSO:
        yield Finding(
            f"body.{read_also[MOST_READ_ALSO].id}",
            _("There are %(count)s « Lire aussi ».") % {"count": len(read_also)},
            _("More than %(most)s lead readers away; use the related stories.") % {"most": MOST_READ_ALSO},
        )


def running_text(article: ArticlePage) -> Iterator[Finding]:
    """Paragraphs nobody reads to their end, headings that are none, links that don't say where they lead."""
    for field, html in rich_texts(article.body):
        for paragraph in paragraphs(html):
            words = count_words(paragraph.text)
            start = paragraph.text[:40]
            if words > LONGEST_PARAGRAPH:
                yield Finding(
                    field,
                    _("A paragraph has %(words)s words: « %(start)s… »") % {"words": words, "start": start},
                    _("Break it up: %(most)s words are a long paragraph on a phone.") % {"most": LONGEST_PARAGRAPH},
                )
            if paragraph.is_bold:
                yield Finding(
                    field,
                    _("A paragraph is bold from end to end: « %(start)s »") % {"start": start},
                    _("Use the heading block, which readers can jump to."),
                )
        for link in links(html):
            if _NOTHING_SAID.fullmatch(link.text):
                yield Finding(
                    field,
                    _("A link only says « %(text)s ».") % {"text": link.text[:60]},
                    _("Say where it leads."),
                )


def corrections(article: ArticlePage) -> Iterator[Finding]:
    """A correction that readers of the first version would not notice."""
    made = [correction.made_on for correction in article.corrections.all() if correction.made_on]  # type: ignore[attr-defined]
    if not made or not article.published_at:
        return
    updated = timezone.localtime(article.updated_at).date() if article.updated_at else None
    if updated is None or updated < max(made):
        now = timezone.localtime().strftime("%Y-%m-%d %H:%M")
        yield Finding(
            "updated_at",
            _("A correction was added since the last update."),
            _("Set « last update » if the news itself has changed."),
            fix=Fix("updated_at", now, _("Set it to now")),
        )


def broken(article: ArticlePage) -> Iterator[Finding]:
    """Links of ours that lead nowhere."""
    for link in dict.fromkeys(broken_links(article)):
        advice = _("Choose the page instead: the link then follows it wherever it moves.")
        if link.problem == Problem.MALFORMED:
            advice = _("It starts with https:// and the name of a site.")
        elif link.problem != Problem.TYPED:
            advice = _("Lead readers elsewhere, or take the link out.")
        yield Finding(link.path, f"{link.problem.label} « {link.target} »", advice)


CHECKS: tuple[Check, ...] = (
    headline,
    same_headline,
    standfirst,
    lead_image,
    alternative_texts,
    image_credits,
    filing,
    body,
    running_text,
    broken,
    corrections,
)


def findings(article: ArticlePage) -> list[Finding]:
    """Everything to look at in an article, what must be put right first."""
    found = [finding for check in CHECKS for finding in check(article)]
    return sorted(found, key=lambda finding: finding.grade != Grade.MUST)
