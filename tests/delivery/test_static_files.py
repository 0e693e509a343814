"""What readers load is without what only developers read."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile

from aminata24.delivery.storage import StaticFilesStorage

CSS = Path(settings.SITE_ROOT, "static", "css")


@pytest.fixture
def storage(tmp_path: Path) -> StaticFilesStorage:
    """Where collectstatic puts files."""
    return StaticFilesStorage(location=tmp_path, base_url="/static/")


def kept(storage: StaticFilesStorage, name: str, content: str) -> str:
    """What lies on the server of a file."""
    storage.save(name, ContentFile(content.encode()))
    return Path(storage.path(name)).read_text()


def test_styles_lose_comments_and_indentation_and_nothing_else(storage: StaticFilesStorage) -> None:
    sheet = "/* A\n   sheet */\n.a {\n  color: red; /* why */\n\n  &:hover { top: calc(1px * 2); }\n}\n"
    assert kept(storage, "css/a.css", sheet) == "\n.a {\ncolor: red;\n&:hover { top: calc(1px * 2); }\n}\n"


def test_scripts_lose_whole_lines_of_comment_alone(storage: StaticFilesStorage) -> None:
    script = '// What\nconst a = "https://x"; // stays\n/** Tells. */\n  b();\n'
    assert kept(storage, "js/a.js", script) == 'const a = "https://x"; // stays\nb();\n'


def test_files_of_others_stay_as_they_are(storage: StaticFilesStorage) -> None:
    assert kept(storage, "wagtailadmin/css/a.css", "/* A */\n  .a { }") == "/* A */\n  .a { }"


@pytest.mark.parametrize("sheet", sorted(CSS.glob("*.css")), ids=lambda path: path.stem)
def test_every_rule_of_ours_survives(storage: StaticFilesStorage, sheet: Path) -> None:
    def rules(text: str) -> str:
        return "".join(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).split())

    assert rules(kept(storage, f"css/{sheet.name}", sheet.read_text())) == rules(sheet.read_text())
