"""What is a word, and what is the same word."""

import pytest

from search.words import fold, fold_quickly, folded_words, hits_pattern, words


@pytest.mark.parametrize("query", ["cote d'ivoire", "COTE D’IVOIRE", "Côte d'Ivoire", "  «Côte» d’ivoire !"])
def test_accents_case_and_apostrophes_make_no_other_query(query):
    assert [fold(word) for word in words(query)] == ["cote", "ivoire"]
    assert folded_words(query) == folded_words("Côte d’Ivoire")


def test_a_letter_alone_is_dropped_only_before_an_apostrophe():
    assert words("le plan C de l’équipe") == ["le", "plan", "C", "de", "équipe"]


def test_operators_and_quotation_marks_are_no_words():
    assert words('"cacao" AND -riz* (mil) \\ \' :^') == ["cacao", "AND", "riz", "mil"]


def test_a_number_keeps_its_decimals_and_a_word_counts_once():
    assert words("3,5 % de Riz riz 24") == ["3,5", "de", "Riz", "24"]


def test_decomposed_accents_are_letters_too():
    assert words("Co\u0302te") == ["Côte"]


def test_folding_keeps_every_position():
    text = "Œuvre à l’Élysée, ŷ İ ß 象"
    assert len(fold(text)) == len(text)
    assert fold("Élysée") == "elysee"


def test_folding_quickly_keeps_every_position_and_every_french_letter():
    text = "Œuvre : « l’Élysée » ŷ 象 Aïcha Ouédraogo\u202f!"
    assert fold_quickly(text) == "œuvre : « l’elysee » ? ? aicha ouedraogo?!"
    assert len(fold_quickly(text)) == len(text)


def test_a_hit_is_a_word_from_its_beginning():
    found = hits_pattern(["eau", "3.5"]).findall("eau, eaux, bateau, 3.5, 3x5, 13.5")
    assert found == ["eau", "eaux", "3.5"]


def test_a_plural_is_a_hit_for_its_singular_and_the_other_way_round():
    assert hits_pattern(["école"]).search("les ecoles")
    assert hits_pattern(["écoles"]).search("une ecole")
    assert not hits_pattern(["cale"]).search("le calendrier")
    assert hits_pattern([]) is None
