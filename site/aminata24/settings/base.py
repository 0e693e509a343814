"""Settings that hold everywhere. What varies comes from the environment; README.md lists the variables."""

from datetime import timedelta
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from aminata24.settings.accounts import *
from aminata24.settings.accounts import ACCOUNT_APPS
from aminata24.settings.environment import ROOT, env
from aminata24.settings.growing import *
from aminata24.settings.growing import MEDIA_STORAGE, OPENSEARCH, REPLICA, cache
from aminata24.settings.health import *
from aminata24.settings.security import *

SITE_ROOT = ROOT / "site"

# --- Where data lives -------------------------------------------------------

DATA_DIR = Path(env.str("DATA_DIR", default=str(ROOT / "var")))
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
# The front server reads them as another user.
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o755
STATIC_ROOT = DATA_DIR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [SITE_ROOT / "static"]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'aminata24.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # WAL lets readers read while an editor saves; IMMEDIATE makes writers queue instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=5000",
    }
else:
    # Connections stay open: opening one costs more than a whole page's queries.
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=600)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    statement_seconds = env.int("DATABASE_STATEMENT_SECONDS", default=0)
    # A server that can't be reached is given up soon, so that readers get what the cache has, or what the replica says.
    # Compiling our queries (JIT) takes PostgreSQL longer than running them: seconds, on a site that is still small.
    for server in filter(None, (DATABASES["default"], REPLICA)):
        server["OPTIONS"] = {
            "connect_timeout": 2 if REPLICA else 3,
            "tcp_user_timeout": 2000 if REPLICA else 10_000,
            "options": f"-c jit=off -c statement_timeout={statement_seconds}s",
            **server.get("OPTIONS", {}),
        }
if REPLICA:
    DATABASES["replica"] = REPLICA
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Where `manage.py backup` puts its copies: best another disk, which is itself copied elsewhere.
BACKUP_DIR = Path(env.str("BACKUP_DIR", default=str(DATA_DIR / "backup")))
# The public key (age1…) that backups are sealed with; empty: they are not.
BACKUP_RECIPIENT = env.str("BACKUP_RECIPIENT", default="")
# The folder of pg_dump and pg_restore; empty: wherever the system finds them.
POSTGRES_PROGRAMS = env.str("POSTGRES_PROGRAMS", default="")

CACHES = {"default": cache("locmemcache://")}

# --- Applications -----------------------------------------------------------

