"""Production settings: nothing to warn of, and nothing works by accident. Each in a process of its own."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECRETS = {
    "SECRET_KEY": "a-key-of-more-than-fifty-characters-that-nobody-will-ever-use-1234567890",
    "SITE_URL": "https://aminata24.example",
    "ALLOWED_HOSTS": "aminata24.example",
    "DATABASE_URL": "postgres://aminata24:secret@127.0.0.1/aminata24",
    "EMAIL_URL": "smtp+tls://aminata24:secret@mail.example:587",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py with production settings and nothing in the environment but what is given."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "aminata24.settings.production",
            "ENV_FILE": os.devnull,
            **environment,
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )


def setting(name: str, **environment: str) -> str:
    """Print one setting as production has it."""
    shown = manage(
        "shell", "--no-imports", "-c", f"from django.conf import settings; print(settings.{name})", **environment
    )
    assert shown.returncode == 0, shown.stderr
    return shown.stdout.strip()


def test_production_has_nothing_that_django_warns_of() -> None:
    check = manage("check", "--deploy", "--fail-level", "WARNING", **SECRETS)
    assert check.returncode == 0, check.stderr
    assert "no issues" in check.stdout


@pytest.mark.parametrize("missing", SECRETS)
def test_production_refuses_to_start_without(missing: str) -> None:
    check = manage("check", **{name: value for name, value in SECRETS.items() if name != missing})
    assert check.returncode != 0
    assert missing in check.stderr


def test_production_shows_errors_to_nobody_whatever_the_environment_says() -> None:
    assert setting("DEBUG", **SECRETS, DEBUG="true") == "False"


def test_connections_to_the_database_stay_open() -> None:
    assert "'CONN_MAX_AGE': 600" in setting("DATABASES", **SECRETS)


def test_all_workers_count_attempts_together_and_believe_one_proxy() -> None:
    assert setting("CACHES['default']['BACKEND'], settings.TRUSTED_PROXIES", **SECRETS) == (
        "django.core.cache.backends.db.DatabaseCache 1"
    )


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("SOCIAL_LOGIN", "google", "GOOGLE_CLIENT_ID"),
        ("SOCIAL_LOGIN", "myspace", '"google" and "facebook"'),
        ("STAFF_SECOND_FACTOR", "yes", '"optional" or "required"'),
        ("DATABASE_REPLICA_URL", "sqlite:///replica.sqlite3", "PostgreSQL"),
        ("MEDIA_STORAGE_URL", "https://bucket.example", "s3://"),
    ],
)
def test_a_setting_that_cannot_work_stops_the_start_and_says_why(name: str, value: str, remedy: str) -> None:
    check = manage("check", **SECRETS, **{name: value})
    assert check.returncode != 0
    assert remedy in check.stderr


def test_other_sites_accounts_come_by_settings_alone() -> None:
    secrets = SECRETS | {
        "SOCIAL_LOGIN": "google, facebook",
        "GOOGLE_CLIENT_ID": "g",
        "GOOGLE_CLIENT_SECRET": "gs",
        "FACEBOOK_CLIENT_ID": "f",
        "FACEBOOK_CLIENT_SECRET": "fs",
    }
    check = manage("check", "--deploy", "--fail-level", "WARNING", **secrets)
    assert check.returncode == 0, check.stderr


def test_a_site_grows_by_settings_alone() -> None:
    grown = SECRETS | {
        "DATABASE_REPLICA_URL": "postgres://aminata24:secret@10.0.0.2/aminata24",
        "CACHE_URL": "redis://:secret@10.0.0.3:6379/0",
        "MEDIA_STORAGE_URL": "s3://key:secret@s3.example/paper?region=eu-west-3",
        "SEARCH_URL": "https://search.example:9200",
    }
    check = manage("check", "--deploy", "--fail-level", "WARNING", **grown)
    assert check.returncode == 0, check.stderr
    assert setting("CACHES['default']['BACKEND'], settings.DATABASE_ROUTERS", **grown) == (
        "aminata24.delivery.shared_cache.SharedCache ['aminata24.delivery.replica.ReplicaRouter']"
    )


def test_a_trial_on_plain_http_is_not_sent_to_https() -> None:
    trial = SECRETS | {"SITE_URL": "http://127.0.0.1:8000"}
    assert setting("SECURE_SSL_REDIRECT, settings.SESSION_COOKIE_SECURE, settings.SECURE_HSTS_SECONDS", **trial) == (
        "False False 0"
    )


def test_the_readme_lists_every_variable_that_settings_read() -> None:
    settings = "".join(path.read_text() for path in (ROOT / "site" / "aminata24" / "settings").glob("*.py"))
    read = set(re.findall(r'env\.\w+\("([A-Z_]+)"', settings))
    listed = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "README.md").read_text(), re.MULTILINE))
    assert listed == read | {"DJANGO_SETTINGS_MODULE"}
