"""
The demo newsroom that `make run` loads. It may import everything; nobody imports it.

`content/` holds our own copy on invented events, `drawing/` the pictures, `media/` a film and a
sound; `loader.py` brings them into the database, one module a kind of thing.
"""
