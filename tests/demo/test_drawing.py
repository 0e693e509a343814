"""The pictures of the demo: always the same, light enough, and described."""

import io

import pytest
from PIL import Image

from aminata24.demo import content
from aminata24.demo.drawing import drawings_for, encode
from aminata24.demo.drawing.catalogue import draw
from aminata24.demo.drawing.lettering import wrap, wrap_evenly

# One of each kind, the heaviest of its kind among the patterns.
KEYS = [
    "actualites-kente-2",
    "presidence-bogolan-3",
    "actualites-wax-2",
    "portrait-aya-kouame",
    "ad-woro-mobile-in_article",
    "logo",
    "film",
]


@pytest.mark.parametrize("key", KEYS)
def test_a_key_always_gives_the_same_picture(key: str) -> None:
    assert encode(key) == encode(key)


@pytest.mark.parametrize("key", KEYS[:3])
def test_a_lead_picture_weighs_at_most_60_kb_at_720_pixels(key: str) -> None:
    file = io.BytesIO()
    picture = draw(key)
    assert picture.size == (1600, 900)
    picture.resize((720, 405), Image.Resampling.LANCZOS).save(file, "AVIF", quality=55)
    assert len(file.getvalue()) <= 60_000


def test_variants_of_a_pattern_differ() -> None:
    assert len({encode(f"societe-kente-{variant}") for variant in (1, 2, 3)}) == 3


def test_every_drawing_has_a_name_of_its_own_and_an_alternative_text() -> None:
    drawings = drawings_for(content.articles())
    assert len({drawing.key for drawing in drawings}) == len(drawings)
    assert len({drawing.title for drawing in drawings}) == len(drawings)
    assert all(20 < len(drawing.description) <= 255 for drawing in drawings)


def test_lines_break_at_spaces_and_come_out_even() -> None:
    text = "Du béton prêt, livré à l’heure du chantier"
    assert len(wrap(text, 20, 10_000)) == 1
    first, second = wrap_evenly(text, 20, 300)
    assert f"{first} {second}" == text
    assert abs(len(first) - len(second)) < 8
