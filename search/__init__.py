"""Finding it again: the search page, suggestions as readers type, and what editors promote there."""
