"""Which drawings there are, what each shows, and in which shapes readers get it."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from PIL import Image

from aminata24.demo import content
from aminata24.demo.drawing import advert, bogolan, kente, logo, portrait, wax
from aminata24.demo.drawing.palettes import PALETTES, SECTION_NAMES

STYLES = {"kente": kente, "bogolan": bogolan, "wax": wax}
VARIANTS = (1, 2, 3)


@dataclass(frozen=True)
class Drawing:
    """A picture of the demo: how it is found, named and described."""

    key: str
    title: str
    description: str
    shapes: tuple[str, ...]

    @property
    def file_name(self) -> str:
        """The name of the stored file."""
        return f"{self.key}.jpg"


def drawings_for(entries: list[content.Entry]) -> list[Drawing]:
    """The drawings that these articles need, and those that every page needs."""
    live = content.live()
    leads = {entry["picture"] for entry in [*entries, live["channel"], *live["coverage"]]}
    in_bodies = {key for entry in entries for key in _pictures_in(entry["body"])}
    in_bodies |= {entry["picture"] for one in live["coverage"] for entry in one["entry"] if "picture" in entry}
    patterns = [
        Drawing(
            key=f"{palette}-{style}-{variant}",
            title=f"Motif {style} {variant} ({SECTION_NAMES[palette]})",
            description=STYLES[style].DESCRIPTIONS[variant].format(colours=PALETTES[palette].words),
            shapes=("wide", "natural") if f"{palette}-{style}-{variant}" in in_bodies else ("wide",),
        )
        for palette in PALETTES
        for style in STYLES
        for variant in VARIANTS
        if f"{palette}-{style}-{variant}" in leads | in_bodies
    ]
    return [*patterns, *_everywhere()]


def _pictures_in(body: list[content.Entry]) -> Iterator[str]:
    for block in body:
        if "image" in block:
            yield block["image"]["picture"]
        for image in block.get("gallery", {}).get("images", []):
            yield image["picture"]


def _everywhere() -> Iterator[Drawing]:
    yield Drawing("logo", "Logo d’Aminata24", logo.DESCRIPTION, ("square",))
    yield Drawing("film", "Film de démonstration, première image", kente.FILM_DESCRIPTION, ("wide",))
    for author in content.authors():
        yield Drawing(
            key=f"portrait-{author['slug']}",
            title=f"Portrait : {author['name']}",
            description=f"{author['name']}, portrait dessiné : {portrait.describe(author['slug'])}.",
            shapes=("square",),
        )
    for campaign in content.campaigns():
        for slot in campaign["placements"]:
            if slot in advert.SIZES:
                yield Drawing(
                    key=f"ad-{campaign['slug']}-{slot}",
                    title=f"Publicité {campaign['advertiser']} ({slot})",
                    description=f"Publicité de {campaign['advertiser']} : {campaign['slogan']}.",
                    shapes=("natural",),
                )


def draw(key: str) -> Image.Image:
    """The picture of a key; raises KeyError for one that isn't in the catalogue."""
    kind, _, rest = key.partition("-")
    if kind in PALETTES:
        style, _, variant = rest.partition("-")
        return STYLES[style].draw(PALETTES[kind], int(variant), seed=key)
    if kind == "portrait":
        return portrait.draw(rest)
    if kind == "ad":
        slug, _, slot = rest.rpartition("-")
        return advert.draw(_campaigns()[slug], slot)
    return {"logo": logo.draw, "film": kente.draw_film_poster}[key]()


@cache
def _campaigns() -> dict[str, content.Entry]:
    return {campaign["slug"]: campaign for campaign in content.campaigns()}


def encode(key: str) -> bytes:
    """The file of a key: a JPEG fine enough to be cut again."""
    file = io.BytesIO()
    draw(key).convert("RGB").save(file, "JPEG", quality=92, subsampling=0)
    return file.getvalue()
