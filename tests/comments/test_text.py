"""What is kept of a text, and how it is shown."""

import unicodedata

import pytest

from aminata24.comments.text import as_html, clean_text, clip, fingerprint, fold, one_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Bonjour\r\n\r\n\r\n\r\nAwa  \r\n", "Bonjour\n\nAwa"),
        ("a\u2028b\x0bc\x85d", "a\nb\nc\nd"),
        ("nul\x00 et sonnerie\x07", "nul et sonnerie"),
        ("\u202egpj.exe\u202c \u2066x\u2069", "gpj.exe x"),
        ("in\u200bvi\ufeffsi\u00adble", "invisible"),
        ("\u3164\u2800 \u200d", ""),
        ("\ue000\U000e0041texte", "texte"),
        ("tabu\tlation", "tabu lation"),
        ("Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324algo", "Z\u0351\u036balgo"),
    ],
)
def test_what_cannot_be_seen_or_climbs_over_other_lines_is_left_out(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


@pytest.mark.parametrize("text", ["Né·e à Abɔbɔ, où ? — « Là-bas »", "ọ̀rọ̀", "👩🏽‍🚒 🏳️‍🌈 ❤️‍🔥 🇨🇮 1️⃣", "العربية", "𝒜wa"])
def test_what_people_write_is_kept(text: str) -> None:
    assert clean_text(text) == clean_text(clean_text(text))
    assert clean_text(text) == unicodedata.normalize("NFC", text)


def test_a_name_is_one_line() -> None:
    assert one_line(" Awa\n\n  Koné\t") == "Awa Koné"


def test_text_becomes_paragraphs_and_lines() -> None:
    assert as_html("Un\ndeux\n\ntrois") == "<p>Un<br>deux</p>\n\n<p>trois</p>"


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://example.com/a?b=1&c=2", "https://example.com/a?b=1&amp;c=2"),
        ("(voir http://example.com).", "http://example.com"),
        ("« https://example.com/é »", "https://example.com/%C3%A9"),
        ("HTTPS://EXAMPLE.COM", "https://EXAMPLE.COM"),
    ],
)
def test_addresses_become_links_that_search_engines_do_not_follow(text: str, link: str) -> None:
    assert f'<a href="{link}" rel="ugc nofollow noopener">' in as_html(text)


@pytest.mark.parametrize(
    "text",
    ["javascript:alert(1)", "www.example.com", "example.com", "awa@example.com", "data:text/html,x", "ftp://a.b"],
)
def test_nothing_else_becomes_a_link(text: str) -> None:
    assert "<a" not in as_html(text)


def test_markup_stays_text() -> None:
    assert as_html('<b>gras</b> & "cité"') == "<p>&lt;b&gt;gras&lt;/b&gt; &amp; &quot;cité&quot;</p>"


@pytest.mark.parametrize(
    ("text", "clipped"),
    [
        ("court", "court"),
        ("un deux trois quatre", "un deux …"),
        ("un\ndeux\ntrois\nquatre", "un\ndeux …"),
        ("anticonstitutionnellement", "anticonstitu …"),
        ("https://example.com/long", "…"),
        ("voir https://example.com/long", "voir …"),
    ],
)
def test_a_long_text_is_cut_between_words_and_never_within_an_address(text: str, clipped: str) -> None:
    assert clip(text, 12, 2).strip() == clipped


def test_the_same_words_leave_the_same_fingerprint() -> None:
    assert fingerprint("Achetez  MAINTENANT !!!") == fingerprint("achetez, maintenant")
    assert fingerprint("Achetez") != fingerprint("Vendez")
    assert fingerprint("!!!") != fingerprint("???")


def test_disguises_are_seen_through() -> None:
    assert fold("Rédаctіοn") == "redaction"
    assert fold("ＲＥＤＡＣＴＩＯＮ") == "redaction"
