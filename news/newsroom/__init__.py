"""The newsroom's own screens around Wagtail's page editor: checks while one writes, and the desk's reports."""
