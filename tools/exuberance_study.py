"""Ask PSY and LPPLS about known booms and about all other times.

    python tools/exuberance_study.py [FOLDER]

FOLDER holds the reference market data (``index/`` and ``bubbles/``); by default ``market`` in the
folder ``shared`` beside the checkout. Every answer uses closes up to its date only. The tables go
into ``docs/evidence/exuberance.md`` between their marks, the charts beside it. Nothing is drawn at
random but the block bootstrap of the intervals, whose seed is below: the same data, the same page.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rich.progress import Progress

from exuberance_measure import (
    ALARMS,
    BEFORE,
    BOOMS,
    INDICES,
    ROOT,
    Alarm,
    Booleans,
    Grid,
    Top,
    block_counts,
    block_difference,
    block_interval,
    study,
    threshold_at,
    wilson,
)

PAGE = ROOT / "docs" / "evidence" / "exuberance.md"
SCORES = {
    "rise": "rise in 250 sessions",
    "psy 500": "PSY, last 500",
    "psy 1000": "PSY, last 1000",
    "psy 500 wild": "PSY, last 500, wild bootstrap",
    "lppls short": "LPPLS short",
    "lppls medium": "LPPLS medium",
    "lppls long": "LPPLS long",
}
MATCHED_RATES = (0.05, 0.10)


def main() -> None:
    """Run the study and write the page's tables and charts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT.parent / "shared" / "market")
    folder = parser.parse_args().folder
    if not (folder / "index").is_dir():
        sys.exit(f"No reference market data: {folder} has no folder 'index'.")
    begin = time.perf_counter()
    with Progress() as progress:
        tops, grid = study(folder, progress)
    write(tops, grid)
    print(f"{len(tops)} booms and {grid.dates.size} dates in {time.perf_counter() - begin:.0f} s")


def write(tops: Sequence[Top], grid: Grid) -> None:
    """Fill the page's blocks and draw the charts."""
    text = PAGE.read_text(encoding="utf-8")
    text = filled(text, "sizes", sizes(tops, grid))
    text = filled(text, "recall", recall_table(tops))
    text = filled(text, "alarms", alarm_table(grid))
    text = filled(text, "matched", matched_table(tops, grid))
    text = filled(text, "falls", fall_table(grid))
    text = filled(text, "booms", boom_table(tops))
    text = filled(text, "stretches", stretch_table())
    PAGE.write_text(text, encoding="utf-8")
    draw(interval_chart(tops, grid), PAGE.with_name("exuberance-alarms.svg"))
    draw(curve_chart(tops, grid), PAGE.with_name("exuberance-curves.svg"))


def filled(text: str, name: str, content: str) -> str:
    """Return the page with one block between its marks replaced."""
    pattern = re.compile(f"(<!-- study: {name} -->\n).*?(\n<!-- end -->)", re.DOTALL)
    if not pattern.search(text):
        raise ValueError(f"The page has no block named {name}")
    return pattern.sub(lambda match: f"{match[1]}\n{content}\n{match[2]}", text)


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def share(low_high: tuple[float, float], hits: int, trials: int) -> str:
    """Return a share with its interval, as "55% (36 to 72%)"."""
    if trials == 0:
        return "–"
    return f"{hits / trials:.0%} ({100 * low_high[0]:.0f} to {low_high[1]:.0%})"


def sizes(tops: Sequence[Top], grid: Grid) -> str:
    """Return the sentence on how much was looked at."""
    near = np.count_nonzero(grid.near)
    return (
        f"{len(tops)} booms; {grid.dates.size:,} dates of {len(INDICES)} indices from "
        f"{min(grid.dates)} to {max(grid.dates)}, {near:,} of them ({near / grid.dates.size:.1%})"
        f" before a top of the list and {grid.dates.size - near:,} other times."
    )


def recalled(alarm: Alarm, tops: Sequence[Top]) -> tuple[np.ndarray, np.ndarray]:
    """Return how many booms the alarm rang for at each distance, and how many had an answer."""
    rings = np.array([alarm.rings(top.scores) for top in tops])
    return np.nansum(rings, axis=0).astype(int), np.count_nonzero(~np.isnan(rings), axis=0)


def recall_table(tops: Sequence[Top]) -> str:
    """Return the recall of every alarm, with Wilson's intervals."""
    rows = []
    for alarm in ALARMS:
        cells = [
            f"{hit} of {n}: {share(wilson(int(hit), int(n)), hit, n)}"
            for hit, n in zip(*recalled(alarm, tops), strict=True)
        ]
        rows.append([alarm.name, *cells])
    return table(["Alarm", *(f"{n} sessions before" if n else "at the top" for n in BEFORE)], rows)


