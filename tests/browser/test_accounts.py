"""A reader's account in a real browser: the mail's link, the dialog, the page without scripts, passkeys."""

import re

import pytest
from django.core import mail
from django.utils.translation import gettext as _
from playwright.sync_api import Locator, Page, expect

from aminata24.readers.models import User
from tests.browser.conftest import EDITOR, PASSWORD, OneAtATime, OpenContext, sign_in
from tests.browser.test_accessibility import findings, findings_in_both_themes
from tests.newsroom import Newsroom

ADDRESS = "awa@example.com"


@pytest.fixture
def account(newsroom: Newsroom) -> User:
    """Somebody with an account."""
    with OneAtATime.turn:
        return User.objects.create_user(ADDRESS, PASSWORD, first_name="Awa")


def account_link(page: Page) -> Locator:
    """The link of the header."""
    return page.locator("[data-account]")


def dialog(page: Page) -> Locator:
    """Where forms open."""
    return page.locator("[data-form-dialog]")


def open_dialog(page: Page, newsroom: Newsroom) -> Locator:
    """Open the log-in over an article."""
    page.goto(newsroom.article.path_on_site, wait_until="networkidle")
    account_link(page).click()
    expect(dialog(page).get_by_role("heading", name=_("Welcome back!"))).to_be_visible()
    return dialog(page)


def link_in_mail(address: str) -> str:
    """The first link of the last mail."""
    return re.search(rf"{re.escape(address)}/\S+", str(mail.outbox[-1].body))[0]


def test_one_signs_up_with_the_mails_link_and_is_back_at_the_article(
    reader: Page, newsroom: Newsroom, address: str
) -> None:
    opened = open_dialog(reader, newsroom)
    opened.get_by_role("link", name=_("Create one")).click()
    expect(opened.get_by_role("heading", name=_("Create an account"))).to_be_visible()
    opened.locator("[name=name]").fill("Awa Koné")
    opened.locator("[name=email]").fill(ADDRESS)
    opened.locator("[name=password1]").fill("short")
    opened.get_by_role("button", name=_("Create my account")).click()
    expect(opened.locator("[name=password1]")).to_have_attribute("aria-invalid", "true")
    expect(opened.locator("[name=password1]")).to_be_focused()
    expect(opened.locator("[name=name]")).to_have_value("Awa Koné")
    opened.locator("[name=password1]").fill(PASSWORD)
    opened.get_by_role("button", name=_("Create my account")).click()
    expect(opened.get_by_role("heading", name=_("Look into your mailbox"))).to_be_visible()

    reader.goto(link_in_mail(address))
    reader.get_by_role("button", name=_("Yes, confirm")).click()
    reader.wait_for_url(f"**{newsroom.article.path_on_site}")
    expect(account_link(reader)).to_have_accessible_name(f"{_('My account')} (Awa Koné)")


def test_one_signs_in_over_the_article_and_stays_there(reader: Page, newsroom: Newsroom, account: User) -> None:
    opened = open_dialog(reader, newsroom)
    expect(opened.locator("[name=login]")).to_be_focused()
    sign_in(reader, ADDRESS, "wrong-password")
    expect(opened.get_by_text(_("The address or the password is wrong."))).to_be_visible()
    expect(opened.locator("[name=login]")).to_have_value(ADDRESS)
    sign_in(reader, ADDRESS)
    expect(account_link(reader).locator("span")).to_have_text("Awa")
    expect(dialog(reader)).to_be_hidden()
    expect(reader).to_have_url(re.compile(f"{newsroom.article.path_on_site}$"))

    # Signed in, the same link leads to the account.
    account_link(reader).click()
    reader.wait_for_url("**/compte/")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Awa")
    reader.get_by_role("button", name=_("Sign out")).click()
    reader.wait_for_url("**/")
    expect(account_link(reader).locator("span")).to_have_text(_("Sign in"))


def test_a_password_can_be_looked_at_while_it_is_typed(reader: Page, newsroom: Newsroom) -> None:
    opened = open_dialog(reader, newsroom)
    password = opened.locator("[name=password]")
    password.fill("lagune")
    button = opened.get_by_role("button", name=_("Show"))
    button.click()
    expect(password).to_have_attribute("type", "text")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(password).to_have_attribute("type", "password")


