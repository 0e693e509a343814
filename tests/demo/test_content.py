"""The copy of the demo: what the files say is complete and fits the content model."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from aminata24.comments.models import Comment, Status
from aminata24.demo import content
from aminata24.demo.bodies import References, to_stream
from aminata24.demo.drawing import drawings_for
from aminata24.demo.drawing.catalogue import STYLES, VARIANTS
from aminata24.demo.drawing.palettes import PALETTES
from aminata24.demo.people import ACCOUNTS
from aminata24.readers.names import validate_name
from news.blocks import ArticleBody
from news.models import Accent, ArticlePage, Format, LiveCoveragePage

ARTICLES = content.articles()
SLUGS = {article["slug"] for article in ARTICLES}
PICTURES = {f"{palette}-{style}-{variant}" for palette in PALETTES for style in STYLES for variant in VARIANTS}
EVERY_ARTICLE = pytest.mark.parametrize("article", ARTICLES, ids=[article["slug"] for article in ARTICLES])

# Blocks that name pictures, files or articles; their choosers need a database.
REFERRING = {"image", "gallery", "video", "audio", "document", "read_also"}


def blocks_of(article: dict[str, Any]) -> list[tuple[str, Any]]:
    return [next(iter(entry.items())) for entry in article["body"]]


def test_there_are_more_than_sixty_articles_and_no_two_share_a_slug() -> None:
    assert len(SLUGS) == len(ARTICLES) > 60


def test_every_block_of_a_body_is_used_somewhere() -> None:
    used = {kind for article in ARTICLES for kind, _value in blocks_of(article)}
    assert used == set(ArticleBody().child_blocks)


@EVERY_ARTICLE
def test_an_article_refers_to_things_that_exist(article: dict[str, Any]) -> None:
    sections = {section["path"] for section in content.sections()}
    assert {article["section"], *article.get("further_sections", [])} <= sections
    assert set(article["authors"]) <= {author["slug"] for author in content.authors()}
    assert set(article["topics"]) <= {topic["slug"] for topic in content.topics()}
    assert article["format"] in Format.values
    named = [slug for kind, value in blocks_of(article) if kind == "read_also" for slug in value]
    assert {*named, *article.get("related", [])} <= SLUGS - {article["slug"]}


@EVERY_ARTICLE
def test_the_pictures_of_an_article_can_be_drawn(article: dict[str, Any]) -> None:
    keys = {drawing.key for drawing in drawings_for([article])}
    named = set(re.findall(r"'picture': '([^']+)'", str(article)))
    assert named <= PICTURES
    assert named <= keys


@EVERY_ARTICLE
def test_what_an_article_says_fits_its_fields(article: dict[str, Any]) -> None:
    fields = {
        "title": article["headline"],
        "slug": article["slug"],
        "short_headline": article.get("short_headline", ""),
        "kicker": article.get("kicker", ""),
        "standfirst": article["standfirst"],
        "lead_image_caption": article["picture_caption"],
        "sponsor_label": article.get("sponsor", ""),
    }
    for name, text in fields.items():
        ArticlePage._meta.get_field(name).clean(text, None)


@EVERY_ARTICLE
def test_an_editor_could_have_written_the_body(article: dict[str, Any]) -> None:
    plain = [entry for entry in article["body"] if not REFERRING & set(entry)]
    block = ArticleBody()
    try:
        block.clean(block.to_python(to_stream(plain, References())))
    except ValidationError as error:
        pytest.fail(str(error.as_json_data() if hasattr(error, "as_json_data") else error))


def test_sections_have_accents_that_the_style_sheet_knows() -> None:
    assert {section["accent"] for section in content.sections()} <= set(Accent.values)


def test_live_coverages_refer_to_things_that_exist_and_fit_their_fields() -> None:
    live = content.live()
    assert {replay["article"] for replay in live["channel"]["replay"]} <= SLUGS
    for coverage in live["coverage"]:
        assert coverage["section"] in {section["path"] for section in content.sections()}
        ages = [entry["minutes_ago"] for entry in coverage["entry"]]
        assert ages == sorted(set(ages)), "newest first, no two at the same time"
        LiveCoveragePage._meta.get_field("title").clean(coverage["headline"], None)
        LiveCoveragePage._meta.get_field("standfirst").clean(coverage["standfirst"], None)
        authors = {author["slug"] for author in content.authors()}
        for entry in [coverage, *coverage["entry"]]:
            assert set(entry.get("authors", [])) <= authors
            assert entry.get("picture") in {None, *PICTURES}
            assert len(entry.get("headline", "")) <= 160
    assert sum("closed_minutes_ago" in coverage for coverage in live["coverage"]) == 1


def test_ticker_lines_lead_to_articles_that_exist() -> None:
    assert {line["article"] for line in content.ticker_lines() if "article" in line} <= SLUGS


def every_comment(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for entry in entries for one in (entry, *every_comment(entry.get("reply", [])))]


def test_comments_fit_their_fields_and_stand_under_articles_that_exist() -> None:
    comments = content.comments()
    assert {comment["article"] for comment in comments} <= SLUGS
    assert len(every_comment(comments)) > 20
    for comment in every_comment(comments):
        Comment._meta.get_field("text").clean(comment["text"], None)
        if "staff" not in comment:
            validate_name(comment["name"])
        assert comment.get("status", "approved") in Status.values
    roles = {comment["staff"] for comment in every_comment(comments) if "staff" in comment}
    assert roles <= {account.role for account in ACCOUNTS}


def test_quotation_marks_and_double_punctuation_keep_to_their_words() -> None:
    text = str([(article["headline"], article["standfirst"]) for article in ARTICLES] + [content.live()["coverage"]])
    assert not re.search(r"« | »| [:;?!]", text.replace("', '", ""))