INSTALLED_APPS = [
    "home",
    "news",
    "search",
    "aminata24.theme",
    "aminata24.audience",
    "aminata24.ads",
    "aminata24.comments",
    "aminata24.newsletter",
    "aminata24.images",
    "aminata24.documents",
    "aminata24.readers",
    "aminata24.journal",
    "aminata24.delivery",
    "aminata24.backup",
    "aminata24.health",
    "aminata24.demo",
    "wagtail_modeladmin",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    # "wagtail.users" with our own screens.
    "aminata24.readers.wagtail_users.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    *ACCOUNT_APPS,
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    # First: it lets beacons past all others.
    "aminata24.audience.middleware.BeaconMiddleware",
    # Around all that can fail or take time, and before what needs a session or a host.
    "aminata24.health.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "aminata24.delivery.middleware.SecurityHeadersMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "aminata24.delivery.middleware.CompressionMiddleware",
    "aminata24.delivery.middleware.PublicCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "aminata24.readers.middleware.SignedInHintMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "aminata24.readers.middleware.StaffDoorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "aminata24.delivery.replica.ReplicaMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "aminata24.urls"
WSGI_APPLICATION = "aminata24.wsgi.application"

# --- Templates --------------------------------------------------------------

# Readers' pages are Jinja2, several times faster than Django's own language; the admin's stay Django's.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "aminata24.templating.environment",
            "extensions": ["jinja2.ext.i18n", "wagtail.jinja2tags.core", "wagtail.admin.jinja2tags.userbar"],
            "context_processors": ["aminata24.theme.context_processors.theme"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# --- Language and time ------------------------------------------------------

# One language for readers: a page must be the same bytes for everyone, whatever their browser asks for.
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [SITE_ROOT / "locale"]
TIME_ZONE = "Africa/Abidjan"
USE_I18N = True
USE_TZ = True

# --- Comments ---------------------------------------------------------------

# Nobody fills in the form in less, in seconds.
COMMENT_SECONDS = 3
# So many times within so many seconds. Many readers share the address of a mobile network.
COMMENT_LIMITS = {
    "comments by person": (8, 600),
    "comments by address": (30, 600),
    # Of all who have nothing published yet together, so that a flood of junk stays a trickle.
    "comments by strangers": (120, 60),
    "changes by person": (20, 600),
    "reactions by person": (60, 600),
    "reactions by address": (200, 600),
}
# A service that checks for spam, if any: https://rest.akismet.com/1.1 or one that speaks its protocol.
AKISMET_URL = env.str("AKISMET_URL", default="")
AKISMET_KEY = env.str("AKISMET_KEY", default="")
# How long the addresses of refused commenters and the network addresses of all are kept: long enough for a moderator
# to see a pattern and ban its author, and for that author to complain.
COMMENTERS_KEPT_FOR = timedelta(days=30)
# How long a network address stays banned: mobile operators hand it to somebody else before long.
BANNED_ADDRESSES_KEPT_FOR = timedelta(days=90)

# --- Delivery ---------------------------------------------------------------

SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")
# How many proxies stand before us: what they say of a client's address is believed, and nobody else.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
# How long a shared cache may keep a public page, in seconds.
PAGE_CACHE_SECONDS = env.int("PAGE_CACHE_SECONDS", default=1)
# How long a process may keep what surrounds every page (menus, ticker, ads), in seconds.
SURROUNDINGS_CACHE_SECONDS = env.int("SURROUNDINGS_CACHE_SECONDS", default=1)
# How long a process counts what was read, seen, clicked and searched for before it writes it down, in seconds.
COUNTS_SECONDS = env.int("COUNTS_SECONDS", default=5)

STORAGES = {
    "default": MEDIA_STORAGE,
    "staticfiles": {"BACKEND": "aminata24.delivery.storage.StaticFilesStorage"},
}
# Nothing is compressed twice: the front server or WhiteNoise serves what collectstatic made.
WHITENOISE_MAX_AGE = 3600

DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Aminata24 <redaction@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Wagtail ----------------------------------------------------------------

WAGTAIL_SITE_NAME = "Aminata24"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", _("French")), ("en", _("English"))]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILIMAGES_IMAGE_MODEL = "images.NewsImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "aminata24.images.forms.NewsImageForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif", "gif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILIMAGES_AVIF_QUALITY = 55
WAGTAILIMAGES_WEBP_QUALITY = 72
WAGTAILIMAGES_JPEG_QUALITY = 76
WAGTAILDOCS_EXTENSIONS = ["pdf", "csv", "ods", "odt", "docx", "xlsx", "mp3", "m4a", "ogg", "wav", "mp4", "webm", "vtt"]
# Through the application, wherever they lie: it looks at who may have a document.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "aminata24.documents.forms.NewsDocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 200 * 1024 * 1024
# Sound and film must play inside the page; everything else downloads.
WAGTAILDOCS_INLINE_CONTENT_TYPES = [
    "audio/mpeg",
    "audio/mp4",
    "audio/ogg",
    "audio/x-wav",
    "video/mp4",
    "video/webm",
    "text/vtt",
]
WAGTAILSEARCH_BACKENDS = {
    "default": {
        "BACKEND": "search.backend",
        # A PostgreSQL text search configuration made by a migration of the search app; SQLite ignores it.
        "SEARCH_CONFIG": "aminata24_french",
        # `update_index` goes on piece by piece: in one transaction nobody could publish until it ends.
        "ATOMIC_REBUILD": False,
    },
    **OPENSEARCH,
}
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = True

# At once, in the process that asks for it; on a server the worker does it.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