def test_a_line_that_is_down_loses_nothing(reader: Page, newsroom: Newsroom, account: User) -> None:
    opened = open_dialog(reader, newsroom)
    reader.context.set_offline(True)
    sign_in(reader, ADDRESS)
    expect(opened.locator("form:not([method=dialog]) [data-form-status]").first).to_be_visible()
    expect(opened.locator("[name=password]")).to_have_value(PASSWORD)
    reader.context.set_offline(False)
    opened.locator(".form").get_by_role("button", name=_("Sign in")).click()
    expect(account_link(reader).locator("span")).to_have_text("Awa")


def test_a_lost_password_is_replaced_by_mail(reader: Page, newsroom: Newsroom, account: User, address: str) -> None:
    opened = open_dialog(reader, newsroom)
    opened.get_by_role("link", name=_("Forgotten your password?")).click()
    opened.locator("[name=email]").fill(ADDRESS)
    opened.get_by_role("button", name=_("Send the link")).click()
    expect(opened.get_by_role("heading", name=_("Look into your mailbox"))).to_be_visible()
    reader.goto(link_in_mail(address))
    reader.locator("[name=password1]").fill("lagune-aby-2027")
    reader.get_by_role("button", name=_("Keep this password")).click()
    reader.wait_for_url(f"**{newsroom.article.path_on_site}")
    expect(account_link(reader).locator("span")).to_have_text("Awa")


def test_one_signs_in_with_a_code_by_mail(reader: Page, newsroom: Newsroom, account: User) -> None:
    opened = open_dialog(reader, newsroom)
    opened.get_by_role("link", name=_("With a code by mail")).click()
    opened.locator("[name=email]").fill(ADDRESS)
    opened.get_by_role("button", name=_("Send the code")).click()
    expect(opened.get_by_role("heading", name=_("Type the code"))).to_be_visible()
    opened.locator("[name=code]").fill(re.search(r"^\d{4}-\d{4}$", str(mail.outbox[-1].body), re.MULTILINE)[0])
    opened.get_by_role("button", name=_("Sign in"), exact=True).click()
    expect(account_link(reader).locator("span")).to_have_text("Awa")
    expect(reader).to_have_url(re.compile(f"{newsroom.article.path_on_site}$"))


def test_it_all_works_without_javascript(reader_without_javascript: Page, newsroom: Newsroom, address: str) -> None:
    reader = reader_without_javascript
    reader.goto(newsroom.article.path_on_site)
    account_link(reader).click()
    reader.get_by_role("link", name=_("Create one")).click()
    reader.locator("[name=name]").fill("Awa")
    reader.locator("[name=email]").fill(ADDRESS)
    reader.locator("[name=password1]").fill(PASSWORD)
    reader.get_by_role("button", name=_("Create my account")).click()
    reader.goto(link_in_mail(address))
    reader.get_by_role("button", name=_("Yes, confirm")).click()
    expect(reader).to_have_url(re.compile(f"{newsroom.article.path_on_site}$"))

    account_link(reader).click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Awa")
    reader.get_by_role("button", name=_("Sign out")).click()
    reader.goto(newsroom.article.path_on_site)
    account_link(reader).click()
    for dead in ("[data-passkey]", "[data-reveal]"):
        expect(reader.locator(dead)).to_be_hidden()
    sign_in(reader, ADDRESS, "wrong-password")
    expect(reader.locator("[name=login]")).to_have_value(ADDRESS)
    sign_in(reader, ADDRESS)
    expect(reader).to_have_url(re.compile(f"{newsroom.article.path_on_site}$"))


@pytest.fixture
def device(reader: Page) -> Page:
    """A phone that makes passkeys and knows its owner."""
    session = reader.context.new_cdp_session(reader)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return reader


