"""Planning: a calendar of what is planned and what was published, and « À publier » on the admin's home page."""
