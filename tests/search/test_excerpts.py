"""The excerpt under a result."""

from search.excerpts import EXCERPT_LENGTH, excerpt
from search.words import hits_pattern


def test_hits_are_marked_whatever_their_accents_and_case():
    assert (
        excerpt(hits_pattern(["cote", "IVOIRE"]), "En Côte d’Ivoire, déjà.")
        == "En <mark>Côte</mark> d’<mark>Ivoire</mark>, déjà."
    )


def test_markup_in_a_text_is_shown_not_run():
    shown = excerpt(hits_pattern(["cacao"]), 'Du <script>alert("cacao")</script> & du riz')
    assert shown == "Du &lt;script&gt;alert(&#34;<mark>cacao</mark>&#34;)&lt;/script&gt; &amp; du riz"


def test_a_hit_deep_in_the_text_is_brought_up():
    text = "mot " * 300 + "le cacao de Divo " + "fin " * 300
    shown = excerpt(hits_pattern(["cacao"]), "Un chapô sans rien.", text)
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert "<mark>cacao</mark>" in shown
    assert len(shown) < EXCERPT_LENGTH + 40


def test_without_a_hit_the_standfirst_begins():
    assert excerpt(hits_pattern(["Bamba"]), "Le chapô.", "Le texte.") == "Le chapô."
    assert excerpt(hits_pattern(["Bamba"]), "", "  Le\ntexte.  ") == "Le texte."
    assert excerpt(hits_pattern(["Bamba"])) == ""


def test_empty_parts_of_a_body_leave_no_row_of_commas():
    assert excerpt(hits_pattern(["bac"]), "Le bac, , , part") == "Le <mark>bac</mark>, part"


def test_a_word_longer_than_an_excerpt_is_no_accident():
    assert excerpt(hits_pattern(["a"]), "x" * 1000)
    assert "<mark>" in excerpt(hits_pattern(["y" * 300]), "z " * 100 + "y" * 300)
