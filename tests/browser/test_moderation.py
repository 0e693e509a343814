"""A moderator with a phone."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from aminata24.comments.models import Ban, Comment, Reaction, Status
from aminata24.readers.models import User
from tests.browser.conftest import DESKTOP, PHONE, OpenContext, sign_in_before
from tests.browser.test_accessibility import RULES
from tests.factories import CommentFactory
from tests.newsroom import Newsroom

QUEUE = "/admin/comments/comment/"
BANS = "/admin/comments/ban/"
NAMES = ("Awa", "Koffi", "Moussa", "Fatou", "Ibrahim")


@pytest.fixture
def waiting(newsroom: Newsroom) -> list[Comment]:
    """Five comments that wait, one of them reported, one an answer."""
    now = timezone.now()
    above = CommentFactory(article=newsroom.article, name="Adjoua")
    comments = [
        CommentFactory(
            article=newsroom.article,
            name=name,
            email=f"{name.lower()}@example.com",
            status=Status.PENDING,
            held_because="Premier commentaire",
            created_at=now - timedelta(minutes=60 - number),
            parent=above if number == 1 else None,
            report_count=1 if number == 2 else 0,
        )
        for number, name in enumerate(NAMES)
    ]
    Reaction.objects.create(comment=comments[2], kind="report", person="visitor:1", reason="Insultant")
    return comments


@pytest.fixture
def moderator(open_context: OpenContext, newsroom: Newsroom, address: str) -> Page:
    """A moderator's phone, signed in."""
    user = User.objects.create_user("mariam@aminata24.example", first_name="Mariam")
    user.groups.add(Group.objects.get(name="Moderators"))
    context = open_context()
    sign_in_before(context, user, address)
    return context.new_page()


def findings(page: Page) -> list[str]:
    """What axe objects to on the desk; the frame around it is Wagtail's."""
    violations = Axe().run(page, context=".desk", options=RULES).response["violations"]
    return [f"{violation['id']}: {node['html']}" for violation in violations for node in violation["nodes"]]


def row(page: Page, name: str) -> Locator:
    """The row of somebody's comment."""
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=name, exact=True))


def test_a_moderator_clears_the_queue_on_a_phone(moderator: Page, waiting: list[Comment]) -> None:
    page = moderator
    page.goto("/admin/")
    page.get_by_role("link", name="5 commentaires en attente").click()
    names = page.locator(".remark__name")
    expect(names).to_have_text(list(NAMES))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

    row(page, "Awa").get_by_role("button", name="Publier").click()
    expect(page.get_by_text("Commentaire publié.")).to_be_visible()
    expect(names).to_have_text(list(NAMES[1:]))
    # The eye, and the keyboard, go on with the next one.
    assert page.evaluate("document.querySelector(':target h2').textContent") == "Koffi"

    bulk = page.get_by_role("group", name="Avec ceux qui sont cochés")
    expect(bulk).to_be_hidden()
    page.get_by_label("Cocher le commentaire de Koffi").check()
    page.get_by_label("Cocher le commentaire de Moussa").check()
    expect(bulk).to_be_visible()
    bulk.get_by_role("button", name="Indésirable").click()
    expect(page.get_by_text("2 commentaires classés indésirables.")).to_be_visible()
    expect(names).to_have_text(list(NAMES[3:]))

    row(page, "Fatou").get_by_role("button", name="Bannir").click()
    expect(page.get_by_text("Fatou est désormais banni(e). Le commentaire en attente est rejeté.")).to_be_visible()
    expect(names).to_have_text(["Ibrahim"])
    page.get_by_role("button", name="Annuler").click()
    expect(page.get_by_text("C’est annulé.")).to_be_visible()
    expect(names).to_have_text(["Fatou", "Ibrahim"])

    assert not Ban.objects.exists()
    assert {one.name: one.status for one in Comment.objects.filter(pk__in=[one.pk for one in waiting])} == {
        "Awa": "approved",
        "Koffi": "spam",
        "Moussa": "spam",
        "Fatou": "pending",
        "Ibrahim": "pending",
    }


def test_the_enter_key_decides_nothing(moderator: Page, waiting: list[Comment]) -> None:
    moderator.goto(QUEUE)
    moderator.get_by_label("Cocher le commentaire de Awa").check()
    with moderator.expect_navigation():
        moderator.get_by_label("Cocher le commentaire de Awa").press("Enter")
    moderator.goto(f"{QUEUE}inspect/{waiting[0].pk}/")
    with moderator.expect_navigation():
        moderator.get_by_label("Rejeter ce que").press("Enter")
    moderator.get_by_label("Motif").press("Enter")
    assert [one.status for one in Comment.objects.filter(pk__in=[one.pk for one in waiting])] == ["pending"] * 5


def test_one_tick_ticks_the_whole_page(moderator: Page, waiting: list[Comment]) -> None:
    moderator.goto(QUEUE, wait_until="networkidle")
    moderator.get_by_label("Tous ceux de cette page").check()
    group = moderator.get_by_role("group", name="Avec ceux qui sont cochés")
    group.get_by_role("button", name="Publier").click()
    expect(moderator.get_by_text("5 commentaires publiés.")).to_be_visible()
    expect(moderator.get_by_text("Rien n’est en attente.")).to_be_visible()


def test_the_queue_works_without_javascript(open_context: OpenContext, moderator: Page, waiting: list[Comment]) -> None:
    context = open_context(java_script_enabled=False)
    context.add_cookies(moderator.context.cookies())  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(QUEUE)
    row(page, "Awa").get_by_role("button", name="Rejeter").click()
    expect(page.locator(".remark__name")).to_have_text(list(NAMES[1:]))
    page.get_by_role("button", name="Annuler").click()
    expect(page.locator(".remark__name")).to_have_text(list(NAMES))


def test_the_newsroom_answers(moderator: Page, waiting: list[Comment]) -> None:
    page = moderator
    page.goto(QUEUE)
    row(page, "Koffi").get_by_role("link", name="Répondre").click()
    page.get_by_label("Votre réponse").fill("Nous vérifions.")
    page.get_by_role("button", name="Publier le commentaire et la réponse").click()
    expect(page.get_by_text("Votre réponse est publiée.")).to_be_visible()
    expect(page.get_by_role("heading", name="Mariam", exact=True)).to_be_visible()


def test_axe_finds_nothing_on_the_desk(moderator: Page, waiting: list[Comment]) -> None:
    Ban.objects.create(email="troll@example.com", reason="Insultes")
    found = {}
    for theme, size in (("light", PHONE), ("dark", DESKTOP)):
        moderator.emulate_media(color_scheme=theme)
        moderator.set_viewport_size(size)
        for screen in (QUEUE, f"{QUEUE}?status=all&by=visitor", f"{QUEUE}inspect/{waiting[1].pk}/", BANS):
            moderator.goto(screen, wait_until="networkidle")
            found[theme, screen] = findings(moderator)
    assert {screen: problems for screen, problems in found.items() if problems} == {}
