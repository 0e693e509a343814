"""
The admin without inline scripts, which the content security policy forbids there too.

Where Wagtail's widgets print `<script>new PageChooser("id", {…});</script>`, ours say the same as data, and
`js/admin/start.js` does it. Wagtail's templates that print such scripts have their twins in `theme/templates/`.
"""

import json
import re
from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.widgets import BaseChooser

# How every chooser of Wagtail's starts.
_CALL = re.compile(r"(?:new )?(\w+)\((.*)\);", re.DOTALL)


def starts(name: str, arguments: list[Any]) -> SafeString:
    """Have a class or function of Wagtail's scripts called with these arguments."""
    return format_html('<template data-start="{}" data-arguments="{}"></template>', name, json.dumps(arguments))


def _render(self: BaseChooser, name: str, value: Any, attrs: dict[str, Any], renderer: Any = None) -> SafeString:
    """`BaseChooser.render`, but for the script."""
    value_data = self.get_value_data(value)
    script = self.render_js_init(attrs["id"], name, value_data)
    call = _CALL.fullmatch(script)
    if call is None:
        raise ValueError(f"{type(self).__name__} starts in a way that js/admin/start.js can't: {script}")
    return self.render_html(name, value_data, attrs) + starts(call[1], json.loads(f"[{call[2]}]"))


def register() -> None:
    """Called once, when the app is ready."""
    BaseChooser.render = _render


@hooks.register("insert_global_admin_js")
def add_start_script() -> SafeString:
    """On every page of the admin, before anything is to be started."""
    return format_html('<script src="{}"></script>', static("js/admin/start.js"))
