"""
A large newsroom: the demo's articles, copied by PostgreSQL itself until there are as many as wanted.

Whole generations are copied, each two days older than the one before: 100,000 articles are nine years of a newsroom
that publishes thirty a day. A copy has a place in its headline and people in its standfirst that are its own: a few
names are everywhere, most are rare, as in any archive. `python -m tests.bench.fill 100000` is the command.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from random import Random
from typing import Any
from urllib.parse import quote

from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import DateTimeField, F, Max, Model
from django.utils import translation
from modelsearch.backends.database.postgres.weights import get_weight
from wagtail.models import Page, ReferenceIndex
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from aminata24.demo.progress import Progress
from aminata24.theme.templating import FILTERS
from news.models import (
    ArticleAuthor,
    ArticlePage,
    AuthorListing,
    PageListing,
    PrintedCard,
    PrintedStory,
    RelatedStory,
    SectionPage,
    TopicListing,
)
from news.models.topic import ArticleTopic
from search.listing import refresh as list_for_search

DAYS_BETWEEN_GENERATIONS = 2
GENERATIONS_AT_ONCE = 20
# Ends the slug of every copy, and of nothing else.
COPY_SLUG = r"-\d{6}$"
SYLLABLES = [consonant + vowel for vowel in ("a", "o", "é", "i") for consonant in "bdfgklmnst"]
# As many names of three syllables as there can be.
NAMES = len(SYLLABLES) ** 3
PEOPLE = 5

PLAN = """
CREATE TEMPORARY TABLE copies (
    generation int, original bigint, pk bigint, path varchar, slug varchar, url_path text,
    title varchar, place text, people text, age interval, told text[], retold text[],
    PRIMARY KEY (generation, original)
)
"""
# The copy of an article that belongs to the same generation; the article itself where there is none.
SAME_GENERATION = """
coalesce((SELECT pk FROM copies other WHERE (other.generation, other.original) = (copy.generation, {0})), {0})
"""


def copy_articles(missing: int, progress: Progress) -> None:
    """Make so many copies more, all of them or none."""
    with transaction.atomic(), connection.cursor() as cursor:
        # An index can't be made of rows that are still to be checked.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        generations = _plan(cursor, missing)
        indexes = _drop_search_indexes(cursor)
        batches = generations[::GENERATIONS_AT_ONCE]
        for first in progress.each("Generations of copies, batch", batches, len(batches)):
            for statement in _statements():
                cursor.execute(statement, {"first": first, "last": first + GENERATIONS_AT_ONCE - 1})
        list_for_search()
        for _, definition in progress.each("Search indexes", indexes, len(indexes)):
            cursor.execute(definition)
        for statement in connection.ops.sequence_reset_sql(no_style(), [Page]):
            cursor.execute(statement)
        cursor.execute("DROP TABLE copies")


def name(rank: int) -> str:
    """One of the NAMES of people and places."""
    size = len(SYLLABLES)
    return "".join(SYLLABLES[rank // size**place % size] for place in range(3)).capitalize()


def names_of(number: int) -> tuple[str, list[str]]:
    """The place in the headline of a copy and the people in its standfirst."""
    random = Random(number)
    # Evenly by order of magnitude: the first name is ten times as frequent as the tenth.
    place, *people = (name(int(NAMES ** random.random()) - 1) for _ in range(1 + PEOPLE))
    return place, people


def originals() -> list[ArticlePage]:
    """The articles that are copied: those everybody may read. A correction is of one article alone."""
    articles = ArticlePage.objects.live().listed().filter(corrections=None, alias_of=None)
    return list(articles.exclude(slug__regex=COPY_SLUG).order_by("published_at", "pk"))


@dataclass
class Section:
    """Where copies are put: below a section, after what is there."""

    page: SectionPage
    steps: "count[int]"
    added: int = 0

    def next_path(self) -> str:
        """The next free place in the tree below the section."""
        self.added += 1
        return Page._get_path(self.page.path, self.page.depth + 1, next(self.steps))


def _plan(cursor: Any, missing: int) -> range:
    """Note in a table what each copy is called, where it goes and how old it is; gives the generations."""
    first = 1 + ArticlePage.objects.filter(slug__regex=COPY_SLUG).count()
    articles = originals()

    def generation_of(number: int) -> int:
        return 1 + (number - 1) // len(articles)

    sections = {page.pk: Section(page, count(_last_step(page) + 1)) for page in SectionPage.objects.all()}
    highest = Page.objects.aggregate(highest=Max("pk"))["highest"]
    cursor.execute(PLAN)
    with cursor.copy("COPY copies FROM STDIN") as rows, translation.override("fr"):
        for key, number in enumerate(range(first, first + missing), highest + 1):
            original = articles[(number - 1) % len(articles)]
            rows.write_row(_planned(original, sections[original.section_id], number, generation_of(number), key))
    cursor.execute("ANALYZE copies")
    for section in sections.values():
        Page.objects.filter(pk=section.page.pk).update(numchild=F("numchild") + section.added)
    return range(generation_of(first), generation_of(first + missing - 1) + 1)


def _last_step(page: Page) -> int:
    last = page.get_last_child()
    return Page._str2int(last.path[-Page.steplen :]) if last else 0


def _planned(original: ArticlePage, section: Section, number: int, generation: int, key: int) -> tuple[Any, ...]:
    """One row of the plan; the texts that its print has other than the original's come in pairs."""
    place, people = names_of(number)
    title = f"{place}\N{NO-BREAK SPACE}: {original.title}"
    slug = f"{original.slug[:240]}-{number:06}"
    names = f" Avec {', '.join(people)}."
    age = timedelta(days=DAYS_BETWEEN_GENERATIONS * generation)
    pairs = [
        (original.title, title),
        (quote(original.title, safe=""), quote(title, safe="")),
        (original.standfirst, original.standfirst + names),
        (f"/{original.slug}/", f"/{slug}/"),
        (f"%2F{original.slug}%2F", f"%2F{slug}%2F"),
        (f'data-id="{original.pk}"', f'data-id="{key}"'),
    ]
    iso, moment = FILTERS["iso"], FILTERS["moment"]
    for time in filter(None, (original.published_at, original.updated_at)):
        pairs += [(iso(time), iso(time - age)), (moment(time), moment(time - age))]
    # As many pairs for every copy.
    pairs += [("-", "-")] * (PAIRS - len(pairs))
    told, retold = zip(*pairs, strict=True)
    url_path = f"{section.page.url_path}{slug}/"
    return (
        *(generation, original.pk, key, section.next_path(), slug, url_path),
        *(title, place, names, age, list(told), list(retold)),
    )


