"""The grade that the MDN HTTP Observatory gives the site as it stands on a server: A+."""

import re
from collections.abc import Callable

import pytest

from tests.deploy.conftest import DOMAIN, Answer
from tests.deploy.observatory import Scan, grade, results, score

AskHttps = Callable[..., Answer]

GOOD = Scan(
    headers={
        "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; frame-ancestors 'self'",
        "strict-transport-security": "max-age=31536000",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
    },
    html='<script src="/static/a.js"></script>',
    route=["http://a.example/", "https://a.example/"],
)


@pytest.mark.parametrize("path", ["/", "/afrique/la-lagune/", "/recherche/?q=lagune", "/compte/connexion/", "/lettre/"])
def test_the_site_gets_an_a_plus(ask_https: AskHttps, ask_http: AskHttps, path: str) -> None:
    first = ask_http(path)
    page = ask_https(path)
    scan = Scan(page.headers, page.body.decode(), [f"http://{DOMAIN}{path}", first.headers["location"]], page.cookies)

    assert page.status == 200
    assert grade(score(scan)) == "A+", dict(results(scan))
    assert min(modifier for _name, modifier in results(scan)) == 0


def test_the_cookies_of_a_reader_who_signs_in_are_for_us_alone(ask_https: AskHttps) -> None:
    form = ask_https("/compte/connexion/")
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', form.body)[1].decode()  # type: ignore[index]
    cookie = "; ".join(cookie.partition(";")[0] for cookie in form.cookies)
    answer = ask_https(
        "/compte/connexion/",
        "POST",
        f"login=chief%40aminata24.example&password=lagune-ebrie-2026&csrfmiddlewaretoken={token}".encode(),
        Cookie=cookie,
        Content_Type="application/x-www-form-urlencoded",
        Referer=f"https://{DOMAIN}/compte/connexion/",
    )

    assert answer.status == 302
    cookies = {cookie.partition("=")[0]: cookie for cookie in answer.cookies}
    assert {"sessionid", "csrftoken"} <= set(cookies)
    assert all("Secure" in cookie and "SameSite=Lax" in cookie for cookie in cookies.values())
    assert "HttpOnly" in cookies["sessionid"]
    assert score(Scan(answer.headers, "", GOOD.route, answer.cookies)) >= 100


def test_the_rules_know_good_from_bad() -> None:
    assert score(GOOD) == 130
    assert grade(score(GOOD)) == "A+"
    bare = Scan({}, '<script src="//cdn.example/a.js"></script>', ["http://a.example/"], ["sessionid=1"])
    assert dict(results(bare)) == {
        "content-security-policy": -25,
        "cookies": -40,
        "cross-origin-resource-sharing": 0,
        "redirection": -20,
        "referrer-policy": 0,
        "strict-transport-security": -20,
        "subresource-integrity": -50,
        "x-content-type-options": -5,
        "x-frame-options": -20,
        "cross-origin-resource-policy": 0,
    }
    assert grade(score(bare)) == "F"


@pytest.mark.parametrize(
    ("policy", "points"),
    [
        ("script-src 'self' 'unsafe-inline'", -20),
        ("default-src 'none'; script-src https:", -20),
        ("default-src 'self'; frame-src http://a.example", -20),
        ("default-src 'none'; script-src 'self' 'unsafe-eval'", -10),
        ("default-src 'none'; style-src 'unsafe-inline'", 0),
        ("default-src 'self'", 5),
        ("default-src 'none'", 10),
    ],
)
def test_a_policy_is_worth_its_weakest_part(policy: str, points: int) -> None:
    scan = Scan({"content-security-policy": policy}, "", [])
    assert dict(results(scan))["content-security-policy"] == points


@pytest.mark.parametrize(("points", "name"), [(130, "A+"), (100, "A+"), (95, "A"), (85, "A-"), (50, "C"), (0, "F")])
def test_points_make_a_grade(points: int, name: str) -> None:
    assert grade(points) == name