def counted(grid: Grid, hits: Booleans, trials: Booleans) -> str:
    """Return a share of the grid's dates with its block bootstrap interval."""
    counts = block_counts(grid.dates, hits, trials)
    return share(block_interval(*counts), int(counts[0].sum()), int(counts[1].sum()))


def alarm_table(grid: Grid) -> str:
    """Return alarm rates at other times, before tops, and precision."""
    rows = []
    for alarm in ALARMS:
        rings, measured = rung(alarm, grid)
        rows.append(
            [
                alarm.name,
                counted(grid, rings, measured & ~grid.near),
                counted(grid, rings, measured & grid.near),
                f"{np.count_nonzero(rings):,}",
                counted(grid, grid.near, rings),
            ]
        )
    every = np.ones(grid.dates.size, dtype=bool)
    rows.append(["*any date (the base rate)*", "", "", "", counted(grid, grid.near, every)])
    header = ["Alarm", "Alarm rate at other times", "Alarm rate in the 250 sessions before a top"]
    return table([*header, "Alarms", "Precision: such a top within 250 sessions"], rows)


def matched_table(tops: Sequence[Top], grid: Grid) -> str:
    """Return recall 20 sessions before the top where all scores ring equally often elsewhere."""
    rows = []
    for key, name in SCORES.items():
        other = grid.scores[key][~grid.near]
        before = np.array([top.scores[key][BEFORE.index(20)] for top in tops])
        asked = np.count_nonzero(~np.isnan(before))
        cells = []
        for rate in MATCHED_RATES:
            threshold = threshold_at(other, rate, least=0.0 if key.startswith("lppls") else -np.inf)
            hit = np.count_nonzero(before >= threshold)
            rings = np.count_nonzero(other >= threshold) / np.count_nonzero(~np.isnan(other))
            cells.append(
                f"{hit} of {asked}: {share(wilson(hit, asked), hit, asked)}, at {rings:.1%}"
            )
        rows.append([name, *cells])
    return table(
        ["Score", *(f"Recall at an alarm rate of {rate:.0%}" for rate in MATCHED_RATES)], rows
    )


def fall_table(grid: Grid) -> str:
    """Return how often a fall followed an alarm, and how often it did without one."""
    known, down = ~np.isnan(grid.fell), grid.fell == 1
    rows = [["*any date (the base rate)*", f"{known.sum():,}", counted(grid, down, known), "", ""]]
    for alarm in ALARMS:
        rings, measured = rung(alarm, grid)
        with_alarm, without = rings & known, measured & ~rings & known
        rows.append(
            [
                alarm.name,
                f"{with_alarm.sum():,}",
                counted(grid, down, with_alarm),
                counted(grid, down, without),
                difference(grid, down, with_alarm, without),
            ]
        )
    header = ["Alarm", "Dates with an alarm", "Fall of 20% after an alarm", "Fall without one"]
    return table([*header, "Difference, percentage points"], rows)


def difference(grid: Grid, hits: Booleans, first: Booleans, second: Booleans) -> str:
    """Return how far the share of hits is apart between two sets of dates, as "+5 (-3 to +12)"."""
    counts = [block_counts(grid.dates, hits, trials) for trials in (first, second)]
    if not (first.any() and second.any()):
        return "–"
    rates = [hit.sum() / asked.sum() for hit, asked in counts]
    low, high = block_difference(*counts)
    return f"{100 * (rates[0] - rates[1]):+.0f} ({100 * low:+.0f} to {100 * high:+.0f})"


def rung(alarm: Alarm, grid: Grid) -> tuple[Booleans, Booleans]:
    """Return at which dates the alarm rang, and at which it could be measured."""
    rings = alarm.rings(grid.scores)
    return rings == 1, ~np.isnan(rings)


def boom_table(tops: Sequence[Top]) -> str:
    """Return what was said before every top."""
    rows = [
        [
            top.boom.name,
            top.date,
            f"{top.fall:.0%}",
            *(psy_cell(top, size) for size in ("psy 500", "psy 1000")),
            *(lppls_cell(top, scale) for scale in ("short", "medium", "long")),
        ]
        for top in tops
    ]
    header = ["Boom", "Top", "Fall after", "PSY 500", "PSY 1000"]
    return table([*header, "LPPLS short, %", "LPPLS medium, %", "LPPLS long, %"], rows)


