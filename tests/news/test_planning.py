"""The calendar « Planning » and « À publier » on the admin's home page."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Workflow

from aminata24.delivery.models import Heartbeat
from aminata24.readers.models import User
from news.planning.calendar import PUBLISHED_SHOWN, Calendar, View
from news.planning.entries import Status, entries
from tests.clock import clock_at
from tests.factories import ArticleFactory, BreakingNewsFactory, InformationPageFactory, SectionFactory, schedule

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NOON = datetime(2026, 10, 14, 12, tzinfo=timezone.get_default_timezone())


@pytest.fixture(autouse=True)
def clock():
    """A Wednesday at noon."""
    with clock_at(NOON) as clock:
        yield clock


@pytest.fixture
def chief(sign_in):
    return sign_in("Editors-in-chief")


def statuses(user, **options):
    """{title: status} of a month around today."""
    found = entries(NOON - 30 * DAY, NOON + 30 * DAY, user, **options)
    return {entry.title: entry.status for entry in found}


def calendar_page(client, **parameters):
    response = client.get("/admin/planning/", parameters)
    assert response.status_code == 200
    return response.content.decode()


def home_panel(client):
    page = client.get("/admin/").content.decode()
    found = re.search(r'<section[^>]*id="to-publish-section".*?</section>', page, re.DOTALL)
    return found[0] if found else ""


# --- What stands in it --------------------------------------------------------


def test_a_page_stands_at_its_time_with_what_happens_to_it(chief, section):
    ArticleFactory(parent=section, title="Paru", published_at=NOON - DAY)
    schedule(ArticleFactory(parent=section, title="Planifié", live=False), NOON + DAY)
    schedule(ArticleFactory(parent=section, title="En retard", live=False), NOON - 2 * timedelta(minutes=1))
    draft = ArticleFactory(parent=section, title="Brouillon", live=False)
    draft.go_live_at = NOON + DAY
    draft.save_revision()
    review = ArticleFactory(parent=section, title="En relecture", live=False)
    review.go_live_at = NOON + DAY
    review.save_revision()
    Workflow.objects.get(name="Relecture").start(review, user=chief)
    expiring = ArticleFactory(parent=section, title="Expire", published_at=NOON - 90 * DAY)
    expiring.expire_at = NOON + DAY
    expiring.save_revision().publish()
    expired = ArticleFactory(parent=section, title="Expiré", slug="fini", published_at=NOON - 90 * DAY)
    expired.expire_at = NOON - DAY
    expired.save_revision().publish()
    expired.unpublish(set_expired=True)
    ArticleFactory(parent=section, title="Brouillon sans date", live=False)
    ArticleFactory(parent=section, title="Ancien", published_at=NOON - 400 * DAY)

    assert statuses(chief) == {
        "Paru": Status.PUBLISHED,
        "Planifié": Status.SCHEDULED,
        "En retard": Status.LATE,
        "Brouillon": Status.DRAFT,
        "En relecture": Status.IN_REVIEW,
        "Expire": Status.EXPIRES,
        "Expiré": Status.EXPIRED,
    }


def test_a_page_that_was_published_on_time_and_then_edited_or_withdrawn_is_no_draft_of_that_time(chief, section, clock):
    edited, withdrawn = (
        schedule(ArticleFactory(parent=section, title=title, live=False), NOON) for title in ("Retouché", "Retiré")
    )
    for article in (edited, withdrawn):
        article.get_latest_revision().publish()
        article.refresh_from_db()
    clock.turn(hours=1)
    edited.standfirst = "Retouché."
    edited.save_revision()
    withdrawn.unpublish()
    assert statuses(chief) == {"Retouché": Status.PUBLISHED}


def test_a_planned_version_stands_there_under_its_new_title(chief, section):
    article = ArticleFactory(parent=section, title="Avant", published_at=NOON - DAY)
    article.save_revision().publish()
    article.refresh_from_db()
    article.title = "Après"
    schedule(article, NOON + DAY)
    assert statuses(chief) == {"Avant": Status.PUBLISHED, "Après": Status.SCHEDULED}


def test_the_calendar_of_a_section_holds_what_lies_in_it_or_below(chief, home_page, section):
    below, other = SectionFactory(parent=section), SectionFactory(parent=home_page)
    for parent, title in ((section, "Ici"), (below, "Dessous"), (other, "Ailleurs")):
        ArticleFactory(parent=parent, title=title, published_at=NOON - HOUR)
    InformationPageFactory(parent=home_page, title="À propos")
    assert statuses(chief, section=section).keys() == {"Ici", "Dessous"}
    assert statuses(chief).keys() == {"Ici", "Dessous", "Ailleurs"}


def test_an_entry_has_the_colour_of_its_section(client, chief, home_page):
    section = SectionFactory(parent=home_page, title="Société", accent="teal")
    ArticleFactory(parent=section, title="Le bac", published_at=NOON - HOUR)
    page = calendar_page(client)
    assert 'data-accent="teal"' in page
    assert "Société" in page


def test_the_accents_of_the_calendar_are_those_of_the_readers():
    def accents(path):
        return re.findall(r'\[data-accent="\w+"\] \{.*\}', Path(settings.ROOT, path).read_text())

    assert accents("news/static/news/planning.css") == accents("site/static/css/tokens.css")


# --- How it is paged ----------------------------------------------------------


def test_a_month_is_shown_in_whole_weeks():
    calendar = Calendar(View.MONTH, date(2026, 10, 14))
    assert (calendar.first, calendar.last) == (date(2026, 9, 28), date(2026, 11, 1))
    assert (calendar.previous.month, calendar.next.month) == (9, 11)


def test_a_week_is_shown_from_monday_to_sunday():
    calendar = Calendar(View.WEEK, date(2026, 10, 14))
    assert (calendar.first, calendar.last) == (date(2026, 10, 12), date(2026, 10, 18))
    assert (calendar.previous, calendar.next) == (date(2026, 10, 5), date(2026, 10, 19))


def test_a_busy_day_of_the_month_leads_to_its_week_and_hides_nothing_that_is_planned(client, chief, section):
    for number in range(PUBLISHED_SHOWN + 3):
        ArticleFactory(parent=section, title=f"Paru {number}", published_at=NOON - timedelta(minutes=number + 1))
    for number in range(6):
        schedule(ArticleFactory(parent=section, title=f"Prévu {number}", live=False), NOON + HOUR)

    month = calendar_page(client)
    assert month.count("Paru ") == PUBLISHED_SHOWN
    assert month.count("Prévu ") == 6
    assert "3 autres" in month
    week = re.search(r'href="(\?view=week[^"]*)"[^>]*>3 autres', month)[1].replace("&amp;", "&")
    assert client.get(f"/admin/planning/{week}").content.decode().count("Paru ") == PUBLISHED_SHOWN + 3


def test_the_filter_stays_while_one_turns_the_pages(client, chief, section):
    page = calendar_page(client, view="week", date="2026-10-14", section=section.pk)
    for day in ("2026-10-05", "2026-10-19"):
        assert f"?view=week&amp;date={day}&amp;section={section.pk}" in page
    assert f'<option value="{section.pk}" selected>' in page


@pytest.mark.parametrize(
    "parameters",
    [
        {"date": "hier"},
        {"date": "0001-01-01"},
        {"date": "9999-12-31"},
        {"view": "siècle"},
        {"section": "999999"},
        {"section": "' OR 1=1"},
    ],
)
def test_what_makes_no_sense_gets_a_message_and_this_month(client, chief, parameters):
    page = calendar_page(client, **parameters)
    assert 'role="alert"' in page
    assert "octobre 2026" in page


def test_the_number_of_queries_does_not_grow(client, chief, section):
    def queries(**parameters):
        calendar_page(client, **parameters)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            calendar_page(client, **parameters)
        return len(captured)

    ArticleFactory(parent=section, published_at=NOON - HOUR)
    before = queries()
    for number in range(5):
        ArticleFactory(parent=section, published_at=NOON - number * DAY)
        schedule(ArticleFactory(parent=SectionFactory(parent=section), live=False), NOON + number * DAY)
    assert queries() == before
    assert before <= 25


# --- Who sees it --------------------------------------------------------------


@pytest.mark.parametrize(
    ("group", "sees"),
    [
        ("Reporters", True),
        ("Editors", True),
        ("Editors-in-chief", True),
        ("Moderators", False),
        ("Sales", False),
    ],
)
def test_those_who_have_to_do_with_pages_see_the_planning(client, sign_in, home_page, group, sees):
    sign_in(group)
    menu = client.get("/admin/").content.decode()
    assert ("/admin/planning/" in menu) == sees
    assert bool(home_panel(client)) == sees
    assert client.get("/admin/planning/").status_code == (200 if sees else 302)


def test_a_reporter_sees_everything_and_gets_to_the_editor_of_their_own(client, sign_in, section):
    reporter = sign_in("Reporters")
    own = ArticleFactory(parent=section, title="La mienne", live=False, owner=reporter)
    others = ArticleFactory(parent=section, title="Une autre", live=False, owner=User.objects.create_user("a@b.ci"))
    live = ArticleFactory(parent=section, title="Parue", slug="parue", published_at=NOON - HOUR)
    for article in (own, others):
        schedule(article, NOON + DAY)

    page = calendar_page(client)
    assert f"/admin/pages/{own.pk}/edit/" in page
    assert "Une autre" in page
    assert f"/admin/pages/{others.pk}/edit/" not in page
    assert 'href="/afrique/parue/"' in page
    assert f"/admin/pages/{live.pk}/edit/" not in page


# --- « À publier » --------------------------------------------------------------


def beat(age=timedelta()):
    Heartbeat.objects.create(worker="worker-1", process="here:1", started_at=NOON - age, beat_at=NOON - age)


def test_the_home_page_shows_what_goes_live_next(client, chief, section):
    beat()
    article = schedule(ArticleFactory(parent=section, title="Demain matin", live=False), NOON + DAY)
    line = schedule(BreakingNewsFactory(text="URGENT tantôt", live=False), NOON + HOUR)
    by_the_clock = BreakingNewsFactory(text="Ce soir", shown_from=NOON + 6 * HOUR)
    BreakingNewsFactory(text="Déjà là")

    panel = home_panel(client)
    places = [panel.index(text) for text in ("URGENT tantôt", "Ce soir", "Demain matin")]
    assert places == sorted(places)
    assert "Déjà là" not in panel
    assert f"/admin/pages/{article.pk}/edit/" in panel
    for key in (line.pk, by_the_clock.pk):
        assert f"/admin/snippets/news/breakingnews/edit/{key}/" in panel
    assert "planning-entry--late" not in panel
    assert "help-critical" not in panel


def test_what_should_be_live_or_gone_is_marked_late(client, chief, section, clock):
    beat()
    schedule(ArticleFactory(parent=section, title="Attendu", live=False), NOON)
    article = ArticleFactory(parent=section, title="Périmé", published_at=NOON - DAY)
    article.expire_at = NOON + timedelta(seconds=10)
    article.save_revision().publish()
    clock.turn(seconds=30)
    assert "planning-entry--late" not in home_panel(client)
    clock.turn(seconds=60)
    assert home_panel(client).count("planning-entry--late") == 2


def test_the_home_page_warns_where_no_worker_runs(client, chief):
    assert "n’a jamais tourné" in home_panel(client)
    beat(age=5 * HOUR)
    assert "depuis le 14 octobre, 07:00" in home_panel(client)
    Heartbeat.objects.update(beat_at=NOON - timedelta(seconds=30))
    assert "help-critical" not in home_panel(client)


def test_a_reporter_s_home_page_shows_no_line_of_the_ticker(client, sign_in, home_page):
    sign_in("Reporters")
    schedule(BreakingNewsFactory(text="URGENT tantôt", live=False), NOON + HOUR)
    assert "URGENT" not in home_panel(client)
    assert "Rien n’est planifié." in home_panel(client)
