"""Brand colours are held to WCAG's contrast."""

import pytest
from django.core.exceptions import ValidationError

from aminata24.theme.colours import contrast, validate_on_night, validate_on_paper


def test_black_on_white_is_twenty_one_to_one():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_our_own_colours_pass():
    validate_on_paper("#b93c0a")
    validate_on_night("#ff9d6b")


@pytest.mark.parametrize("colour", ["#ffcc00", "#eeeeee"])
def test_a_pale_colour_on_paper_is_refused(colour):
    with pytest.raises(ValidationError):
        validate_on_paper(colour)


@pytest.mark.parametrize("colour", ["red", "#fff", "#12345g", "#123456;}body{}", "#123456\n"])
def test_what_is_no_colour_is_refused(colour):
    with pytest.raises(ValidationError):
        validate_on_paper(colour)