PAIRS = 10


def _statements() -> Iterator[str]:
    """The statements that copy the rows of the generations from %(first)s to %(last)s."""
    backend = get_search_backend()
    french, autocomplete = f"'{backend.config}'", f"'{backend.autocomplete_config}'"
    title = f"setweight(to_tsvector({french}, copy.place), '{get_weight(2)}')"
    people = f"setweight(to_tsvector({french}, copy.people), '{get_weight(2)}')"
    yield _copying(
        Page,
        "id",
        id="copy.pk",
        path="copy.path",
        slug="copy.slug",
        url_path="copy.url_path",
        title="copy.title",
        draft_title="copy.title",
        translation_key="gen_random_uuid()",
        latest_revision_id="NULL",
        live_revision_id="NULL",
    )
    yield _copying(
        ArticlePage,
        "page_ptr_id",
        page_ptr_id="copy.pk",
        standfirst="row.standfirst || copy.people",
        comment_count="0",
    )
    yield _copying(ArticleAuthor, "article_id")
    yield _copying(ArticleTopic, "content_object_id")
    yield _copying(ArticlePage.further_sections.through, "articlepage_id")
    yield _copying(RelatedStory, "article_id", story_id=SAME_GENERATION.format("row.story_id"))
    for listing in (PageListing, AuthorListing, TopicListing):
        yield _copying(listing, "article_id")
    yield _copying(
        PrintedStory,
        "article_id",
        **{part: _retold(f"row.{part}") for part in ("html", "title", "head", "bar")},
        related=f"(SELECT coalesce(jsonb_agg({SAME_GENERATION.format('story::bigint')}), '[]') "
        "FROM jsonb_array_elements_text(row.related) story)",
    )
    yield _copying(PrintedCard, "article_id", html=_retold("row.html"))
    yield _copying(
        IndexEntry,
        "object_id",
        title=f"{title} || row.title",
        body=f"{people} || row.body",
        autocomplete=f"to_tsvector({autocomplete}, copy.place) || row.autocomplete",
        title_text="copy.title",
        body_text="replace(row.body_text, copy.told[3], copy.retold[3])",
    )
    yield _copying(ReferenceIndex, "object_id")


def _copying(model: type[Model], owner: str, **values: str) -> str:
    """
    A statement that copies a model's rows of an original for its copy, with other values for some columns.

    Columns that this module doesn't know are copied as they are, times are moved back by the copy's age.
    """
    values = {owner: "copy.pk", **values}
    condition = f"row.{owner} = copy.original"
    if owner == "object_id":
        kind = "base_content_type_id" if model is ReferenceIndex else "content_type_id"
        keys = [content_type.pk for content_type in ContentType.objects.get_for_models(Page, ArticlePage).values()]
        condition = f"row.object_id = copy.original::text AND row.{kind} IN ({', '.join(map(str, keys))})"
    for column in (field for field in model._meta.local_concrete_fields):
        if column.primary_key and column.column not in values:
            continue
        moved = f"row.{column.column}" + (" - copy.age" if isinstance(column, DateTimeField) else "")
        values.setdefault(column.column, moved)
    names = ", ".join(f'"{name}"' for name in values)
    return (
        f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT {", ".join(values.values())} '
        f'FROM copies copy JOIN "{model._meta.db_table}" row ON {condition} '
        "WHERE copy.generation BETWEEN %(first)s AND %(last)s"
    )


def _retold(text: str) -> str:
    for pair in range(1, PAIRS + 1):
        text = f"replace({text}, copy.told[{pair}], copy.retold[{pair}])"
    return text


def _drop_search_indexes(cursor: Any) -> list[tuple[str, str]]:
    """Drop the indexes of words, which are made at once far sooner than word by word; gives names and definitions."""
    cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
    cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE indexdef LIKE '% USING gin %'")
    indexes = cursor.fetchall()
    for index, _ in indexes:
        cursor.execute(f'DROP INDEX "{index}"')
    return list(indexes)
