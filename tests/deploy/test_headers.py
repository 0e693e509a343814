"""What every answer tells a browser, whoever made it: the application, nginx's cache, nginx by itself."""

import hashlib
import re
import socket
import ssl
from base64 import b64encode
from collections.abc import Callable

import pytest

from tests.deploy.conftest import DOMAIN, Ask
from tests.deploy.observatory import parse_policy
from tests.stack import DEPLOY, Stack

ONCE = [
    "content-security-policy",
    "x-content-type-options",
    "x-frame-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "strict-transport-security",
]
# {what it is: (method, path, body, status)}
ANSWERS: dict[str, tuple[str, str, bytes, int]] = {
    "a page": ("GET", "/", b"", 200),
    "a personal answer": ("GET", "/moi/", b"", 200),
    "a form": ("GET", "/compte/connexion/", b"", 200),
    "a redirect of the application": ("GET", "/admin/", b"", 302),
    "a page nobody finds": ("GET", "/afrique/rien-de-tel/", b"", 404),
    "a feed": ("GET", "/flux/", b"", 200),
    "a script": ("GET", "/static/js/site.js", b"", 200),
    "a static file nobody finds": ("GET", "/static/js/rien.js", b"", 404),
    "an upload nobody finds": ("GET", "/media/rien.jpg", b"", 404),
    "a document as it lies": ("GET", "/media/documents/offered-film.mp4", b"", 404),
    "a film": ("GET", "/documents/901/offered-film.mp4", b"", 200),
    "a form without its token": ("POST", "/compte/connexion/", b"x=1", 403),
    "a method we don't know": ("PUT", "/", b"", 405),
    "a beacon that is too long": ("POST", "/compter/", b"v1 " * 1_000, 413),
    "a body that is too large": ("POST", "/lettre/", b"x" * 1_100_000, 413),
    "a path that leads out": ("GET", "/../../etc/passwd", b"", 400),
}


@pytest.mark.parametrize(("method", "path", "body", "status"), ANSWERS.values(), ids=ANSWERS)
def test_every_answer_says_once_what_a_browser_must_know(
    ask_https: Ask, method: str, path: str, body: bytes, status: int
) -> None:
    answer = ask_https(path, method, body, Content_Type="application/x-www-form-urlencoded")

    assert answer.status == status
    assert {name: answer.counts[name] for name in ONCE} == dict.fromkeys(ONCE, 1)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "max-age=31536000" in answer.headers["strict-transport-security"]
    policy = parse_policy(answer.headers["content-security-policy"])
    assert policy["default-src"] == {"'none'"}
    assert "'unsafe-inline'" not in policy.get("script-src", set())
    assert "server" not in answer.headers or answer.headers["server"] == "nginx"


def test_the_way_to_https_says_it_too_but_for_what_only_counts_there(ask_http: Ask) -> None:
    answer = ask_http("/afrique/?page=2")
    assert (answer.status, answer.headers["location"]) == (301, f"https://{DOMAIN}/afrique/?page=2")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "strict-transport-security" not in answer.headers


def test_a_page_out_of_the_cache_says_what_the_first_said(ask_https: Ask) -> None:
    first, second = ask_https("/en-continu/?test=headers"), ask_https("/en-continu/?test=headers")
    assert second.cache in ("HIT", "STALE", "EXPIRED")
    assert {name: second.headers[name] for name in ONCE} == {name: first.headers[name] for name in ONCE}


def test_a_film_plays_in_parts_and_sets_no_cookie(ask_https: Ask) -> None:
    part = ask_https("/documents/901/offered-film.mp4", Range="bytes=4-7")
    assert (part.status, part.body) == (206, b"ftyp")
    assert part.headers["content-type"] == "video/mp4"
    assert part.headers["content-disposition"].startswith("inline")
    assert "sandbox" in part.headers["content-security-policy"]
    assert part.cookies == []


def test_a_paper_is_downloaded(ask_https: Ask) -> None:
    answer = ask_https("/documents/902/offered-rapport.pdf")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.body.startswith(b"%PDF-")


