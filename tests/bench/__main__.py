"""
`make bench`: how fast pages come, from nginx's cache and made anew, with few articles and with many, and more.

The production stack of site/deploy/ on one machine together with the load. `--articles 5000`, or ARTICLES=5000, sets
how many articles there are in the end. What was found goes into results.md and results.svg.
"""

import argparse
import os
import time
from functools import partial
from pathlib import Path

import django

from tests.stack import Stack, production_stack

FEW = 1_000
MANY = 100_000
ARTICLES_CACHED = 10
ARTICLES_WEIGHED = 24
RESULTS = Path(__file__).with_name("results.md")

say = partial(print, flush=True)


def main() -> None:
    """Set up the stack and measure it."""
    arguments = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    arguments.add_argument("--articles", type=int, default=int(os.environ.get("ARTICLES", MANY)))
    articles = arguments.parse_args().articles
    started = time.monotonic()
    say("Setting up the stack …")
    with production_stack() as stack:
        os.environ.update(stack.environment)
        django.setup()
        measure(stack, articles)
    say(f"\nTook {time.monotonic() - started:.0f} s; see {RESULTS} and the picture beside it.")


def measure(stack: Stack, articles: int) -> None:
    """Measure everything, telling on the way, and write it down."""
    from tests.bench import alerts, cached, report, uncached, weights
    from tests.bench.newsroom import fill, session_of_an_editor
    from tests.bench.pages import paths
    from tests.bench.picture import picture

    def make_pages(title: str, port: int, before: str = "") -> list[uncached.Made]:
        say(f"\n{title}: " + report.MADE_COLUMNS)
        made = []
        for each in uncached.measure(stack, count, pages, port, before):
            made.append(each)
            say(report.made_line(each))
        return made

    found = report.Findings()
    for count in sorted({min(FEW, articles), articles}):
        fill(count)
        pages = paths()
        found.made.append(make_pages(f"{count:,} articles", stack.application_port))
    uncached.open_a_way_beside_the_cache(stack)
    found.through_nginx = make_pages("Through nginx, past its cache", stack.port, uncached.BESIDE_THE_CACHE)
    say("\nFrom nginx's cache, and from files")
    sections = [path for path in pages["section"] if "?" not in path]
    several = ["/", *sections, *pages["article"][:ARTICLES_CACHED]]
    compared = {"the front page": ["/"], "an article": pages["article"][:1], f"{len(several)} pages": several}
    say(report.BESIDE_COLUMNS)
    for each in cached.measure(stack, compared):
        found.beside.append(each)
        say(report.beside_line(each))
    say("\nWeights and alerts")
    found.weights = weights.heaviest(weights.weigh(stack.address, pages["article"][:ARTICLES_WEIGHED]))
    found.alerts = alerts.measure(stack, pages["article"][0], session_of_an_editor())
    say("\n".join(found.alerts))
    RESULTS.write_text(report.report(found))
    RESULTS.with_suffix(".svg").write_text(picture(found))


if __name__ == "__main__":
    main()
