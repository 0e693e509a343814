"""How static files lie on the server: compressed, and under names that change with what they hold."""

import re

from django.core.files.base import ContentFile, File
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

# Comments on lines of their own, and indentation: a quarter of our scripts, and no phone reads them.
_IN_SCRIPTS = re.compile(rb"^\s*(?:(?://.*|/\*\*.*\*/)\s*)*", re.MULTILINE)
# The same of our style sheets, where a comment may be longer or follow a rule.
_IN_STYLES = re.compile(rb"\s*/\*.*?\*/|^\s+", re.MULTILINE | re.DOTALL)

_FOR_DEVELOPERS = {"js": _IN_SCRIPTS, "css": _IN_STYLES}


def as_served(name: str, content: bytes) -> bytes:
    """What readers get of a static file."""
    unread = _FOR_DEVELOPERS.get(name.partition("/")[0])
    return unread.sub(b"", content) if unread else content


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """
    WhiteNoise's storage that also renames the modules our scripts load, and leaves out what only developers read.

    It knows `import "./a.js";`, `import { b } from "./a.js";` and `import("./a.js")` by their text, so a path is
    always written out and a static import ends with a semicolon.
    """

    support_js_module_import_aggregation = True

    def _save(self, name: str, content: File) -> str:
        if name.partition("/")[0] in _FOR_DEVELOPERS:
            content = ContentFile(as_served(name, b"".join(content.chunks())))
        return super()._save(name, content)
