"""
The rules of the MDN HTTP Observatory, on what a site answered.

After https://github.com/mdn/mdn-http-observatory: `src/analyzer/tests/` (what each header is worth) and
`src/grader/charts.js` (modifiers and grades), as of 2025. A site starts at 100; extra points count from 90 on.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

EXTRA_FROM = 90
BROAD = {"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"}
UNSAFE = {"'unsafe-inline'", "data:"}
SIX_MONTHS = 15_552_000


@dataclass(frozen=True)
class Scan:
    """What the scanner saw: the front page over HTTPS, the way there from HTTP, every cookie that was set."""

    headers: dict[str, str]
    html: str
    # Addresses, from the first over HTTP to the last.
    route: list[str]
    cookies: list[str] = field(default_factory=list)


def score(scan: Scan) -> int:
    """The points."""
    modifiers = [modifier for _name, modifier in results(scan)]
    without_extra = 100 + sum(modifier for modifier in modifiers if modifier < 0)
    return 100 + sum(modifiers) if without_extra >= EXTRA_FROM else without_extra


def grade(points: int) -> str:
    """The grade, from A+ down."""
    names = ["A+", "A", "A", "A-", "B+", "B", "B", "B-", "C+", "C", "C", "C-", "D+", "D", "D", "D-", "F"]
    return names[min((100 - min(points, 100) + 4) // 5, len(names) - 1)]


def results(scan: Scan) -> Iterator[tuple[str, int]]:
    """Each test's name and how it changes the score."""
    policy = parse_policy(scan.headers.get("content-security-policy", ""))
    yield "content-security-policy", _policy(policy)
    yield "cookies", _cookies(scan)
    yield "cross-origin-resource-sharing", _sharing(scan.headers)
    yield "redirection", _redirection(scan.route)
    yield "referrer-policy", _referrer(scan.headers.get("referrer-policy"))
    yield "strict-transport-security", 0 if _is_https_for_good(scan.headers) else -20
    yield "subresource-integrity", _integrity(scan.html)
    yield "x-content-type-options", 0 if scan.headers.get("x-content-type-options") == "nosniff" else -5
    yield "x-frame-options", _frames(policy, scan.headers.get("x-frame-options", ""))
    yield "cross-origin-resource-policy", _resource(scan.headers.get("cross-origin-resource-policy"))


def parse_policy(header: str) -> dict[str, set[str]]:
    """{directive: sources}; of a directive that stands twice, the first counts."""
    policy: dict[str, set[str]] = {}
    for part in header.split(";"):
        name, *sources = part.split() or [""]
        if name:
            policy.setdefault(name.lower(), set(sources))
    return policy


def _policy(policy: dict[str, set[str]]) -> int:
    if not policy:
        return -25
    default = policy.get("default-src", {"*"})
    script, style = policy.get("script-src", default), policy.get("style-src", default)
    passive = policy.get("img-src", default) | policy.get("media-src", default)
    active = set().union(*(sources for name, sources in policy.items() if name not in ("img-src", "media-src")))
    if script & (BROAD | UNSAFE) or policy.get("object-src", default) & BROAD:
        return -20
    if any(source.startswith(("http:", "ftp:")) for source in active):
        return -20
    if "'unsafe-eval'" in script | style:
        return -10
    if any(source.startswith(("http:", "ftp:")) for source in passive):
        return -10
    if style & (BROAD | UNSAFE):
        return 0
    return 10 if default == {"'none'"} else 5


def _cookies(scan: Scan) -> int:
    if not scan.cookies:
        return 0
    worst = 5
    for cookie in scan.cookies:
        name, _, rest = cookie.partition("=")
        flags = {flag.strip().lower() for flag in rest.split(";")[1:]}
        is_session = any(word in name.lower() for word in ("login", "sess"))
        same_site = next((flag.partition("=")[2] for flag in flags if flag.startswith("samesite")), "")
        if "secure" not in flags:
            held_by_https = _is_https_for_good(scan.headers)
            worst = min(worst, (-10 if held_by_https else -40) if is_session else (-5 if held_by_https else -20))
        if is_session and "httponly" not in flags:
            worst = min(worst, -30)
        if same_site not in ("lax", "strict"):
            worst = min(worst, -20 if "csrf" in name.lower() or same_site else 0)
    return worst


def _sharing(headers: dict[str, str]) -> int:
    shares_with_all = headers.get("access-control-allow-origin") not in (None, "*")
    return -50 if shares_with_all and headers.get("access-control-allow-credentials") == "true" else 0


def _redirection(route: list[str]) -> int:
    parts = [re.fullmatch(r"(https?)://([^/]+)/.*", address) for address in route]
    steps = [(part[1], part[2]) for part in parts if part]
    if len(steps) < 2 or steps[-1][0] != "https":
        return -20
    if steps[1][0] != "https":
        return -10
    return 0 if steps[0][1] == steps[1][1] else -5


def _referrer(value: str | None) -> int:
    if value is None:
        return 0
    private = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
    return 5 if value.split(",")[-1].strip().lower() in private else -5


def _is_https_for_good(headers: dict[str, str]) -> bool:
    age = re.search(r"max-age=(\d+)", headers.get("strict-transport-security", ""))
    return bool(age) and int(age[1]) >= SIX_MONTHS  # type: ignore[index]


def _integrity(html: str) -> int:
    worst = 0
    for tag in re.findall(r"<script\b[^>]*\bsrc=[^>]*>", html):
        address = re.search(r'src="?([^"\s>]+)', tag)[1]  # type: ignore[index]
        if address.startswith(("//", "http:")):
            worst = min(worst, -50)
        elif address.startswith("https:") and "integrity=" not in tag:
            worst = min(worst, -5)
    return worst


def _frames(policy: dict[str, set[str]], value: str) -> int:
    if "frame-ancestors" in policy:
        return 5
    return 0 if value.lower() in ("deny", "sameorigin") else -20


def _resource(value: str | None) -> int:
    return {None: 0, "cross-origin": 0, "same-origin": 10, "same-site": 10}.get(value, -5)
