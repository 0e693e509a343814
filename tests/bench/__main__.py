"""
`make bench`: how fast pages are made, with nothing cached in front, and what they weigh.

Production settings, PostgreSQL and granian with two workers, as site/deploy/ runs them, on one machine
together with the load. ARTICLES=400 sets how many articles there are.
"""

import os
import tempfile
import time
from pathlib import Path

import django

from tests.bench.load import CONNECTIONS, put_load_on
from tests.bench.server import THREADS, WORKERS, cpu_seconds, free_port, granian, machine, production_environment
from tests.postgres import postgres

RESULTS = Path(__file__).parent / "results.md"
SECONDS = 5.0
QUERY_BUDGET = {"front page": 15, "section": 10, "article": 12, "search": 8}
WEIGHT_BUDGET = {"HTML": 14_000, "CSS": 10_000, "JavaScript": 8_000}


def main() -> None:
    """Set up, measure, report."""
    articles = int(os.environ.get("ARTICLES", "200"))
    with postgres(durable=True) as database, tempfile.TemporaryDirectory(prefix="aminata24-bench-") as data:
        port = free_port()
        os.environ.update(production_environment(port, database, data))
        django.setup()
        from django.core.management import call_command

        from tests.bench.newsroom import fill, paths
        from tests.bench.weights import count_queries, weigh

        started = time.monotonic()
        print(f"Setting up PostgreSQL and {articles} articles …", flush=True)
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("migrate", verbosity=0)
        fill(articles)
        pages = paths()
        lines = ["| page | addresses | SQL | pages/s | median ms | 99 % ms | CPU ms |", "|---|--:|--:|--:|--:|--:|--:|"]
        print(f"… took {time.monotonic() - started:.0f} s\n\n" + "\n".join(lines), flush=True)
        with granian(port) as server:
            for kind, addresses in pages.items():
                queries = max(count_queries(address) for address in addresses[:20])
                put_load_on(port, addresses, 1)
                before = cpu_seconds(server)
                load = put_load_on(port, addresses, SECONDS)
                cpu = (cpu_seconds(server) - before) / load.pages
                lines.append(
                    f"| {kind} | {len(addresses)} | {against(queries, QUERY_BUDGET.get(kind))} "
                    f"| {load.pages / SECONDS:.0f} | {load.median:.1f} | {load.p99:.1f} | {1000 * cpu:.1f} |"
                )
                print(lines[-1], flush=True)
            weights = heaviest([weigh(f"http://127.0.0.1:{port}", address) for address in pages["article"][:24]])
    lines += ["", "| the heaviest article page, gzip | bytes |", "|---|--:|"]
    lines += [f"| {part} | {against(size, WEIGHT_BUDGET[part])} |" for part, size in weights.items()]
    report = "\n".join(lines)
    print("\n".join(lines[-5:]))
    RESULTS.write_text(f"{INTRODUCTION.format(articles=articles, machine=machine())}\n{report}\n")


INTRODUCTION = f"""# What `make bench` found

{{articles}} articles on PostgreSQL, granian with {WORKERS} workers of {THREADS} threads, production settings, no cache
in front.
{CONNECTIONS} connections ask without a pause, so the times include waiting in line; the load ran on the same machine
({{machine}}). CPU is what the two workers used for a page. Budgets are in brackets.
"""


def heaviest(weights: list[dict[str, int]]) -> dict[str, int]:
    """Take the largest of each part."""
    return {part: max(weight[part] for weight in weights) for part in WEIGHT_BUDGET}


def against(value: int, budget: int | None) -> str:
    """Show a figure beside its budget."""
    return f"{value}" if budget is None else f"{value} ({budget})"


if __name__ == "__main__":
    main()
