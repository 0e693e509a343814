"""Colours an editor may choose, held to WCAG's contrast."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PAPER = "#fffdf9"
NIGHT = "#14171f"
MINIMUM_CONTRAST = 4.5

_HEX = re.compile(r"#[0-9a-fA-F]{6}\Z")


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two #rrggbb colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _validate(colour: str, ground: str) -> None:
    if not _HEX.match(colour):
        raise ValidationError(_("Write the colour as # and six hexadecimal digits, for example #b93c0a."))
    ratio = contrast(colour, ground)
    if ratio < MINIMUM_CONTRAST:
        raise ValidationError(
            _("Too little contrast: %(ratio).1f to 1 on %(ground)s, it takes at least 4.5 to 1."),
            params={"ratio": ratio, "ground": ground},
        )


def validate_on_paper(colour: str) -> None:
    """Raise ValidationError unless text in this colour can be read on the light theme."""
    _validate(colour, PAPER)


def validate_on_night(colour: str) -> None:
    """Raise ValidationError unless text in this colour can be read on the dark theme."""
    _validate(colour, NIGHT)
