"""Readers discuss: with a script in the midst of the article, and without one on pages of their own."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Dialog, Locator, Page, expect

from aminata24.comments.models import Comment, Reaction, Status
from aminata24.comments.models.comment import recount
from aminata24.readers.models import User
from tests.browser.conftest import EDITOR, OneAtATime, OpenContext, sign_in
from tests.browser.test_accessibility import findings, findings_in_both_themes
from tests.comments.visitors import set_rules
from tests.comments.xss_strings import XSS_STRINGS
from tests.factories import CommentFactory
from tests.newsroom import Newsroom

TEXT = "Et la ligne de nuit, pour celles qui finissent tard ?"


@pytest.fixture(autouse=True)
def _quick_fingers(newsroom: Newsroom) -> Iterator[None]:
    """A test types faster than anybody, and here nobody waits for a moderator unless a test says so."""
    with OneAtATime.turn:
        set_rules(first_waits=False)
        Comment.objects.all().delete()
        recount(newsroom.article.pk)
    with override_settings(COMMENT_SECONDS=0):
        yield


@pytest.fixture
def comments(newsroom: Newsroom) -> list[Comment]:
    """Thirty threads, the newest last; the first has five replies and most likes."""
    article, start = newsroom.article, timezone.now() - timedelta(hours=9)
    with OneAtATime.turn:
        threads = Comment.objects.bulk_create(
            Comment(
                article=article,
                name=f"Lecteur {number}",
                text=f"Remarque {number}.",
                status=Status.APPROVED,
                like_count=30 - number,
                created_at=start + timedelta(minutes=number),
            )
            for number in range(30)
        )
        for number in range(5):
            CommentFactory(parent=threads[0], text=f"Réponse {number}.")
        recount(article.pk)
    return threads


def discussion(page: Page) -> Locator:
    """The section under the article."""
    return page.locator("#commentaires")


def read(page: Page, newsroom: Newsroom) -> Locator:
    """Open the article and scroll to its discussion."""
    page.goto(newsroom.article.path_on_site, wait_until="networkidle")
    page.evaluate("document.querySelector('[data-consent]')?.remove()")
    discussion(page).scroll_into_view_if_needed()
    return discussion(page)


def remarks(page: Page) -> list[int]:
    """The numbers of the threads that are shown, in their order."""
    texts = page.locator(".comment-list > li > .comment").all_inner_texts()
    return [int(re.search(r"Remarque (\d+)", text)[1]) for text in texts]  # type: ignore[index]


def fill(form: Locator, text: str = TEXT, name: str = "Awa Koné") -> None:
    form.locator("[name=text]").fill(text)
    form.locator("[name=name]").fill(name)
    form.locator("[name=email]").fill("awa@example.com")


def send(form: Locator) -> None:
    form.locator("button[type=submit]").click()


def order(section: Locator, name: str) -> None:
    """Ask for another order, and wait for it."""
    section.get_by_role("link", name=name).click()
    expect(section.get_by_role("link", name=name)).to_have_attribute("aria-current", "true")


def stays(page: Page) -> None:
    """Note if the page is left from now on."""
    page.evaluate("window.stayed = true")


def test_one_comments_in_the_midst_of_the_article(reader: Page, newsroom: Newsroom) -> None:
    section = read(reader, newsroom)
    stays(reader)
    section.get_by_role("link", name="Écrire un commentaire").click()
    form = section.locator("form")
    expect(form.locator("[name=text]")).to_be_focused()
    fill(form)
    send(form)

    expect(section.get_by_role("heading", name="Votre commentaire est publié")).to_be_visible()
    expect(section.locator(".comment", has_text=TEXT)).to_be_visible()
    assert reader.evaluate("window.stayed")

    section.get_by_role("link", name="Le modifier").click()
    form = section.locator("form")
    expect(form.locator("[name=text]")).to_have_value(TEXT)
    form.locator("[name=text]").fill(TEXT + " Et le dimanche ?")
    send(form)
    expect(section.locator(".comment", has_text="Et le dimanche ?")).to_be_visible()
    reader.reload()
    expect(section.locator("[id^=commentaire-]", has_text="Et le dimanche ?")).to_contain_text("modifié")


def test_one_comments_without_a_script(reader_without_javascript: Page, newsroom: Newsroom) -> None:
    reader = reader_without_javascript
    with OneAtATime.turn:
        set_rules(first_waits=True)
    reader.goto(newsroom.article.path_on_site)
    discussion(reader).get_by_role("link", name="Écrire un commentaire").click()
    form = reader.locator("main form")
    expect(form.locator("[data-remember]")).to_be_hidden()
    fill(form)
    form.locator("[name=email]").fill("awa@")
    send(form)
    expect(form.locator("[name=email]")).to_have_attribute("aria-invalid", "true")
    expect(form.locator("[name=text]")).to_have_value(TEXT)
    form.locator("[name=email]").fill("awa@example.com")
    send(form)
    expect(reader.get_by_role("heading", level=1)).to_have_text("Votre commentaire attend un modérateur")
    reader.get_by_role("link", name="Le modifier").click()
    reader.locator("main [name=text]").fill(TEXT + " Merci.")
    send(reader.locator("main form"))
    expect(reader.locator(".comment")).to_contain_text("Merci.")

    with OneAtATime.turn:
        comment = Comment.objects.get()
        Comment.objects.update(status=Status.APPROVED)
        recount(comment.article_id)
    reader.goto(newsroom.article.path_on_site)
    expect(reader.locator(f"#{comment.fragment}")).to_contain_text("Merci.")
    # Known by now.
    reader.locator(f"#{comment.fragment}").get_by_role("link", name="Répondre").click()
    fill(reader.locator("main form"), "Je me réponds à moi-même.")
    send(reader.locator("main form"))
    reader.get_by_role("link", name="Le voir dans la discussion").click()
    expect(reader.locator(".replies .comment")).to_contain_text("Je me réponds")


def test_one_replies_below_the_comment(reader: Page, newsroom: Newsroom, comments: list[Comment]) -> None:
    section = read(reader, newsroom)
    stays(reader)
    thread = section.locator(".comment-list > li").first
    thread.get_by_role("link", name="Répondre").click()
    expect(thread.get_by_role("heading", name="Répondre à Lecteur 29")).to_be_visible()
    fill(thread.locator("form"))
    send(thread.locator("form"))
    expect(thread.get_by_role("heading", name="Votre commentaire est publié")).to_be_visible()
    with OneAtATime.turn:
        assert Comment.objects.get(text=TEXT).parent == comments[29]
    assert reader.evaluate("window.stayed")


def test_an_error_keeps_what_was_typed(reader: Page, newsroom: Newsroom) -> None:
    section = read(reader, newsroom)
    section.get_by_role("link", name="Écrire un commentaire").click()
    form = section.locator("form")
    fill(form, name="")
    send(form)
    name = form.locator("[name=name]")
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(name).to_be_focused()
    expect(form.locator("[name=text]")).to_have_value(TEXT)
    name.fill("Awa Koné")

    # The line is down.
    reader.context.set_offline(True)
    send(form)
    expect(form.locator("[data-form-status]")).to_be_visible()
    expect(form.locator("[name=text]")).to_have_value(TEXT)
    reader.context.set_offline(False)

    # Something on the way fails.
    reader.route("**/ecrire/", lambda route: route.fulfill(status=429, body="<h1>429</h1>", content_type="text/html"))
    send(form)
    expect(form.locator("[data-form-status]")).to_be_visible()
    expect(form.locator("[name=text]")).to_have_value(TEXT)
    reader.unroute("**/ecrire/")

    # The token expired.
    reader.context.clear_cookies(name="csrftoken")
    send(form)
    expect(form.get_by_role("alert").first).to_contain_text("Ce formulaire avait expiré")
    expect(form.locator("[name=text]")).to_have_value(TEXT)
    send(form)
    expect(section.get_by_role("heading", name="Votre commentaire est publié")).to_be_visible()


def test_two_taps_send_one_comment(reader: Page, newsroom: Newsroom) -> None:
    section = read(reader, newsroom)
    section.get_by_role("link", name="Écrire un commentaire").click()
    fill(section.locator("form"))
    section.locator("form button[type=submit]").dblclick()
    expect(section.get_by_role("heading", name="Votre commentaire est publié")).to_be_visible()
    with OneAtATime.turn:
        assert Comment.objects.count() == 1


def test_name_and_address_are_remembered_if_one_says_so(reader: Page, newsroom: Newsroom) -> None:
    section = read(reader, newsroom)
    section.get_by_role("link", name="Écrire un commentaire").click()
    fill(section.locator("form"))
    send(section.locator("form"))
    expect(section.get_by_role("heading", name="Votre commentaire est publié")).to_be_visible()
    section = read(reader, newsroom)
    section.get_by_role("link", name="Écrire un commentaire").click()
    expect(section.locator("[name=name]")).to_have_value("")

    fill(section.locator("form"), TEXT + " Bis.")
    section.locator("[data-remember]").check()
    send(section.locator("form"))
    expect(section.get_by_role("heading", name="Votre commentaire est publié")).to_be_visible()
    # On the form's own page as well.
    reader.goto(f"/commentaires/{newsroom.article.pk}/ecrire/", wait_until="networkidle")
    expect(reader.locator("[name=name]")).to_have_value("Awa Koné")
    expect(reader.locator("[name=email]")).to_have_value("awa@example.com")
    expect(reader.locator("[data-remember]")).to_be_checked()


def test_orders_and_more_come_without_a_reload(reader: Page, newsroom: Newsroom, comments: list[Comment]) -> None:
    section = read(reader, newsroom)
    stays(reader)
    assert remarks(reader) == [29, 28, 27, 26, 25]

    section.get_by_role("link", name="Anciens").click()
    expect(section.get_by_role("link", name="Anciens")).to_have_attribute("aria-current", "true")
    expect(section.get_by_role("link", name="Anciens")).to_be_focused()
    assert remarks(reader) == list(range(20))
    expect(reader).to_have_url(re.compile(rf"{newsroom.article.path_on_site}#commentaires$"))

    section.get_by_role("link", name="Plus de commentaires").click()
    expect(reader.locator(".comment-list > li")).to_have_count(30)
    assert remarks(reader) == list(range(30))
    expect(reader.locator(f"#{comments[20].fragment}")).to_be_focused()
    expect(section.get_by_role("link", name="Plus de commentaires")).to_have_count(0)

    section.get_by_role("link", name="Afficher les 5 réponses").click()
    expect(section.locator(".replies .comment")).to_have_count(5)
    expect(section.locator(".replies .comment").nth(2)).to_be_focused()
    assert reader.evaluate("window.stayed")


def test_on_the_discussions_own_page_the_address_follows(
    reader: Page, newsroom: Newsroom, comments: list[Comment]
) -> None:
    reader.goto(f"/commentaires/{newsroom.article.pk}/", wait_until="networkidle")
    stays(reader)
    reader.get_by_role("link", name="Appréciés").click()
    expect(reader).to_have_url(re.compile(r"\?tri=aimes$"))
    assert remarks(reader) == list(range(20))
    assert reader.evaluate("window.stayed")
    reader.reload()
    assert remarks(reader) == list(range(20))


def test_orders_and_pages_are_links_without_a_script(
    reader_without_javascript: Page, newsroom: Newsroom, comments: list[Comment]
) -> None:
    reader = reader_without_javascript
    reader.goto(newsroom.article.path_on_site)
    discussion(reader).get_by_role("link", name="Anciens").click()
    assert remarks(reader) == list(range(20))
    reader.get_by_role("link", name="Plus de commentaires").click()
    assert remarks(reader) == list(range(20, 30))
    reader.get_by_role("link", name="Commentaires précédents").click()
    reader.get_by_role("link", name="Afficher les 5 réponses").click()
    expect(reader.locator(".replies .comment")).to_have_count(5)


def test_nothing_takes_away_what_one_is_writing(reader: Page, newsroom: Newsroom, comments: list[Comment]) -> None:
    section = read(reader, newsroom)
    section.get_by_role("link", name="Répondre").first.click()
    section.locator("[name=text]").fill(TEXT)
    section.get_by_role("link", name="Anciens").click()
    expect(section.locator("[name=text]")).to_have_value(TEXT)
    expect(section.locator("[name=text]")).to_be_focused()
    section.get_by_role("link", name="Répondre").first.click()
    expect(section.locator("[name=text]")).to_have_value(TEXT)
    # A report opens over it.
    section.get_by_role("link", name="Signaler").last.click()
    expect(reader.locator("dialog[open]")).to_be_visible()
    reader.keyboard.press("Escape")
    section.get_by_role("link", name="Annuler").click()
    expect(section.locator("form")).to_have_count(0)
    expect(section.get_by_role("link", name="Répondre").first).to_be_focused()


def test_one_likes_and_no_longer(reader: Page, newsroom: Newsroom, comments: list[Comment]) -> None:
    section = read(reader, newsroom)
    like = section.locator("[data-in-place=like]").first
    like.click()
    expect(like).to_have_attribute("aria-pressed", "true")
    expect(like.locator("b")).to_have_text("2")
    # The browser remembers; the page is the same for everyone.
    section = read(reader, newsroom)
    order(section, "Anciens")
    order(section, "Récents")
    like = section.locator("[data-in-place=like]").first
    expect(like).to_have_attribute("aria-pressed", "true")
    like.focus()
    reader.keyboard.press(" ")
    expect(like).to_have_attribute("aria-pressed", "false")
    expect(like.locator("b")).to_have_text("1")


def test_one_likes_and_reports_without_a_script(
    reader_without_javascript: Page, newsroom: Newsroom, comments: list[Comment]
) -> None:
    reader = reader_without_javascript
    reader.goto(newsroom.article.path_on_site)
    discussion(reader).get_by_role("link", name="J’aime").first.click()
    reader.get_by_role("button", name="J’aime").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Vous aimez ce commentaire")
    reader.get_by_role("link", name="Retour au commentaire").click()
    expect(reader.locator(f"#{comments[29].fragment}")).to_contain_text("J’aime 2")
    reader.locator(f"#{comments[29].fragment}").get_by_role("link", name="Signaler").click()
    reader.locator("[name=reason]").fill("Hors sujet")
    reader.get_by_role("button", name="Signaler").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Merci")
    with OneAtATime.turn:
        assert Reaction.objects.get(kind="report").reason == "Hors sujet"


def test_one_reports_in_a_dialog(reader: Page, newsroom: Newsroom, comments: list[Comment]) -> None:
    section = read(reader, newsroom)
    section.get_by_role("link", name="Signaler").first.click()
    dialog = reader.locator("dialog[open]")
    dialog.locator("[name=reason]").fill("Une insulte")
    dialog.get_by_role("button", name="Signaler").click()
    expect(dialog.get_by_role("heading", name="Merci")).to_be_visible()
    assert findings(reader) == []


def test_a_reader_with_an_account_writes_under_its_name(reader: Page, newsroom: Newsroom) -> None:
    with OneAtATime.turn:
        User.objects.filter(email=EDITOR).update(first_name="Aya", last_name="Kouamé")
    reader.goto("/compte/connexion/")
    sign_in(reader, EDITOR)
    reader.wait_for_url(lambda url: "connexion" not in url)
    section = read(reader, newsroom)
    section.get_by_role("link", name="Écrire un commentaire").click()
    expect(section.locator("form")).to_contain_text("Aya Kouamé")
    section.locator("[name=text]").fill(TEXT)
    send(section.locator("form"))
    expect(section.locator(".comment", has_text=TEXT)).to_contain_text("Rédaction")


def test_two_browsers_see_the_same_page(open_context: OpenContext, newsroom: Newsroom, comments: list[Comment]) -> None:
    one, other = open_context().new_page(), open_context().new_page()
    section = read(one, newsroom)
    section.locator("[data-in-place=like]").first.click()
    expect(section.locator("[data-in-place=like] b").first).to_have_text("2")
    pages = [page.context.request.get(newsroom.article.path_on_site).text() for page in (one, other)]
    assert pages[0] == pages[1]
    other_section = read(other, newsroom)
    order(other_section, "Anciens")
    order(other_section, "Récents")
    expect(other_section.locator("[data-in-place=like]").first).to_have_attribute("aria-pressed", "false")


def test_what_readers_write_runs_nothing(reader: Page, newsroom: Newsroom) -> None:
    dialogs: list[Dialog] = []
    reader.on("dialog", lambda dialog: (dialogs.append(dialog), dialog.dismiss()))
    with OneAtATime.turn:
        thread = CommentFactory(article=newsroom.article, text="Le fil.")
        Comment.objects.bulk_create(
            Comment(
                article=newsroom.article,
                thread=thread if place % 2 else None,
                parent=thread if place % 2 else None,
                name=string[:60],
                text=string.replace("\0", ""),
                status=Status.APPROVED,
            )
            for place, string in enumerate(string.replace("\0", "") for string in XSS_STRINGS)
        )
        recount(newsroom.article.pk)
    strange = """[...document.querySelectorAll(".comments *")].map((element) => element.localName).filter(
        (name) => !"a article b br div h1 h2 li nav ol p section span svg time use".split(" ").includes(name))"""
    section = read(reader, newsroom)
    assert reader.evaluate(strange) == []
    section.get_by_role("link", name="Lire tous les commentaires").click()
    for _page in range(5):
        more = section.get_by_role("link", name="Plus de commentaires")
        expect(reader.locator("[data-items] .comment:focus")).to_have_count(1)
        if more.count():
            more.click()
    assert reader.evaluate(strange) == []
    for comment in section.locator("#commentaires .comment > p").all()[:40]:
        comment.hover()
    reader.goto(f"/commentaires/{newsroom.article.pk}/fil/{thread.pk}/?page=2", wait_until="networkidle")
    assert reader.evaluate(strange) == []
    section.get_by_role("link", name="Répondre").last.click()
    fill(section.locator("form"), XSS_STRINGS[0], name="")
    send(section.locator("form"))
    expect(section.locator("[name=text]")).to_have_value(XSS_STRINGS[0])
    assert not dialogs


def test_axe_finds_nothing_in_a_discussion(reader: Page, newsroom: Newsroom, comments: list[Comment]) -> None:
    section = read(reader, newsroom)
    section.locator("[data-in-place=like]").first.click()
    expect(section.locator("[data-in-place=like]").first).to_have_attribute("aria-pressed", "true")
    section.get_by_role("link", name="Écrire un commentaire").click()
    send(section.locator("form"))
    expect(section.locator("[aria-invalid=true]").first).to_be_visible()
    section.get_by_role("link", name="Répondre").first.click()
    expect(section.locator("form")).to_have_count(2)
    assert findings_in_both_themes(reader) == {"light": [], "dark": []}


@pytest.mark.parametrize("form", ["ecrire/", "repondre/{}/", "aimer/{}/", "signaler/{}/"])
def test_axe_finds_nothing_on_the_forms_own_pages(
    reader: Page, newsroom: Newsroom, comments: list[Comment], form: str
) -> None:
    reader.goto(f"/commentaires/{newsroom.article.pk}/{form.format(comments[0].pk)}", wait_until="networkidle")
    assert findings_in_both_themes(reader) == {"light": [], "dark": []}
