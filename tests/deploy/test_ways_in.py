"""Ways in that are none: forged hosts, redirects that lead away, paths that lead out. All through the real nginx."""

import re
from urllib.parse import quote, urlsplit

import pytest

from tests.deploy.conftest import DOMAIN, Ask, ask_raw
from tests.stack import Stack

# --- Whose name it was asked by ---------------------------------------------------

EVIL = "evil.example"
FORGED = {
    "another host": {"host": EVIL},
    "a host with our port": {"host": f"{EVIL}:80"},
    "a user before the host": {"host": f"user@{EVIL}"},
    "a forwarded host": {"X_Forwarded_Host": EVIL},
    "a host of HTTP/2": {"X_Host": EVIL, "X_HTTP_Host_Override": EVIL, "Forwarded": f"host={EVIL}"},
    "a server and a port": {"X_Forwarded_Server": EVIL, "X_Forwarded_Port": "666", "X_Original_Host": EVIL},
    "a prefix": {"X_Forwarded_Prefix": f"//{EVIL}", "X_Script_Name": f"/{EVIL}"},
    "a scheme": {"X_Forwarded_Proto": f"https://{EVIL}", "X_Forwarded_Scheme": EVIL},
}


@pytest.mark.parametrize("headers", FORGED.values(), ids=FORGED)
@pytest.mark.parametrize(
    "path", ["/", "/afrique/la-lagune/", "/flux/", "/sitemap.xml", "/robots.txt", "/compte/", "/admin/", "/afrique"]
)
def test_a_forged_host_stands_in_no_answer(ask: Ask, path: str, headers: dict[str, str]) -> None:
    answer = ask(path, **headers)
    assert answer.status < 500
    assert EVIL not in repr(answer.headers)
    assert EVIL.encode() not in answer.body


@pytest.mark.parametrize(
    "lines",
    [
        b"GET http://evil.example/ HTTP/1.1\r\nHost: {host}",
        b"GET http://{host}/ HTTP/1.1\r\nHost: evil.example",
        b"GET https://evil.example/compte/ HTTP/1.1\r\nHost: {host}",
        b"GET / HTTP/1.1\r\nHost: {host}\r\nHost: evil.example",
        b"GET / HTTP/1.1\r\nHost: evil.example\r\nHost: {host}",
        b"GET / HTTP/1.1\r\nHost: {host}\r\nX_Forwarded_Host: evil.example\r\nHTTP_HOST: evil.example",
        b"GET / HTTP/1.1\r\n Host: evil.example\r\nHost: {host}",
        b"GET / HTTP/1.1\r\nHost: {host}\r\n Host: evil.example",
        b"GET @evil.example/ HTTP/1.1\r\nHost: {host}",
        b"GET / HTTP/1.0",
    ],
)
def test_two_hosts_or_none_fool_nobody(stack: Stack, lines: bytes) -> None:
    host = f"127.0.0.1:{stack.port}".encode()
    answer = ask_raw(stack.port, lines.replace(b"{host}", host) + b"\r\nConnection: close\r\n\r\n")
    assert answer.status in (0, 200, 302, 400)
    assert EVIL not in repr(answer.headers)
    assert EVIL.encode() not in answer.body


def test_a_mail_s_link_leads_to_us_whatever_the_request_said(ask: Ask, stack: Stack) -> None:
    form = ask("/compte/mot-de-passe/oublie/", host=EVIL)
    assert form.status == 200
    action = re.search(rb'action="([^"]*)"', form.body)
    assert EVIL.encode() not in form.body
    assert action is None or not action[1].startswith(b"http")


# --- Where it leads ---------------------------------------------------------------

AWAY = [
    *("https://evil.example/", "http://evil.example", "//evil.example/", "///evil.example", "////evil.example//"),
    *("\\\\evil.example", "/\\evil.example", "\\/evil.example", "/\t/evil.example", "/\n/evil.example"),
    *("https:evil.example", "https:/evil.example", "http:///evil.example", "javascript:alert(1)//evil.example"),
    *("JaVaScRiPt:alert(1)", "data:text/html,evil.example", "//evil.example@127.0.0.1/", "//127.0.0.1@evil.example/"),
    *(
        "//evil%2eexample",
        "%2f%2fevil.example",
        "/%09/evil.example",
        "/%2f/evil.example",
        "https://127.0.0.1.evil.example",
    ),
    *("//evil。example", "／／evil.example", "/‮/evil.example", "\x00//evil.example", " //evil.example"),
    *("/x\r\nSet-Cookie: evil=1", "/x%0d%0aLocation: //evil.example", "//evil.example\r\n", "/..//evil.example"),
    *("//[::1]@evil.example", "//evil.example:80#@127.0.0.1/", "?next=//evil.example", "vbscript:evil.example"),
]
DOORS = [
    "/compte/connexion/?next=",
    "/compte/inscription/?next=",
    "/compte/deconnexion/?next=",
    "/compte/mot-de-passe/oublie/?next=",
    "/compte/connexion/code/?next=",
    "/compte/?next=",
    "/admin/login/?next=",
    "/admin/password_reset/?next=",
    "/admin/?next=",
    "/_util/login/?next=",
    "/lettre/?next=",
    "/commentaires/1/?next=",
    "/recherche/?q=",
    "/mes-sauvegardes/?next=",
]


