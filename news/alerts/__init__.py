"""« Alerte »: a line on the ticker now, for a chosen time, from the article's editor or the admin's home page."""
