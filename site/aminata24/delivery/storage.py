"""How static files lie on the server: compressed, and under names that change with what they hold."""

import re

from django.core.files.base import ContentFile, File
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

# Comments on lines of their own, and indentation: a quarter of our scripts, and no phone reads them.
_FOR_DEVELOPERS = re.compile(rb"^\s*(?:(?://.*|/\*\*.*\*/)\s*)*", re.MULTILINE)


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """
    WhiteNoise's storage that also renames the modules our scripts load, and leaves out their comments.

    It knows `import "./a.js";`, `import { b } from "./a.js";` and `import("./a.js")` by their text, so a path is
    always written out and a static import ends with a semicolon.
    """

    support_js_module_import_aggregation = True

    def _save(self, name: str, content: File) -> str:
        if name.startswith("js/"):
            content = ContentFile(_FOR_DEVELOPERS.sub(b"", b"".join(content.chunks())))
        return super()._save(name, content)
