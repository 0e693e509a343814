"""Settings for a server. Refuses to start without SECRET_KEY, SITE_URL, ALLOWED_HOSTS, DATABASE_URL and EMAIL_URL."""

from urllib.parse import urlsplit

from aminata24.settings.base import *
from aminata24.settings.base import LOGGING, cache, env
from aminata24.settings.health import log_format

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
SITE_URL = env.str("SITE_URL")
WAGTAILADMIN_BASE_URL = SITE_URL
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
env.db("DATABASE_URL")
vars().update(env.email_url("EMAIL_URL"))
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=1)
# All workers count log-in attempts together: in a table of the database, unless something quicker is named.
CACHES = {"default": cache("dbcache://delivery_cache?max_entries=10000")}

# What takes time is written down with what asked for it, in one transaction; `manage.py worker` does it.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LOGGING["handlers"]["console"]["formatter"] = log_format("json")

# HTTPS everywhere, unless SITE_URL itself says http (a trial of the stack on one machine).
HTTPS = urlsplit(SITE_URL).scheme == "https"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