def test_a_passkey_is_added_and_signs_in_without_a_password(device: Page, newsroom: Newsroom, account: User) -> None:
    open_dialog(device, newsroom)
    sign_in(device, ADDRESS)
    expect(account_link(device).locator("span")).to_have_text("Awa")
    device.goto("/compte/securite/")
    device.get_by_role("link", name=_("Add a passkey")).click()
    device.locator("[name=password]").fill(PASSWORD)
    device.get_by_role("button", name=_("Continue")).click()
    device.locator("[name=name]").fill("Mon téléphone")
    device.get_by_role("button", name=_("Add a passkey")).click()
    device.wait_for_url("**/compte/securite/codes/")
    device.goto("/compte/securite/cles/")
    expect(device.get_by_text("Mon téléphone")).to_be_visible()
    device.goto("/compte/deconnexion/")
    device.get_by_role("button", name=_("Sign out")).click()
    device.wait_for_url("**/")

    opened = open_dialog(device, newsroom)
    opened.get_by_role("button", name=_("With a passkey")).click()
    expect(account_link(device).locator("span")).to_have_text("Awa")
    expect(device).to_have_url(re.compile(f"{newsroom.article.path_on_site}$"))

    # Signed in with it, one is asked for nothing more; with the password, for the passkey.
    device.goto("/compte/deconnexion/")
    device.get_by_role("button", name=_("Sign out")).click()
    device.wait_for_url("**/")
    opened = open_dialog(device, newsroom)
    sign_in(device, ADDRESS)
    expect(opened.get_by_role("heading", name=_("One more step"))).to_be_visible()
    opened.get_by_role("button", name=_("With a passkey")).click()
    expect(account_link(device).locator("span")).to_have_text("Awa")
    expect(device).to_have_url(re.compile(f"{newsroom.article.path_on_site}$"))


def test_a_device_without_a_passkey_says_so(device: Page, newsroom: Newsroom, account: User) -> None:
    opened = open_dialog(device, newsroom)
    opened.get_by_role("button", name=_("With a passkey")).click()
    expect(opened.locator("[data-passkey-failed]")).to_be_visible()


def test_staff_come_through_the_same_door(reader: Page, newsroom: Newsroom) -> None:
    open_dialog(reader, newsroom)
    sign_in(reader, EDITOR)
    edit = reader.get_by_role("link", name=_("Edit this page"))
    expect(edit).to_have_attribute("href", f"/admin/pages/{newsroom.article.pk}/edit/")
    reader.goto(f"/admin/pages/{newsroom.article.pk}/edit/")
    expect(reader).to_have_title(re.compile(newsroom.article.title))


def test_two_browsers_never_see_each_others_state(open_context: OpenContext, newsroom: Newsroom, account: User) -> None:
    one, other = open_context().new_page(), open_context().new_page()
    open_dialog(one, newsroom)
    sign_in(one, ADDRESS)
    expect(account_link(one).locator("span")).to_have_text("Awa")
    other.goto(newsroom.article.path_on_site, wait_until="networkidle")
    expect(account_link(other).locator("span")).to_have_text(_("Sign in"))


def test_axe_finds_nothing_in_the_dialog(reader: Page, newsroom: Newsroom) -> None:
    opened = open_dialog(reader, newsroom)
    assert findings(reader) == []
    sign_in(reader, ADDRESS, "wrong-password")
    expect(opened.get_by_text(_("The address or the password is wrong."))).to_be_visible()
    assert findings_in_both_themes(reader) == {"light": [], "dark": []}
    opened.get_by_role("link", name=_("Create one")).click()
    expect(opened.get_by_role("heading", name=_("Create an account"))).to_be_visible()
    assert findings(reader) == []


def test_axe_finds_nothing_on_the_pages_of_the_account(reader: Page, newsroom: Newsroom, account: User) -> None:
    found = {}
    for page in ("connexion", "connexion/code", "inscription", "mot-de-passe/oublie", "ferme", "supprime"):
        reader.goto(f"/compte/{page}/")
        found[page] = findings_in_both_themes(reader)
    reader.goto("/compte/")
    sign_in(reader, ADDRESS)
    reader.goto("/compte/confirmer/?next=/compte/")
    found["confirmer"] = findings(reader)
    reader.locator("[name=password]").fill(PASSWORD)
    reader.get_by_role("button", name=_("Continue")).click()
    reader.wait_for_url("**/compte/")
    for page in (
        "",
        "nom/",
        "adresse/",
        "mot-de-passe/",
        "securite/",
        "securite/application/",
        "securite/cles/",
        "securite/cles/ajouter/",
        "appareils/",
        "autres-comptes/",
        "donnees/",
        "supprimer/",
        "deconnexion/",
    ):
        reader.goto(f"/compte/{page}", wait_until="networkidle")
        found[page] = findings_in_both_themes(reader)
    assert {page: finding for page, finding in found.items() if finding not in ([], {"light": [], "dark": []})} == {}
