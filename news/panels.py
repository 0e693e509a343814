"""Panels of the page editor that Wagtail doesn't have."""

from wagtail.admin.panels import TitleFieldPanel


class NamePanel(TitleFieldPanel):
    """A name that proposes the slug as it is typed, until it is saved: then the address readers know stays."""

    class BoundPanel(TitleFieldPanel.BoundPanel):
        """The panel in a form."""

        def get_should_apply(self) -> bool:
            return self.instance.pk is None
