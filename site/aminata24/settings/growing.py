"""Settings for a site that outgrows one machine: a replica, Redis, S3, OpenSearch. Nothing of it is needed before."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from aminata24.settings.environment import env

# --- A replica of the database, read by public pages -------------------------

# How many seconds the replica may be behind; when it is more, or away, the primary is read.
REPLICA_MAX_LAG = env.float("REPLICA_MAX_LAG", default=2.0)
REPLICA: dict[str, Any] = {}
DATABASE_ROUTERS: list[str] = []
if env.str("DATABASE_REPLICA_URL", default=""):
    REPLICA |= env.db("DATABASE_REPLICA_URL")
    if REPLICA["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_REPLICA_URL names a replica of PostgreSQL.")
    DATABASE_ROUTERS = ["aminata24.delivery.replica.ReplicaRouter"]
    REPLICA |= {
        "CONN_MAX_AGE": env.int("DATABASE_CONN_MAX_AGE", default=600),
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"MIRROR": "default"},
    }

# --- Redis -------------------------------------------------------------------


def cache(default: str) -> dict[str, Any]:
    """The cache that CACHE_URL names; a Redis that breaks is done without."""
    found = env.cache("CACHE_URL", default=default)
    if found["BACKEND"] == "django.core.cache.backends.redis.RedisCache":
        found["BACKEND"] = "aminata24.delivery.shared_cache.SharedCache"
    return found


# --- Uploaded files in an S3 bucket ------------------------------------------

# s3://KEY:SECRET@HOST/BUCKET?region=…; `s3+http` for a store on one's own network.
MEDIA_STORAGE_URL = env.str("MEDIA_STORAGE_URL", default="")
# Where readers get the files: the bucket's own address, or that of a CDN before it.
MEDIA_PUBLIC_URL = env.str("MEDIA_PUBLIC_URL", default="")
MEDIA_STORAGE: dict[str, Any] = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
# What the content security policy lets pages load pictures and sound from.
MEDIA_ORIGINS: list[str] = []
if MEDIA_STORAGE_URL:
    store = urlsplit(MEDIA_STORAGE_URL)
    if store.scheme not in ("s3", "s3+http") or not store.hostname or not store.path.strip("/"):
        raise ImproperlyConfigured("MEDIA_STORAGE_URL has the form s3://KEY:SECRET@HOST/BUCKET?region=REGION.")
    endpoint = f"{'http' if store.scheme == 's3+http' else 'https'}://{store.netloc.rpartition('@')[2]}"
    bucket = store.path.strip("/")
    public = urlsplit((MEDIA_PUBLIC_URL or f"{endpoint}/{bucket}").rstrip("/"))
    MEDIA_ORIGINS = [f"{public.scheme}://{public.netloc}"]
    MEDIA_STORAGE = {
        "BACKEND": "aminata24.delivery.bucket.MediaBucket",
        "OPTIONS": {
            "access_key": unquote(store.username or ""),
            "secret_key": unquote(store.password or ""),
            "bucket_name": bucket,
            "endpoint_url": endpoint,
            "region_name": parse_qs(store.query).get("region", [None])[0],
            # Addresses that never change, so that browsers, caches and prints may keep them.
            "querystring_auth": False,
            "custom_domain": f"{public.netloc}{public.path}",
            "url_protocol": f"{public.scheme}:",
        },
    }

# --- OpenSearch --------------------------------------------------------------

# https://user:password@host:9200; empty: the database searches.
SEARCH_URL = env.str("SEARCH_URL", default="")
OPENSEARCH: dict[str, Any] = {}
if SEARCH_URL:
    OPENSEARCH["opensearch"] = {
        "BACKEND": "modelsearch.backends.opensearch3",
        "URLS": [SEARCH_URL],
        "INDEX_PREFIX": "aminata24_",
        "TIMEOUT": 3,
        "OPTIONS": {"max_retries": 0},
        # As our configuration of PostgreSQL: French endings, without accents.
        "INDEX_SETTINGS": {
            "settings": {
                "analysis": {
                    "analyzer": {
                        "default": {
                            "type": "custom",
                            "tokenizer": "standard",
                            "filter": ["french_elision", "lowercase", "french_stemmer", "asciifolding"],
                        }
                    },
                    "filter": {
                        "french_elision": {
                            "type": "elision",
                            "articles_case": True,
                            "articles": ["l", "m", "t", "qu", "n", "s", "j", "d", "c", "jusqu", "lorsqu", "puisqu"],
                        },
                        "french_stemmer": {"type": "stemmer", "language": "light_french"},
                    },
                }
            }
        },
    }
