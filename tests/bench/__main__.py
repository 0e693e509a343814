"""
`make bench`: how fast pages are made, with nothing cached in front, what they weigh, and how soon an alert is seen.

The production stack of site/deploy/ on one machine together with the load. ARTICLES=400 sets how many articles there
are.
"""

import os
import time
from collections import Counter
from pathlib import Path

import django

from tests.bench import alerts
from tests.bench.load import CONNECTIONS, put_load_on
from tests.bench.machine import cpu_seconds, machine
from tests.stack import THREADS, WORKERS, production_stack

RESULTS = Path(__file__).parent / "results.md"
SECONDS = 5.0
QUERY_BUDGET = {"front page": 15, "section": 10, "article": 12, "search": 8}
WEIGHT_BUDGET = {"HTML": 14_000, "CSS": 10_000, "JavaScript": 8_000}


def main() -> None:
    """Set up, measure, report."""
    articles = int(os.environ.get("ARTICLES", "200"))
    started = time.monotonic()
    print(f"Setting up the stack and {articles} articles …", flush=True)
    with production_stack() as stack:
        os.environ.update(stack.environment)
        django.setup()
        from tests.bench.newsroom import fill, paths, session_of_an_editor
        from tests.bench.weights import count_queries, weigh

        fill(articles)
        pages = paths()
        lines = ["| page | addresses | SQL | pages/s | median ms | 99 % ms | CPU ms |", "|---|--:|--:|--:|--:|--:|--:|"]
        print(f"… took {time.monotonic() - started:.0f} s\n\n" + "\n".join(lines), flush=True)
        application, port = stack.processes["application"].pid, stack.application_port
        for kind, addresses in pages.items():
            queries = max(count_queries(address) for address in addresses[:20])
            put_load_on(port, addresses, 1)
            before = cpu_seconds(application)
            load = put_load_on(port, addresses, SECONDS)
            cpu = (cpu_seconds(application) - before) / load.pages
            lines.append(
                f"| {kind} | {len(addresses)} | {against(queries, QUERY_BUDGET.get(kind))} "
                f"| {load.pages / SECONDS:.0f} | {load.median:.1f} | {load.p99:.1f} | {1000 * cpu:.1f} |"
            )
            print(lines[-1], flush=True)
        weights = heaviest(weigh(stack.address, pages["article"][:24]))
        seen = alerts.measure(stack, pages["article"][0], session_of_an_editor())
    lines += ["", "| the heaviest article page, gzip | bytes |", "|---|--:|"]
    lines += [f"| {part} | {against(size, WEIGHT_BUDGET[part])} |" for part, size in weights.items()]
    lines += ["", *seen]
    report = "\n".join(lines)
    print("\n".join(lines[-10:]))
    RESULTS.write_text(f"{INTRODUCTION.format(articles=articles, machine=machine())}\n{report}\n")


INTRODUCTION = f"""# What `make bench` found

{{articles}} articles on PostgreSQL, granian with {WORKERS} workers of {THREADS} threads, production settings, no cache
in front.
{CONNECTIONS} connections ask without a pause, so the times include waiting in line; the load ran on the same machine
({{machine}}). CPU is what the two workers used for a page. Budgets are in brackets. Alerts went through nginx as well,
and were seen in a real browser.
"""


def heaviest(weights: list[Counter[str]]) -> dict[str, int]:
    """Take the largest of each part."""
    return {part: max(weight[part] for weight in weights) for part in WEIGHT_BUDGET}


def against(value: int, budget: int | None) -> str:
    """Show a figure beside its budget."""
    return f"{value}" if budget is None else f"{value} ({budget})"


if __name__ == "__main__":
    main()
