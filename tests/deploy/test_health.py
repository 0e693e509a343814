"""Health, figures and logs through the real stack: from nginx to the query."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import psycopg
import pytest

from tests.conftest import PASSWORD
from tests.deploy.conftest import Answer, Ask, ask_raw
from tests.stack import PATIENCE_SECONDS, Stack

SAID_BY_CLIENT = "c" * 32


@pytest.fixture
def database_log(stack: Stack) -> Iterator[Path]:
    """PostgreSQL's log, while it writes every query down."""
    url = stack.environment["DATABASE_URL"]
    directory = Path(url.partition("@/")[2]).parent

    def say(statement: str) -> None:
        with psycopg.connect(host=str(directory), user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(statement)
            connection.execute("SELECT pg_reload_conf()")

    say("ALTER SYSTEM SET log_statement = 'all'")
    yield directory / "data" / "log"
    say("ALTER SYSTEM RESET log_statement")


def lines_about(words: str, log: Path, at_least: int = 1) -> list[str]:
    """The lines of a log that hold these words, once they are written."""
    until = time.monotonic() + PATIENCE_SECONDS
    while len(found := [line for line in log.read_text(errors="replace").splitlines() if words in line]) < at_least:
        assert time.monotonic() < until, f"{words} is not in {log}"
        time.sleep(0.1)
    return found


def test_one_id_leads_from_nginx_to_the_query(stack: Stack, ask: Ask, database_log: Path) -> None:
    answer = ask("/recherche/?q=from-nginx-to-sql", X_Request_ID=SAID_BY_CLIENT)
    request = answer.headers["x-request-id"]
    assert re.fullmatch("[0-9a-f]{32}", request)
    access = json.loads(lines_about(request, stack.home / "log" / "access.log")[0])
    assert (access["path"], access["status"]) == ("/recherche/", 200)
    queries = lines_about(f"/* {request} */", database_log)
    assert any("SELECT" in line for line in queries)
    assert SAID_BY_CLIENT not in database_log.read_text(errors="replace")


def test_every_reader_of_a_kept_page_has_an_id_of_their_own(ask: Ask) -> None:
    path = "/en-continu/?test=ids"
    first, second = ask(path, Accept_Encoding="gzip"), ask(path, Accept_Encoding="gzip")
    assert second.cache == "HIT"
    assert first.body == second.body
    assert first.headers["x-request-id"] != second.headers["x-request-id"]


def test_a_failure_is_logged_as_json_with_the_id_of_nginx(stack: Stack, ask: Ask) -> None:
    answer = ask("/compte/connexion/", method="POST", body=b"login=x&password=a-password-in-the-body")
    assert answer.status == 403
    line = json.loads(lines_about(answer.headers["x-request-id"], stack.home / "log" / "application.log")[0])
    assert line["level"] == "WARNING"
    assert line["path"] == "/compte/connexion/"


def test_the_stack_is_ready_and_says_so_to_this_machine(ask: Ask) -> None:
    answer = ask("/sante/")
    told = json.loads(answer.body)
    assert answer.status == 200, told
    assert told["checks"]["worker"]["status"] == "ok"
    assert "x-cache" not in answer.headers
    assert json.loads(ask("/sante/vivant/").body) == {"status": "ok"}


def test_somebody_elsewhere_is_told_one_word(stack: Stack) -> None:
    """What nginx says of where a request comes from, said to the application itself."""
    request = b"GET /sante/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Forwarded-For: 203.0.113.7\r\n\r\n"
    answer = ask_raw(stack.application_port, request)
    assert list(json.loads(answer.body)) == ["status"]


def test_a_client_cannot_claim_to_be_this_machine(stack: Stack) -> None:
    request = b"GET /sante/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Forwarded-For: 127.0.0.1, 203.0.113.7\r\n\r\n"
    assert list(json.loads(ask_raw(stack.application_port, request).body)) == ["status"]


def figures(stack: Stack) -> dict[str, float]:
    """What Prometheus would read."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{stack.figures_port}/metrics") as answer:
                lines = answer.read().decode().splitlines()
            return {name: float(value) for name, value in (x.rsplit(" ", 1) for x in lines if not x.startswith("#"))}
        except OSError:
            # It has just been started.
            assert time.monotonic() < until
            time.sleep(0.2)


def test_prometheus_reads_what_all_processes_counted(stack: Stack, ask: Ask) -> None:
    asked = 'aminata24_requests_total{status="200",view="latest"}'
    before = figures(stack).get(asked, 0)
    for number in range(10):
        ask(f"/en-continu/?test=figures-{number}")
    told = figures(stack)
    assert told[asked] == before + 10
    assert told['aminata24_request_seconds_bucket{le="+Inf",view="latest"}'] >= 10
    assert told['aminata24_queries_total{view="latest"}'] > 0
    assert told['aminata24_check{check="database"}'] == 0
    assert told["aminata24_worker_silence_seconds"] < 60
    assert told["aminata24_comments_waiting"] >= 0


def test_figures_are_for_this_machine_alone(stack: Stack, ask: Ask) -> None:
    for path in ("/metrics", "/metrics/", "/sante/metrics", "/figures/"):
        assert b"aminata24_" not in ask(path).body
    address = urlsplit(stack.address).hostname
    with urlopen(f"http://{address}:{stack.figures_port}/metrics") as answer:
        assert answer.status == 200
    assert f":{stack.figures_port} " not in _listening_everywhere()


def test_no_log_holds_a_secret(stack: Stack, ask: Ask) -> None:
    """What a form sends, what a mail's link holds, cookies and queries; also while the application is down."""
    links = [
        "/compte/adresse/confirmer/MQ:secret-key:x/",
        "/compte/mot-de-passe/nouveau/1-secret-key/",
        "/lettre/confirmer/secret-token/",
        "/lettre/desinscription/secret-token/",
    ]

    def everything() -> list[Answer]:
        body = f"login=chief@aminata24.example&password={PASSWORD}".encode()
        kind = "application/x-www-form-urlencoded"
        return [
            *(ask(link, Cookie="sessionid=secret-session") for link in links),
            ask("/compte/connexion/?token=secret-in-the-query", method="POST", body=body, Content_Type=kind),
            ask("/compte/google/login/callback/?code=secret-in-the-query"),
            ask("/moi/", Cookie="sessionid=secret-session"),
        ]

    ask("/recherche/?q=words-of-a-reader")
    assert max(answer.status for answer in everything()) < 500
    stack.stop("application", 9)
    try:
        down = everything()
        assert {502, 504} & {answer.status for answer in down}
    finally:
        stack.start_application()
        stack.wait_until_it_answers("/en-continu/?test=again")
    logs = stack.home / "log"
    last = down[-1].headers["x-request-id"]
    # Each of nginx's processes holds its own lines back for a while.
    for words in (last, '"path":"/recherche/"'):
        lines_about(words, logs / "access.log")
    written = "".join(log.read_text(errors="replace") for log in logs.glob("*.log"))
    assert written.count("/lettre/confirmer/[masked]") >= 2
    for secret in (
        "words-of-a-reader",
        "secret-",
        PASSWORD,
        "chief@",
        stack.environment["SECRET_KEY"],
        stack.environment["DATABASE_URL"],
    ):
        assert secret not in written, [line for line in written.splitlines() if secret in line][:3]


def test_a_link_out_of_a_mail_is_not_told_to_what_its_page_loads(ask: Ask) -> None:
    assert ask("/lettre/confirmer/secret-token/").headers["referrer-policy"] == "strict-origin"


def _listening_everywhere() -> str:
    """The sockets of /proc/net/tcp that are bound to all addresses, as ":port "."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return "".join(f":{int(row[1][9:], 16)} " for row in rows if row[1].startswith("00000000:") and row[3] == "0A")
