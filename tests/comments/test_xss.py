"""Whatever readers write is text, on every page that shows it again."""

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from aminata24.comments.models import Comment, Status
from aminata24.comments.models.comment import recount
from aminata24.comments.text import clean_text, one_line
from news.models import ArticlePage
from tests.comments.visitors import Visitor, opened, page_of, set_rules
from tests.comments.xss_strings import XSS_STRINGS
from tests.factories import CommentFactory

pytestmark = pytest.mark.django_db


class Structure(HTMLParser):
    """The elements of a page with their attributes' names, and its text; of readers' links only where they lead."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, ...]] = []
        self.links: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        if tag == "a" and "ugc" in str(values.get("rel")):
            assert set(values) == {"href", "rel"}
            self.links.append(str(values["href"]))
        elif tag not in ("p", "br"):
            self.elements.append((tag, *(name for name, _value in attributes)))

    def handle_data(self, data: str) -> None:
        self.text += data


def flat(text: str) -> str:
    """Without the spaces and lines that a page lays out."""
    return "".join(text.split())


def write_all(article: ArticlePage, texts: list[str], thread: Comment | None = None) -> None:
    """Each as the text of a comment, and as far as it fits as the name of its author."""
    Comment.objects.bulk_create(
        Comment(
            article=article,
            thread=thread,
            parent=thread,
            name=one_line(text)[:60] or "x",
            text=clean_text(text),
            status=Status.APPROVED,
        )
        for text in texts
    )
    recount(article.pk)


def test_there_are_more_than_a_hundred_different_strings() -> None:
    assert len(set(XSS_STRINGS)) == len(XSS_STRINGS) > 100


def test_text_and_name_stay_text_on_every_page_of_the_discussion(client: Client, article: ArticlePage) -> None:
    thread = CommentFactory(article=article)
    paths = [
        f"/commentaires/{article.pk}/{query}" for query in ("", "?tri=anciens", "?tri=aimes", "?tri=anciens&page=8")
    ]
    paths += [f"/commentaires/{article.pk}/fil/{thread.pk}/{query}" for query in ("", "?page=2", "?page=7")]
    paths += [article.path_on_site, "/afrique/"]

    def read() -> dict[str, Structure]:
        return {path: Structure(page_of(client.get(path))) for path in paths}

    harmless = ["Une remarque tout à fait ordinaire."] * len(XSS_STRINGS)
    write_all(article, harmless)
    write_all(article, harmless, thread)
    before = read()
    Comment.objects.exclude(pk=thread.pk).delete()
    write_all(article, XSS_STRINGS)
    write_all(article, XSS_STRINGS, thread)
    after = read()

    for path in paths:
        assert after[path].elements == before[path].elements, path
        assert not [link for link in after[path].links if not re.match("https?://", link, re.IGNORECASE)]


def test_every_string_can_be_read_as_it_was_written(client: Client, article: ArticlePage) -> None:
    write_all(article, XSS_STRINGS)
    pages = range(1, len(XSS_STRINGS) // 20 + 2)
    text = flat("".join(Structure(page_of(client.get(f"/commentaires/{article.pk}/?page={n}"))).text for n in pages))
    assert not [string for string in XSS_STRINGS if flat(clean_text(string)) not in text]


@pytest.fixture
def _remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here hundreds of forms are asked for, and what surrounds them stays the same."""
    monkeypatch.setattr("aminata24.delivery.memory.forget", lambda: None)


@pytest.mark.usefixtures("_remembered")
def test_what_comes_back_in_a_form_stays_in_its_field(visitor: Visitor) -> None:
    harmless = Structure(page_of(visitor.write("Bonjour.", name="…", email="awa@", stamp=""))).elements
    for string in XSS_STRINGS:
        page = page_of(visitor.write(string, name=string, email=string, website=string, stamp=string))
        found = Structure(page).elements
        # Some of them are a name, and that field is not marked then.
        assert [element[0] for element in found] == [element[0] for element in harmless], string
        assert not [element for element in found if any(name.startswith("on") for name in element)], string


@pytest.mark.usefixtures("_remembered")
def test_what_was_sent_is_shown_as_text(visitor: Visitor, settings: Any) -> None:
    settings.COMMENT_LIMITS = {}
    set_rules(first_waits=False)
    harmless = Structure(page_of(visitor.write("Une remarque ordinaire."))).elements
    Comment.objects.all().delete()
    for string in XSS_STRINGS:
        page = page_of(visitor.write(string, stamp=opened()))
        assert "Votre commentaire" in page, string
        found = [element for element in Structure(page).elements if element[0] not in ("a", "h1")]
        assert found == [element for element in harmless if element[0] not in ("a", "h1")], string
        Comment.objects.all().delete()


@pytest.mark.usefixtures("_remembered")
@pytest.mark.parametrize("form", ["signaler", "aimer", "repondre", "modifier"])
def test_forms_about_a_comment_quote_it_as_text(visitor: Visitor, article: ArticlePage, form: str) -> None:
    visitor.write()
    comment = Comment.objects.get()
    Comment.objects.update(status=Status.APPROVED)
    harmless = Structure(page_of(visitor.client.get(visitor.path(form, comment)))).elements
    for string in XSS_STRINGS:
        Comment.objects.update(name=one_line(string)[:60], text=clean_text(string))
        assert Structure(page_of(visitor.client.get(visitor.path(form, comment)))).elements == harmless, string


@pytest.mark.usefixtures("_remembered")
def test_a_reason_stays_in_its_field(article: ArticlePage) -> None:
    visitor = Visitor(article, enforce_csrf_checks=True)
    comment = CommentFactory(article=article)
    harmless = Structure(page_of(visitor.post("signaler", comment, reason="Faux."))).elements
    for string in XSS_STRINGS:
        assert Structure(page_of(visitor.post("signaler", comment, reason=string))).elements == harmless, string


@pytest.mark.usefixtures("_remembered")
def test_query_strings_reach_no_page(client: Client, article: ArticlePage) -> None:
    comment = CommentFactory(article=article)
    for string in XSS_STRINGS:
        query = quote(string, safe="")
        for path in (
            f"/commentaires/{article.pk}/?tri={query}",
            f"/commentaires/{article.pk}/fil/{comment.pk}/?page={query}",
            f"/commentaires/{article.pk}/signaler/{comment.pk}/?next={query}&tri={query}",
        ):
            response = client.get(path)
            assert response.status_code in (200, 404)
            page = page_of(response)
            assert "alert(1)" not in page, path
            assert "evil.example" not in page, path
