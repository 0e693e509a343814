"""Panels of the page editor that Wagtail doesn't have."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import TitleFieldPanel

# What reads best in full: beyond it, search engines, networks and lists cut.
LONGEST_HEADLINE = 110
LONGEST_SHORT_HEADLINE = 80
LONGEST_STANDFIRST = 280


def counted(best: int) -> dict[str, Any]:
    """Attributes of a panel whose characters are counted while one types; site/static/js/admin/length.js does it."""
    return {
        "data-controller": "desk-length",
        "data-desk-length-best-value": best,
        "data-desk-length-text-value": _("{count} characters · up to {best} are shown in full"),
    }


class NamePanel(TitleFieldPanel):
    """A name that proposes the slug as it is typed, until it is saved: then the address readers know stays."""

    class BoundPanel(TitleFieldPanel.BoundPanel):
        """The panel in a form."""

        def get_should_apply(self) -> bool:
            return self.instance.pk is None
