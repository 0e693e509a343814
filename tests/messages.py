"""
`make messages`: what readers and editors are shown, collected from the code into the French catalogue.

Babel does what GNU gettext would, so nobody has to install that. New messages come in empty, messages
that the code no longer holds go, and the binary catalogue is written beside the one that people edit.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import template

ROOT = Path(__file__).resolve().parents[1]
PO = ROOT / "site" / "locale" / "fr" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")

SKIPPED = (".*", "var", "tests", "migrations", "static", "locale", "deploy", "content", "node_modules")
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def extract_django(file: BinaryIO, keywords: Any, comment_tags: Any, options: dict[str, Any]) -> Iterator[tuple]:
    """Find the messages of the admin's templates, which are in Django's own language."""
    source = template.templatize(file.read().decode())
    # What `templatize` leaves is no Python, whose indentation would have to be right.
    flat = "\n".join(line.strip() for line in source.splitlines())
    yield from extract_python(BytesIO(flat.encode()), keywords, comment_tags, options)


METHODS = [("**.py", "python"), ("templates/**.*", "jinja2"), ("**/templates/**.html", extract_django)]
# As site/aminata24/settings/base.py and templating.py set Jinja2 up.
OPTIONS = {
    "templates/**.*": {
        "extensions": "jinja2.ext.i18n,wagtail.jinja2tags.core",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "newstyle_gettext": "true",
        "silent": "false",
    }
}


def extract() -> Catalog:
    """Collect every message of the code, with the files that hold it."""
    catalog = Catalog(locale="fr")
    found = extract_from_dir(
        ROOT,
        METHODS,
        OPTIONS,
        KEYWORDS,
        directory_filter=lambda path: not any(Path(path).match(name) for name in SKIPPED),
    )
    for filename, _line, message, _comments, context in found:
        # Without line numbers an edit elsewhere in a file leaves the catalogue as it is.
        catalog.add(message, locations=[(Path(filename).as_posix(), None)], context=context)  # type: ignore[list-item]
    return catalog


def read() -> Catalog:
    """Read the catalogue that people edit."""
    with PO.open("rb") as file:
        return read_po(file, locale="fr")


def compiled(catalog: Catalog) -> bytes:
    """Give the binary form, which is what Django reads."""
    file = BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def update() -> None:
    """Bring the catalogue up to date with the code, and compile it."""
    catalog = read()
    catalog.update(extract(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    with PO.open("wb") as file:
        write_po(file, catalog, width=120, sort_by_file=True)
    MO.write_bytes(compiled(catalog))
    missing = [message for message in catalog if message.id and not message.string]
    print(f"{len(catalog)} messages, {len(missing)} to translate in {PO.relative_to(ROOT)}")


if __name__ == "__main__":
    django.setup()
    update()
