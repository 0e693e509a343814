"""The front page and the information pages."""
