"""Mail: a text, and the HTML that is made from it."""

import pytest
from django.core import mail

from aminata24.theme.mail import Paragraph, paragraphs, queue_mail

pytestmark = pytest.mark.django_db

TEXT = """
Bonjour,

deux lignes
d’un <b>paragraphe</b>.

Confirmer :
https://aminata24.example/?a=1&b=2


1234-5678
"""


def test_a_text_is_cut_into_paragraphs_links_and_codes() -> None:
    assert list(paragraphs(TEXT)) == [
        Paragraph(["Bonjour,"]),
        Paragraph(["deux lignes", "d’un <b>paragraphe</b>."]),
        Paragraph(["Confirmer"], link="https://aminata24.example/?a=1&b=2"),
        Paragraph(["1234-5678"]),
    ]
    assert [paragraph.is_code for paragraph in paragraphs(TEXT)] == [False, False, False, True]


@pytest.mark.usefixtures("home_page")
def test_the_html_says_what_the_text_says_and_nothing_of_it_is_markup() -> None:
    queue_mail("Un\nsujet ", TEXT, "awa@example.com")
    message = mail.outbox[0]
    assert message.subject == "[Aminata24] Un sujet"
    assert message.to == ["awa@example.com"]
    html = message.alternatives[0].content
    assert "deux lignes<br>d’un &lt;b&gt;paragraphe&lt;/b&gt;." in html
    assert 'href="https://aminata24.example/?a=1&amp;b=2">Confirmer</a>' in html
    assert '<p class="code">1234-5678</p>' in html
    assert "color-scheme: light dark" in html
