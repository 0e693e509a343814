"""Headers of security on every page readers see, and nothing in it that the policy would have to stop."""

import re

import pytest
from django.conf import settings
from django.test import Client

from home.models import HomePage
from tests.deploy.observatory import parse_policy
from tests.newsroom import make_newsroom

pytestmark = pytest.mark.django_db

INLINE = re.compile(
    r"<script(?![^>]*\b(?:src=|type=\"application/(?:ld\+)?json\"))[^>]*>|<style\b|<[^>]*\s(?:style|on[a-z]+)=\"|javascript:",
    re.IGNORECASE,
)
FORMS = ["/compte/connexion/", "/compte/inscription/", "/compte/mot-de-passe/oublie/", "/lettre/", "/moi/"]


def test_no_page_for_readers_allows_or_needs_anything_inline(client: Client, home_page: HomePage) -> None:
    newsroom = make_newsroom(home_page, articles=6)
    for name, path in [*newsroom.urls.items(), *((form, form) for form in FORMS)]:
        response = client.get(path)
        policy = parse_policy(response.headers["Content-Security-Policy"])
        assert policy["default-src"] == {"'none'"}, name
        assert policy["script-src"] == policy["style-src"] == {"'self'"}, name
        assert policy["base-uri"] == policy["object-src"] == {"'none'"}, name
        assert policy["frame-ancestors"] == policy["form-action"] == {"'self'"}, name
        assert not re.search(r"unsafe|\*|http:", str(policy)), name
        if "html" in response.headers["Content-Type"]:
            assert not INLINE.search(response.content.decode()), name


def test_every_page_says_what_else_a_browser_must_know(client: Client, home_page: HomePage) -> None:
    newsroom = make_newsroom(home_page, articles=6)
    for name, path in newsroom.urls.items():
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff", name
        assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin", name
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", name
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin", name
        assert headers["X-Frame-Options"] == "DENY", name
        assert "camera=()" in headers["Permissions-Policy"], name
        # What our own pages ask a browser for.
        assert not re.search(r"fullscreen|autoplay|publickey-credentials|web-share", headers["Permissions-Policy"])


def test_the_page_editor_runs_no_inline_script_either(client: Client, home_page: HomePage) -> None:
    policy = parse_policy(client.get("/admin/").headers["Content-Security-Policy"])
    assert policy["script-src"] == {"'self'"}
    assert policy["script-src-attr"] == {
        "'unsafe-hashes'",
        settings.ADMIN_CONTENT_SECURITY_POLICY["script-src-attr"][1],
    }
    assert "'unsafe-eval'" not in str(policy)
