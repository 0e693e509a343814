"""Who published, deleted and changed permissions: what Wagtail's log of actions doesn't tell, and a report."""
