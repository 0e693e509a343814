"""Whatever comes over the wire, nginx and the application answer it, at once, and not with a failure."""

import pytest

from tests.deploy.bad_requests import MAY_GET_A_PAGE, REQUESTS
from tests.deploy.conftest import ask_raw
from tests.stack import Stack


def test_there_are_more_than_three_hundred_bad_requests() -> None:
    assert len(REQUESTS) > 300


@pytest.mark.parametrize("kind", ["method", "line", "path", "query", "header", "parameter"])
def test_a_bad_request_is_refused_and_fails_nothing(stack: Stack, kind: str) -> None:
    wrong = {}
    for name, request in REQUESTS.items():
        if not name.startswith(f"{kind} "):
            continue
        try:
            answer = ask_raw(stack.port, request, patience=5)
        except TimeoutError:
            wrong[name] = "no answer"
            continue
        # An address without its last slash is shown the way, and that leads to no page either.
        is_shown_the_way = answer.status == 301 and answer.headers["location"].startswith("/")
        fine = answer.status == 0 or 400 <= answer.status < 500 or is_shown_the_way
        may_pass = name.startswith(MAY_GET_A_PAGE) and answer.status in (200, 206, 301, 302, 304)
        if not (fine or may_pass):
            wrong[name] = f"{answer.status} {answer.headers.get('location', '')}"
    assert wrong == {}


def test_a_form_of_ten_thousand_fields_is_refused(stack: Stack) -> None:
    for path in ("/lettre/", "/compte/connexion/", "/commentaires/1/ecrire/", "/admin/"):
        body = "&".join(f"f{number}=1" for number in range(20_000)).encode()
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{stack.port}\r\nConnection: close\r\n"
        head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        answer = ask_raw(stack.port, head.encode() + body)
        assert answer.status == 302 or 400 <= answer.status < 500, path


def test_the_site_is_well_after_all_that(stack: Stack) -> None:
    stack.wait_until_it_answers("/afrique/")
    failures = (stack.home / "log" / "application.log").read_text()
    assert "Traceback" not in failures
