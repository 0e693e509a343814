"""The colours of the patterns: one palette a section."""

from dataclasses import dataclass

Colour = tuple[int, int, int]


def colour(code: str) -> Colour:
    """ "#b93c0a" as numbers."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """`first` with a share (0–1) of `second` in it."""
    return (
        round(first[0] + (second[0] - first[0]) * share),
        round(first[1] + (second[1] - first[1]) * share),
        round(first[2] + (second[2] - first[2]) * share),
    )


@dataclass(frozen=True)
class Palette:
    """Colours from dark to light, and what they are called in an alternative text."""

    dark: Colour
    deep: Colour
    main: Colour
    second: Colour
    bright: Colour
    light: Colour
    words: str


PALETTES = {
    "presidence": Palette(
        dark=colour("#141a3c"),
        deep=colour("#26307a"),
        main=colour("#3b4fb8"),
        second=colour("#8a2f3f"),
        bright=colour("#e2a72e"),
        light=colour("#f4e9d0"),
        words="indigo, or et grenat",
    ),
    "societe": Palette(
        dark=colour("#12291f"),
        deep=colour("#0b5a42"),
        main=colour("#2f8f62"),
        second=colour("#b8472a"),
        bright=colour("#e9b44c"),
        light=colour("#f3ead6"),
        words="vert, ocre jaune et brique",
    ),
    "afrique": Palette(
        dark=colour("#2a1710"),
        deep=colour("#6e2f16"),
        main=colour("#b5602a"),
        second=colour("#1f5c66"),
        bright=colour("#e8b13d"),
        light=colour("#f3e4c8"),
        words="ocre, terre et bleu canard",
    ),
    "actualites": Palette(
        dark=colour("#1b1a22"),
        deep=colour("#9c2f0c"),
        main=colour("#d9601a"),
        second=colour("#14706a"),
        bright=colour("#f2b632"),
        light=colour("#f7ecd9"),
        words="orange, jaune et turquoise",
    ),
}

SECTION_NAMES = {
    "presidence": "La Présidence",
    "societe": "Société",
    "afrique": "Afrique",
    "actualites": "Actualités",
}
