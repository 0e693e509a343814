"""When the demo's articles came out."""

from datetime import timedelta

from django.utils import timezone

from aminata24.demo import content
from aminata24.demo.schedule import SPAN, publication_times

NOW = timezone.now()
TICKER = [line["article"] for line in content.ticker_lines() if "article" in line]
TIMES = publication_times(content.articles(), TICKER, NOW)


def test_times_are_the_same_for_the_same_moment() -> None:
    assert publication_times(content.articles(), TICKER, NOW) == TIMES


def test_the_newest_is_minutes_old_and_the_oldest_a_month() -> None:
    ages = sorted(NOW - time for time in TIMES.values())
    assert timedelta(0) < ages[0] < timedelta(minutes=10)
    assert SPAN - timedelta(days=1) < ages[-1] < SPAN + timedelta(days=2)


def test_what_the_ticker_says_is_newest() -> None:
    newest = sorted(TIMES, key=lambda slug: TIMES[slug], reverse=True)
    assert set(newest[: len(TICKER)]) == set(TICKER)


def test_no_section_keeps_the_list_to_itself() -> None:
    sections = {article["slug"]: article["section"].partition("/")[0] for article in content.articles()}
    newest = sorted(TIMES, key=lambda slug: TIMES[slug], reverse=True)
    assert len({sections[slug] for slug in newest[:15]}) == 4
