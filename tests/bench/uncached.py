"""Pages that are made for every request: how many, how long one waits, and what they take of the machine."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from django.db import connection

from tests.bench.load import Load, put_load_on
from tests.bench.machine import cpu_seconds, database_process
from tests.bench.weights import cold_milliseconds, count_queries
from tests.stack import Stack

SECONDS = 5
# Enough to find the slowest: the first pages, the last, and some between.
PAGES_COUNTED = 20
# What is asked for below it goes past nginx's cache.
BESIDE_THE_CACHE = "/uncached"


@dataclass(frozen=True)
class Made:
    """
    What pages of one type took.

    `cold`: milliseconds in one process that remembers nothing; CPU milliseconds a page under load, of the application
    and of the database.
    """

    kind: str
    articles: int
    addresses: int
    queries: int
    cold: float
    load: Load
    application_cpu: float
    database_cpu: float

    @property
    def cpu(self) -> float:
        """What a page takes in all."""
        return self.application_cpu + self.database_cpu


def measure(stack: Stack, articles: int, pages: dict[str, list[str]], port: int, before: str = "") -> Iterator[Made]:
    """Ask for {type: addresses} at a port, each address with `before` in front of it."""
    database = database_process(connection.settings_dict["HOST"])
    application = stack.processes["application"].pid
    for kind, addresses in pages.items():
        some = addresses[:: 1 + len(addresses) // PAGES_COUNTED]
        queries = max(count_queries(address) for address in some)
        cold = median(cold_milliseconds(address) for address in some * 3)
        asked = [before + address for address in addresses]
        put_load_on(port, asked, 2)
        used = cpu_seconds(application), cpu_seconds(database)
        load = put_load_on(port, asked, SECONDS)
        application_cpu, database_cpu = (
            1000 * (cpu_seconds(process) - earlier) / max(1, load.pages)
            for process, earlier in zip((application, database), used, strict=True)
        )
        yield Made(kind, articles, len(addresses), queries, cold, load, application_cpu, database_cpu)


def open_a_way_beside_the_cache(stack: Stack) -> None:
    """Let nginx hand what is asked for below /uncached/ to the application, past its cache."""
    (stack.home / "conf" / "beside" / "uncached.conf").write_text(
        f"location {BESIDE_THE_CACHE}/ {{\n    rewrite ^{BESIDE_THE_CACHE}(/.*)$ $1 break;\n"
        f"    include {stack.home}/conf/application.conf;\n}}"
    )
    stack.reload_nginx()