@pytest.mark.parametrize("door", DOORS)
def test_no_parameter_leads_away(ask: Ask, stack: Stack, door: str) -> None:
    wrong = {}
    for where in AWAY:
        answer = ask(door + quote(where, safe=""))
        if answer.status >= 500 or _leads_away(answer.headers.get("location", ""), stack.port):
            wrong[where] = (answer.status, answer.headers.get("location"))
        # Nor does a link or a form on the page; what is shown as text leads nowhere.
        for address in re.findall(rb'(?:href|action|src)="([^"]*)"', answer.body):
            if _leads_away(address.decode().replace("&amp;", "&"), stack.port) and EVIL.encode() in address:
                wrong[where] = (answer.status, address)
    assert wrong == {}


def test_nobody_is_led_away_after_signing_in(ask_https: Ask) -> None:
    wrong = {}
    for where in AWAY:
        form = ask_https("/compte/connexion/")
        token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', form.body)[1].decode()  # type: ignore[index]
        cookie = "; ".join(cookie.partition(";")[0] for cookie in form.cookies)
        body = f"login=chief%40aminata24.example&password=lagune-ebrie-2026&csrfmiddlewaretoken={token}&next="
        answer = ask_https(
            "/compte/connexion/",
            "POST",
            (body + quote(where, safe="")).encode(),
            Cookie=cookie,
            Content_Type="application/x-www-form-urlencoded",
            Referer=f"https://{DOMAIN}/compte/connexion/",
        )
        location = answer.headers.get("location", "")
        if answer.status == 429:
            break
        if answer.status != 302 or _leads_away(location, 0) or "evil=1" in repr(answer.cookies):
            wrong[where] = (answer.status, location)
    assert wrong == {}


@pytest.mark.parametrize(
    "path",
    [
        *("//evil.example", "//evil.example/..", "/%2f/evil.example", "/\\evil.example", "/.//evil.example"),
        *(
            "//evil.example/%2e%2e",
            "/%5cevil.example",
            "/evil.example%2f..",
            "//evil.example/afrique",
            "/afrique//evil.example",
        ),
        *(
            "/%0d%0aLocation:%20//evil.example",
            "/afrique%0d%0aSet-Cookie:%20evil=1",
            "/%09/evil.example",
            "/;//evil.example",
        ),
    ],
)
def test_an_address_without_its_slash_is_completed_on_our_site(ask: Ask, stack: Stack, path: str) -> None:
    answer = ask(path)
    assert answer.status < 500
    assert not _leads_away(answer.headers.get("location", ""), stack.port)
    assert answer.cookies == []


def _leads_away(location: str, port: int) -> bool:
    """Whether a browser would go to another site; it reads a backslash as a slash and leaves out line breaks."""
    if not location:
        return False
    seen = re.sub(r"[\t\r\n]", "", location).strip().replace("\\", "/")
    parts = urlsplit(seen)
    if parts.scheme and parts.scheme not in ("http", "https", "mailto", "tel"):
        return True
    return seen.startswith("//") or (bool(parts.netloc) and parts.netloc not in (f"127.0.0.1:{port}", DOMAIN))


# --- Where it lies ----------------------------------------------------------------

SECRETS = [b"root:x:0", b"SECRET_KEY", b"DJANGO_SETTINGS", b"[core]", b"PRAGMA", b"proxy_pass", b"-----BEGIN"]
UP = ["../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%252f", "%252e%252e/", "..%c0%af", "..%5c", "..\\", ".%00./", "....//"]
TARGETS = [
    "etc/passwd",
    "conf/nginx.conf",
    "../conf/server.conf",
    "log/access.log",
    "data/media/documents/offered-prix.csv",
]


@pytest.mark.parametrize(
    "start", ["/", "/static/", "/static", "/media/", "/media", "/documents/", "/panne/", "/_documents/"]
)
def test_no_path_leads_out_of_its_folder(ask: Ask, start: str) -> None:
    wrong = {}
    for up in UP:
        for target in TARGETS:
            for depth in (1, 2, 6):
                path = start + up * depth + target
                answer = ask(path)
                found = [secret for secret in SECRETS if secret in answer.body]
                if answer.status >= 500 or (200 <= answer.status < 300 and b"</html>" not in answer.body) or found:
                    wrong[path] = (answer.status, found)
    assert wrong == {}


@pytest.mark.parametrize(
    "path",
    [
        *("/static../nginx.conf", "/media../log/access.log", "/static/%00", "/static/js/site.js%00.png", "/media/%00/"),
        *(
            "/panne/502.html",
            "/_documents/offered-film.mp4",
            "/mistake",
            "/static/./../../conf/http.conf",
            "/.git/config",
        ),
        *("/media/r/", "/static/", "/static/js/", "/media/", "/media/original_images/", "/media/documents/"),
        *("/.env", "/manage.py", "/site/aminata24/settings/base.py", "/pyproject.toml", "/uv.lock"),
    ],
)
def test_what_is_ours_is_not_shown(ask: Ask, path: str) -> None:
    assert ask(path).status in (400, 403, 404)
