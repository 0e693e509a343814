"""What counts as a word, and when two words are the same to a reader."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# A number keeps its decimals; everything that is neither letter nor digit parts words.
_WORD = re.compile(r"\d+(?:[.,]\d+)+|\w+")
_ENDING = re.compile(r"(?:es|e|s|x)$")
_APOSTROPHES = frozenset("'’ʼ＇")
_ELIDED = frozenset(("c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"))


class _FoldedLetters(dict[int, str]):
    """A table for `str.translate` that learns each letter when it first meets it."""

    def __missing__(self, code: int) -> str:
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        self[code] = base if len(base) == 1 else chr(code)
        return self[code]


_FOLDED_LETTERS = _FoldedLetters()


def fold(text: str) -> str:
    """The text without accents and capitals, letter for letter: positions in it are positions in `text`."""
    return text.translate(_FOLDED_LETTERS)


# What each byte of Windows' Western European alphabet folds to; the few that it doesn't use are never asked for.
_FOLDED_BYTES = fold(bytes(range(256)).decode("cp1252", "replace")).encode("cp1252", "replace")


def fold_quickly(text: str) -> str:
    """
    The same for whole articles, a hundred times as quick; letters that no Western European language has are lost.

    To look for a word in, not to show.
    """
    return text.encode("cp1252", "replace").translate(_FOLDED_BYTES).decode("cp1252")


def words(text: str) -> list[str]:
    """
    The words of a query as they are searched for, each once: « L’eau de Côte d'Ivoire » is eau, de, Côte, Ivoire.

    Operators and quotation marks fall away, so nothing a reader types is syntax to a database.
    """
    text = unicodedata.normalize("NFC", text)
    found: dict[str, str] = {}
    for match in _WORD.finditer(text):
        folded = fold(match[0])
        is_elided = folded in _ELIDED and text[match.end() : match.end() + 1] in _APOSTROPHES
        if not is_elided:
            found.setdefault(folded, match[0])
    return list(found.values())


def folded_words(text: str) -> frozenset[str]:
    """What two queries have in common that ask for the same."""
    return frozenset(map(fold, words(text)))


def hits_pattern(terms: Iterable[str]) -> re.Pattern[str] | None:
    """
    Finds these words in a folded text, in their inflected forms too; None without words.

    A stemmer decides in the database what is found; what is marked only has to look right: the word
    without its last -e, -es, -s or -x, and up to three letters more.
    """
    return _pattern_of(frozenset(_stem(fold(term)) for term in terms))


@lru_cache
def _pattern_of(stems: frozenset[str]) -> re.Pattern[str] | None:
    if not stems:
        return None
    # That a word begins there is looked at last: letters alone are looked for at the speed of memory.
    beginnings = (rf"{re.escape(stem)}(?<!\w.{{{len(stem)}}})" for stem in sorted(stems, key=len, reverse=True))
    return re.compile(rf"(?:{'|'.join(beginnings)})\w{{0,3}}(?!\w)")


def _stem(word: str) -> str:
    return _ENDING.sub("", word) if len(word) > 4 else word