def psy_cell(top: Top, key: str) -> str:
    """Return the three answers of PSY in words."""
    words = []
    for margin, rising in zip(top.scores[key], top.scores[f"{key} rising"], strict=True):
        if np.isnan(margin):
            words.append("–")
        elif margin < 0:
            words.append("no")
        else:
            words.append("yes" if np.isfinite(rising) else "falling")
    return " / ".join(words)


def lppls_cell(top: Top, scale: str) -> str:
    """Return the three confidence indicators in percent."""
    values = top.scores[f"lppls {scale}"]
    return " / ".join("–" if np.isnan(value) else f"{100 * value:.0f}" for value in values)


def stretch_table() -> str:
    """Return the stretch in which each top was looked for."""
    rows = [
        [boom.name, f"`{boom.file.split('/')[1]}`", f"{boom.first} to {boom.last}"]
        for boom in BOOMS
    ]
    return table(["Boom", "Series", "Highest close of"], rows)


def interval_chart(tops: Sequence[Top], grid: Grid) -> object:
    """Draw recall 20 sessions before the top beside the alarm rate at other times."""
    import altair as alt

    rows = []
    for alarm in ALARMS:
        hits, asked = recalled(alarm, tops)
        hit, n = int(hits[BEFORE.index(20)]), int(asked[BEFORE.index(20)])
        rings, measured = rung(alarm, grid)
        counts = block_counts(grid.dates, rings, measured & ~grid.near)
        rows += [
            row(alarm.name, "20 sessions before a known top", hit / n, wilson(hit, n)),
            row(
                alarm.name,
                "at other times",
                float(counts[0].sum() / counts[1].sum()),
                block_interval(*counts),
            ),
        ]
    kinds = ["20 sessions before a known top", "at other times"]
    y = alt.Y("alarm:N", sort=[alarm.name for alarm in ALARMS], title=None).axis(labelLimit=260)
    colour = alt.Color("kind:N", title="Share of alarms").scale(
        domain=kinds, range=["#b3541e", "#1f6f8b"]
    )
    base = alt.Chart(alt.Data(values=rows)).encode(y=y, color=colour.legend(orient="top"))
    offset = alt.YOffset("kind:N", sort=kinds)
    percent = alt.X("low:Q", title="share of dates, with 95% interval").axis(format="%")
    bars = base.mark_rule(strokeWidth=2).encode(x=percent, x2="high:Q", yOffset=offset)
    dots = base.mark_circle(size=60, opacity=1).encode(x="rate:Q", yOffset=offset)
    return (bars + dots).properties(width=460, height=alt.Step(14))


def row(name: str, kind: str, rate: float, interval: tuple[float, float]) -> dict[str, object]:
    """Return one datum of the chart of intervals."""
    return {"alarm": name, "kind": kind, "rate": rate, "low": interval[0], "high": interval[1]}


def curve_chart(tops: Sequence[Top], grid: Grid) -> object:
    """Draw recall against the alarm rate at other times for every threshold."""
    import altair as alt

    rows = []
    for key, name in SCORES.items():
        before = np.array([top.scores[key][BEFORE.index(20)] for top in tops])
        other = grid.scores[key][~grid.near]
        before, other = before[~np.isnan(before)], other[~np.isnan(other)]
        thresholds = np.unique(before)[::-1]
        rows.append({"test": name, "rate": 0.0, "recall": 0.0})
        rows += [
            {
                "test": name,
                "rate": round(float(np.mean(other >= threshold)), 4),
                "recall": round(float(np.mean(before >= threshold)), 4),
            }
            for threshold in thresholds
            if threshold > 0 or not key.startswith("lppls")
        ]
    rate = alt.X("rate:Q", title="alarm rate at other times").axis(format="%")
    recall = alt.Y("recall:Q", title="recall 20 sessions before the top").axis(format="%")
    curves = (
        alt.Chart(alt.Data(values=rows))
        .mark_line(interpolate="step-after", strokeWidth=2)
        .encode(
            x=rate,
            y=recall,
            color=alt.Color("test:N", title=None, sort=list(SCORES.values())),
            order="recall:Q",
        )
    )
    ends = alt.Data(values=[{"rate": 0.0, "recall": 0.0}, {"rate": 1.0, "recall": 1.0}])
    chance = alt.Chart(ends).mark_line(strokeDash=[4, 4], color="#888888").encode(x=rate, y=recall)
    return (chance + curves).properties(width=420, height=320)


def draw(chart: object, path: Path) -> None:
    """Write a chart as SVG on white, for light and dark pages."""
    import vl_convert

    specification = {**chart.to_dict(), "background": "white"}  # type: ignore[attr-defined]
    path.write_text(vl_convert.vegalite_to_svg(specification), encoding="utf-8")


if __name__ == "__main__":
    main()
