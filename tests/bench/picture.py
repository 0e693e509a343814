"""The picture of what `make bench` found: an SVG that is readable on a light page and on a dark one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from tests.bench.report import LEAST_PAGES, MOST_P99, Findings

WIDTH = 960
MARGIN = 24
LABELS = 110
ROW = 22
GAP = 14
STYLE = """
text { font: 13px system-ui, sans-serif; fill: var(--ink) }
.title { font-weight: 600; font-size: 15px }
.axis { font-size: 11px; fill: var(--quiet) }
.figure { font-size: 11px; paint-order: stroke; stroke: var(--ground); stroke-width: 4px }
.grid { stroke: var(--rule) }
.aim { stroke: var(--aim); stroke-dasharray: 4 3; stroke-width: 1.5 }
.aim-text { font-size: 11px; fill: var(--aim) }
.first { fill: var(--first) } .second { fill: var(--second) }
svg { --ground: #fffdf9; --ink: #14171f; --quiet: #565b66; --rule: #e4ded4; --aim: #b3121d; --first: #9aa3ad;
  --second: #0b6b4f }
@media (prefers-color-scheme: dark) {
  svg { --ground: #14171f; --ink: #f3efe6; --quiet: #aab0ba; --rule: #343a46; --aim: #ff8f87; --first: #6c7683;
    --second: #3fb58d }
}
"""


@dataclass(frozen=True)
class Bar:
    """A bar, and how far its thin end reaches beyond it: from the median to 99 %, say."""

    value: float
    reach: float | None = None

    @property
    def text(self) -> str:
        """The figure beside it."""
        figures = [self.value] if self.reach is None else [self.value, self.reach]
        return " – ".join(f"{figure:,.0f}" if figure >= 100 else f"{figure:.1f}" for figure in figures)


@dataclass(frozen=True)
class Panel:
    """A chart: rows of one bar per name, and a line for what is aimed at."""

    title: str
    axis: str
    names: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Bar]]]
    aim: float | None = None
    aim_text: str = ""

    @property
    def height(self) -> int:
        """How much room it takes."""
        return 72 + len(self.rows) * (len(self.names) * ROW + GAP) + 44

    @property
    def top(self) -> float:
        """What the axis has to reach."""
        figures = [figure for _, bars in self.rows for bar in bars for figure in (bar.value, bar.reach or 0)]
        return max([*figures, self.aim or 0])


def picture(found: Findings) -> str:
    """Draw all of it."""
    panels = [_beside(found), *_made(found)]
    wide, *pair = panels
    height = wide.height + max(panel.height for panel in pair) + MARGIN
    half = (WIDTH - 3 * MARGIN) / 2
    drawn = [
        _drawn(wide, MARGIN, MARGIN, WIDTH - 2 * MARGIN),
        _drawn(pair[0], MARGIN, MARGIN + wide.height, half),
        _drawn(pair[1], 2 * MARGIN + half, MARGIN + wide.height, half),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="Pages a second and waiting times">\n<style>{STYLE}</style>\n'
        f'<rect width="{WIDTH}" height="{height}" rx="8" style="fill: var(--ground)"/>\n'
        + "\n".join(drawn)
        + "\n</svg>\n"
    )


def _beside(found: Findings) -> Panel:
    rows = [
        (
            f"{each.name}, {each.protocol}, {each.connections}",
            [Bar(each.static.per_second), Bar(each.cached.per_second)],
        )
        for each in found.beside
    ]
    return Panel("From nginx’s files, and from its cache", "pages a second", ["file", "cache"], rows)


def _made(found: Findings) -> list[Panel]:
    names = [f"{made[0].articles:,} articles" for made in found.made]
    kinds = list(zip(*found.made, strict=True))
    speed = [(row[0].kind, [Bar(each.load.per_second) for each in row]) for row in kinds]
    waits = [(row[0].kind, [Bar(each.load.median, each.load.p99) for each in row]) for row in kinds]
    return [
        Panel("Made for every request", "pages a second", names, speed, LEAST_PAGES, f"aim: {LEAST_PAGES}"),
        Panel("How long one of 8 waits", "ms, median – 99 %", names, waits, MOST_P99, f"aim for 99 %: {MOST_P99}"),
    ]


def _drawn(panel: Panel, left: float, top: float, width: float) -> str:
    start, room = left + LABELS, width - LABELS - 90
    step = _step(panel.top)
    ticks = [number * step for number in range(int(panel.top / step) + 2)]

    def at(figure: float) -> float:
        return start + room * figure / ticks[-1]

    bottom = top + panel.height - 44
    parts = [_text(left, top + 14, panel.title, "title"), *_legend(panel, left, top + 36)]
    for tick in ticks:
        parts.append(f'<line class="grid" x1="{at(tick):.1f}" x2="{at(tick):.1f}" y1="{top + 64}" y2="{bottom}"/>')
        parts.append(_text(at(tick), bottom + 14, f"{tick:,.0f}", "axis", "middle"))
    parts.append(_text(start + room / 2, bottom + 30, panel.axis, "axis", "middle"))
    if panel.aim:
        x = at(panel.aim)
        parts.append(f'<line class="aim" x1="{x:.1f}" x2="{x:.1f}" y1="{top + 62}" y2="{bottom}"/>')
        parts.append(_text(x + 4, top + 60, panel.aim_text, "aim-text"))
    line = top + 72
    for label, bars in panel.rows:
        parts.append(_text(start - 8, line + len(bars) * ROW / 2 - 2, label, "label", "end"))
        for kind, bar in zip(_kinds(panel), bars, strict=True):
            parts += _bar(bar, kind, start, at, line)
            line += ROW
        line += GAP
    return "\n".join(parts)


def _bar(bar: Bar, kind: str, start: float, at: Callable[[float], float], line: float) -> list[str]:
    parts = [
        f'<rect class="{kind}" x="{start}" y="{line}" width="{at(bar.value) - start:.1f}" height="{ROW - 6}" rx="2"/>'
    ]
    if bar.reach:
        width = at(bar.reach) - start
        parts.append(f'<rect class="{kind}" x="{start}" y="{line + ROW / 2 - 5}" width="{width:.1f}" height="4"/>')
    parts.append(_text(at(max(bar.value, bar.reach or 0)) + 5, line + 12, bar.text, "figure"))
    return parts


def _kinds(panel: Panel) -> list[str]:
    # A single one is told apart from nothing.
    return ["first", "second"] if len(panel.names) > 1 else ["second"]


def _legend(panel: Panel, left: float, line: float) -> list[str]:
    parts = []
    for kind, name in zip(_kinds(panel), panel.names, strict=True):
        parts.append(f'<rect class="{kind}" x="{left}" y="{line - 9}" width="10" height="10" rx="2"/>')
        parts.append(_text(left + 15, line, name, "axis"))
        left += 40 + 7 * len(name)
    return parts


def _step(top: float) -> float:
    """A round distance between four to eight lines."""
    step = 10 ** (len(str(int(top))) - 1)
    return step if top / step >= 4 else step / 2 if top / step >= 2 else step / 5


def _text(x: float, y: float, text: str, kind: str, anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