@pytest.mark.parametrize(
    "path", ["/_documents/offered-prix.csv", "/media/documents/offered-prix.csv", "/documents/903/offered-prix.csv"]
)
def test_a_private_document_has_no_other_door(ask_https: Ask, path: str) -> None:
    answer = ask_https(path, X_Sendfile_Type="X-Accel-Redirect", X_Accel_Redirect="/_documents/offered-prix.csv")
    assert answer.status in (302, 404)
    assert b"ville" not in answer.body


def test_a_picture_as_it_was_sent_in_stays_with_us(ask_https: Ask, https_site: Stack) -> None:
    files = list((https_site.home.parent / "data" / "media").rglob("*.jpg"))
    originals = [file for file in files if file.parent.name == "original_images"]
    cuts = [file for file in files if file.parent.name == "r"]
    assert originals
    assert ask_https(f"/media/original_images/{originals[0].name}").status == 404
    answer = ask_https(f"/media/r/{cuts[0].name}")
    assert (answer.status, answer.headers["cross-origin-resource-policy"]) == (200, "cross-origin")
    assert answer.counts["cross-origin-resource-policy"] == 1


@pytest.mark.parametrize("code", ["413", "429", "502"])
def test_the_pages_of_nginx_need_nothing_but_themselves(code: str) -> None:
    page = (DEPLOY / "nginx" / "pages" / f"{code}.html").read_text()
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]  # type: ignore[index]
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in (DEPLOY / "nginx" / "headers.conf").read_text()
    assert not re.search(r"<script|<link|<img| style=", page)
    assert "Revenez en arrière" in page or "revenez en arrière" in page


def test_who_sends_too_much_is_told_in_french_that_nothing_is_lost(ask_https: Ask) -> None:
    answer = ask_https("/lettre/", "POST", b"x" * 1_100_000)
    assert "ce que vous avez tapé est encore dans le formulaire" in answer.body.decode()
    assert answer.headers["cache-control"] == "no-store"


def test_who_comes_while_the_application_is_down_is_told_in_french_to_wait(https_site: Stack, ask_https: Ask) -> None:
    https_site.stop("application", 9)
    try:
        for method, path in (("GET", "/sujets/jamais-vu/"), ("POST", "/lettre/"), ("GET", "/admin/")):
            answer = ask_https(path, method, b"email=x" if method == "POST" else b"")
            assert answer.status == 502
            assert "Rechargez cette page" in answer.body.decode()
            assert answer.headers["retry-after"] == "30"
            assert {name: answer.counts[name] for name in ONCE} == dict.fromkeys(ONCE, 1)
    finally:
        https_site.start_application()
        https_site.wait_until_the_application_answers()


# --- TLS ------------------------------------------------------------------------


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
def test_old_tls_is_refused(https_site: Stack, version: ssl.TLSVersion) -> None:
    with pytest.raises((ssl.SSLError, ConnectionError)):
        _shake_hands(https_site, lambda context: _at_most(context, version))


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_today_s_tls_is_spoken_with_forward_secrecy(https_site: Stack, version: ssl.TLSVersion) -> None:
    name, _protocol, _bits = _shake_hands(https_site, lambda context: _exactly(context, version))
    assert name.startswith(("ECDHE-", "TLS_AES", "TLS_CHACHA20"))


def test_a_name_that_is_not_ours_gets_nothing(https_site: Stack, ask_https: Ask, ask_http: Ask) -> None:
    assert ask_https("/", host="evil.example").status == 0
    assert ask_https("/", host="127.0.0.1").status == 0
    assert ask_http("/x", host="evil.example").headers["location"] == f"https://{DOMAIN}/x"


def _at_most(context: ssl.SSLContext, version: ssl.TLSVersion) -> None:
    # Or else our own side would refuse.
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version, context.maximum_version = version, version


def _exactly(context: ssl.SSLContext, version: ssl.TLSVersion) -> None:
    context.minimum_version, context.maximum_version = version, version


def _shake_hands(site: Stack, prepare: Callable[[ssl.SSLContext], None]) -> tuple[str, str, int]:
    context = ssl.create_default_context(cafile=site.home / "certificate.pem")
    prepare(context)
    with (
        socket.create_connection(("127.0.0.1", site.port), timeout=20) as connection,
        context.wrap_socket(connection, server_hostname=DOMAIN) as secure,
    ):
        cipher = secure.cipher()
        assert cipher
        return cipher
