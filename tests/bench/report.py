"""What `make bench` found, as tables; picture.py draws the same figures."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.bench import cached
from tests.bench.load import CONNECTIONS
from tests.bench.machine import machine
from tests.bench.uncached import SECONDS, Made
from tests.stack import THREADS, WORKERS

WEIGHT_BUDGET = {"HTML": 14_000, "CSS": 10_000, "JavaScript": 8_000}
QUERY_BUDGET = {"front page": 15, "section": 10, "article": 12, "search": 8}
LEAST_SHARE = 0.85
MOST_P99_TIMES = 2
MOST_P99 = 60
MOST_GROWTH = 1.3
# Eight times what WordPress made on a machine like this, 64 to 73.
LEAST_PAGES = 584
BESIDE_COLUMNS = """| what | over | connections | files/s | cached/s | share | files 99 % ms | cached 99 % ms | times |
|---|---|--:|--:|--:|--:|--:|--:|--:|"""
MADE_COLUMNS = """addresses | SQL | cold ms | pages/s | median ms | 99 % ms | CPU ms | of it database |
|---|--:|--:|--:|--:|--:|--:|--:|--:|"""

INTRODUCTION = f"""# What `make bench` found

![Pages a second and waiting times, cached and made anew](results.svg)

The production stack of `site/deploy/`: nginx with two workers, granian with {WORKERS} workers of {THREADS} threads,
PostgreSQL, the settings of production. On the same machine ({{machine}}) `wrk` asks over {CONNECTIONS} connections
without a pause, and takes gzip as browsers do. So the times include waiting in line, and what the load takes is missing
to the server. Aims are in brackets.

The articles are the demo's, copied with names and dates of their own over years; lists, prints and the search index
are what publication makes of them (a test compares). Addresses are many: sections and « En continu » to page 50,
articles of all years, searches for common words, two words side by side, and names that one article to twenty have.
"""

CACHED = f"""
## From nginx's cache, and from files

The same compressed bytes with the same headers, from the same nginx with the access log on: from its cache, which
asks the application for each page anew every second, and as files (`sendfile`, `tcp_nopush`, `open_file_cache`).
One took turns with the other; medians of {cached.TURNS} turns of {cached.SECONDS} seconds each. HTTP/2 is encrypted,
as on a server (`h2load`, one page at a time). How old a page gets is measured below, by alerts.

nginx asks for a page anew on behalf of one of its readers, who has got the kept one. In HTTP/1.1 that reader's
connection takes nothing more until the new page is there, and `wrk` counts such a wait as often as it would have asked
meanwhile: that is the 99 % of several pages, which all turn old in the same second. In HTTP/2 nobody waits for it.
"""

UNCACHED = f"""
## Made for every request

No cache in front: the load asks granian itself, {SECONDS} seconds for each line. As in production, a process remembers
for a second what many pages share (`remember_briefly` and `ShortMemory` in the code: menus, ticker, ads, the newest
stories, cards below articles); what is a page's own comes from the database each time. `SQL` is the most that one of
the pages asks when nothing is remembered, `cold ms` how long such a page takes a process that has nothing else to do.
"""

THROUGH = """
## Made for every request, through nginx

Past its cache: what nginx costs.
"""


@dataclass
class Findings:
    """All that was measured."""

    beside: list[cached.Beside] = field(default_factory=list)
    # With few articles, then with many.
    made: list[list[Made]] = field(default_factory=list)
    through_nginx: list[Made] = field(default_factory=list)
    weights: dict[str, int] = field(default_factory=dict)
    alerts: list[str] = field(default_factory=list)


def report(found: Findings) -> str:
    """The whole as Markdown."""
    parts = [INTRODUCTION.format(machine=machine()), CACHED, BESIDE_COLUMNS, *map(beside_line, found.beside), UNCACHED]
    for made in found.made:
        parts += [f"| {made[0].articles:,} articles | {MADE_COLUMNS}", *map(made_line, made), ""]
    if len(found.made) > 1:
        parts += growth_lines(*found.made)
    parts += [THROUGH, *through_nginx_lines(found)]
    parts += ["\n## Weight of the heaviest article page, gzip\n", "| part | bytes |\n|---|--:|"]
    parts += [f"| {part} | {size} ({WEIGHT_BUDGET[part]}) |" for part, size in found.weights.items()]
    parts += ["\n## From an alert to its readers\n\nThrough all of it, seen in a real browser.\n", *found.alerts]
    return "\n".join(parts) + "\n"


def beside_line(each: cached.Beside) -> str:
    """Cache and files, in BESIDE_COLUMNS."""
    speeds = f"{each.static.per_second:.0f} | {each.cached.per_second:.0f} | {each.share:.0%} ({LEAST_SHARE:.0%})"
    times = each.cached.p99 / each.static.p99
    waits = f"{each.static.p99:.2f} | {each.cached.p99:.2f} | {times:.1f} ({MOST_P99_TIMES})"
    return f"| {each.name} | {each.protocol} | {each.connections} | {speeds} | {waits} |"


def made_line(made: Made) -> str:
    """What pages of a type took, in MADE_COLUMNS."""
    budget = f" ({QUERY_BUDGET[made.kind]})" if made.kind in QUERY_BUDGET else ""
    return (
        f"| {made.kind} | {made.addresses} | {made.queries}{budget} | {made.cold:.1f} "
        f"| {made.load.per_second:.0f} ({LEAST_PAGES}) | {made.load.median:.1f} | {made.load.p99:.1f} ({MOST_P99}) "
        f"| {made.cpu:.2f} | {made.database_cpu:.2f} |"
    )


def growth_lines(small: Sequence[Made], large: Sequence[Made]) -> list[str]:
    """How the figures move when the archive grows."""
    title = f"from {small[0].articles:,} to {large[0].articles:,} articles"
    lines = [f"| {title} | median ms | times | CPU ms | times |\n|---|--:|--:|--:|--:|"]
    for few, many in zip(small, large, strict=True):
        lines.append(
            f"| {few.kind} | {few.load.median:.1f} → {many.load.median:.1f} "
            f"| {many.load.median / few.load.median:.2f} ({MOST_GROWTH}) "
            f"| {few.cpu:.2f} → {many.cpu:.2f} | {many.cpu / few.cpu:.2f} ({MOST_GROWTH}) |"
        )
    return lines


def through_nginx_lines(found: Findings) -> list[str]:
    """What came from granian itself beside what came through nginx."""
    lines = ["| pages/s, 99 % ms, CPU ms of application and database | granian | through nginx |\n|---|--:|--:|"]
    for row in zip(found.made[-1], found.through_nginx, strict=True):
        figures = " | ".join(f"{each.load.per_second:.0f}, {each.load.p99:.1f}, {each.cpu:.2f}" for each in row)
        lines.append(f"| {row[0].kind} | {figures} |")
    return lines
