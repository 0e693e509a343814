"""Settings for the tests: fast hashes, memory for mail and files, nothing kept between two requests."""

import tempfile
from pathlib import Path

from aminata24.settings.base import *
from aminata24.settings.base import LOGGING, STORAGES, env

DEBUG = False
SECRET_KEY = "tests"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Gone when the process ends.
FILES = tempfile.TemporaryDirectory(prefix="aminata24-tests-")
MEDIA_ROOT = Path(FILES.name, "media")
STATIC_ROOT = Path(FILES.name, "static")
STATIC_ROOT.mkdir()
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# However long a test takes, a page reads what surrounds it once; tests/conftest.py forgets it before each request.
SURROUNDINGS_CACHE_SECONDS = 60
# What was counted is written when a test says so, not by a thread.
COUNTS_SECONDS = 0
DATABASES["default"] = env.db("DATABASE_URL", default="sqlite://:memory:")
LOGGING["root"]["level"] = "WARNING"
