"""Settings for `make run`: a key that is no secret, mail on the console, errors in full."""

from aminata24.settings.base import *
from aminata24.settings.base import DATA_DIR, STORAGES, env

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = env.str("SECRET_KEY", default="development-only-key-that-protects-nothing")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

# Files are served as they lie in site/static/; nothing has to be collected first.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

# SQLite makes the file, not the folder.
DATA_DIR.mkdir(parents=True, exist_ok=True)
