"""The Jinja2 environment of the readers' pages: each app adds the names its templates may use."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override
from jinja2 import Environment, Template, select_autoescape

from aminata24.ads import templating as ads
from aminata24.audience import templating as audience
from aminata24.comments import templating as comments
from aminata24.images.picture import picture
from aminata24.readers import templating as readers
from aminata24.theme import templating as theme
from news import templating as news


@cache
def _fixed_url(name: str) -> str:
    return reverse(name)


def url(name: str, args: Sequence[Any] = (), kwargs: dict[str, Any] | None = None) -> str:
    """Django's `reverse`; the addresses that stand on every page are looked up once."""
    return reverse(name, args=args, kwargs=kwargs) if args or kwargs else _fixed_url(name)


class ReadersTemplate(Template):
    """A template in the readers' language, whatever language the editor who previews or publishes has chosen."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        with override(settings.LANGUAGE_CODE):
            return super().render(*args, **kwargs)


def environment(**options: Any) -> Environment:
    """Build the environment; Django passes its options (autoescape, loader, extensions)."""
    # All but plain text, which is what mails are written in.
    options["autoescape"] = select_autoescape(disabled_extensions=("txt",), default=True)
    env = Environment(trim_blocks=True, lstrip_blocks=True, **options)
    env.template_class = ReadersTemplate
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(static=cache(static), url=url, picture=picture)
    for names in (theme, news, ads, audience, readers, comments):
        env.globals.update(names.GLOBALS)
        env.filters.update(names.FILTERS)
    return env
