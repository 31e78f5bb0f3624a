"""The page on the track record, written from what was scored and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

from springtide.files import write_files
from springtide.numerics.resampling import BLOCK, DRAWS, LEAST_BLOCKS
from springtide.outlook.record import TrackRecord
from springtide.outlook.report_charts import draw
from springtide.outlook.report_findings import failures, five_sentences, plain_words
from springtide.outlook.report_tables import (
    NAMES,
    NamedDay,
    both,
    brier_table,
    calibration_table,
    coverage_by_table,
    coverage_table,
    crps_table,
    group_table,
    hindsight_table,
    method_table,
    named_table,
    pit_table,
    set_table,
    sharpness_table,
    skill_table,
    variant_table,
)
from springtide.outlook.scoring import PUBLISHED

PAGE = "outlook.md"


@dataclass(frozen=True, slots=True)
class Made:
    """How the record was made: command, versions of the tables, last day of the data, time."""

    command: str
    versions: tuple[tuple[str, int], ...] = ()
    data_to: date | None = None
    seconds: float | None = None


def write_report(
    record: TrackRecord, folder: Path, made: Made, named: Sequence[NamedDay] = ()
) -> tuple[Path, ...]:
    """Write the page and its charts.

    Parameters
    ----------
    record
        From :func:`springtide.outlook.scoring.score`.
    folder
        Where ``outlook.md`` and the charts go.
    made
        How the record came about.
    named
        Days of which it is told what was said and what came.

    Returns
    -------
    tuple[Path, ...]
        The files written.

    Raises
    ------
    SpringtideError
        The folder cannot be written to.

    Examples
    --------
    >>> import tempfile
    >>> empty = TrackRecord((), (), 0, 0, 0, None, None, ())
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write_report(empty, Path(folder), Made("springtide backtest"))]
    ['outlook.md']
    """
    charts = draw(record)
    return write_files(folder, {PAGE: page(record, made, named, tuple(charts)), **charts})


def page(
    record: TrackRecord, made: Made, named: Sequence[NamedDay] = (), charts: Sequence[str] = ()
) -> str:
    """Return the page as Markdown, with links to the charts that are there."""
    if record.whole is None:
        return f"{_HEAD}\nNo forecast has been scored yet. `{made.command}` makes them.\n"
    sections = [
        _HEAD,
        five_sentences(record),
        plain_words(record),
        _asked(record),
        _when(record, charts),
        _where_not(record, charts),
        _calibrated(record, charts),
        _how_far(record),
        _hindsight(record),
        _named(named),
        _dropped(),
        _again(record, made),
    ]
    return "\n".join(section.strip() + "\n" for section in sections if section)


_HEAD = """
# How long can it last? The outlook's track record

Springtide says with what probability a rally's top is in, or comes within some months, and how
much further the rally goes. This page says how good those probabilities were. It is written by a
command from stored forecasts: month by month through history, each made with what was known then,
and set beside what came.
"""


def _asked(record: TrackRecord) -> str:
    whole = record.whole
    peak = whole.target("peak", 60) if whole else None
    if whole is None or peak is None:
        return ""
    made = ", ".join(f"{NAMES[method]} {count:,}" for method, count in record.made)
    return f"""
## What was asked

**Forecasts.** At the end of every month from {record.first} to {record.last}, for each of
{whole.symbols:,} instruments that was in a rally (up 20% from a trough and not yet down 20% from
its highest close): the probability that the top is in, that the peak comes within 20, 60, 120 or
250 sessions, that a new high comes within as many, that a rise of 10% comes before a fall of 10%,
and the distributions of sessions and further gain to the peak. The peak is the last highest close
before the fall of 20% that ends the rally.

**Compared** are {record.compared:,} dates that all methods forecast, of {peak.rallies:,} rallies
in {peak.months:,} months. Forecasts made: {made}. {record.alone:,} dates are left out because
some method did not answer, {record.unmatched:,} because no outcome is stored.

**Not decided.** What came of a rally that still runs is known in part: where its high has moved
on beyond a horizon the peak was not within it; the rest is left out and counted in the tables.
Whether a new high came is asked only where data go on for the whole horizon.

**Scores.** Events by the Brier score (0 best), distributions by the CRPS up to the last edge of
their grids (500 sessions, a gain of 200%). Skill is one less the ratio of mean scores: 1 perfect,
0 no better, negative worse. The scores of all forecasts count alike, so the years with many
instruments count more; the model confidence set takes the mean of each month, months alike.

**Intervals** are 95%. Forecasts of neighbouring months overlap and markets move together, so they
come from a circular block bootstrap over time: all forecasts of a month drawn together, months in
blocks of {BLOCK}, {DRAWS:,} draws (1,999 for calibration, periods and markets), percentiles that
lie further out the fewer blocks there are (Hesterberg 2015,
[doi:10.1080/00031305.2015.1089789](https://doi.org/10.1080/00031305.2015.1089789)), blocks counted
by their weight; none with fewer than {LEAST_BLOCKS} blocks. On simulated losses over 60 years they
held the truth in 94% of cases at a correlation of 0.7 from month to month, in 93% at 0.8 and in 89%
at 0.9.
"""


def _when(record: TrackRecord, charts: Sequence[str]) -> str:
    parts = [
        "## When does the peak come?",
        "Skill of the pool (the combination), in percent; bold where the interval excludes zero.",
        skill_table(record),
        _picture("outlook-skill.svg", "Skill of every method by horizon", charts),
        "Does it depend on the way of counting? Skill of the pool, in percent, at the horizons of "
        "the goal.",
        variant_table(record),
        "Every method against base rates; ✓ marks those in the 90% model confidence set.",
        method_table(record),
    ]
    for label, group in both(record):
        whose = "all forecasts" if label == "all" else "indices alone"
        parts += [f"Mean Brier scores, {whose}:", brier_table(group, record)]
    return "\n\n".join(part for part in parts if part)


def _where_not(record: TrackRecord, charts: Sequence[str]) -> str:
    parts = ["## Where it does not", *failures(record)]
    for by, title in (("decade", "all"), ("index decade", "indices alone")):
        groups = [(f"{group.name}s", group) for group in record.groups if group.by == by]
        if groups:
            parts += [
                f"By decade of the forecast, {title}: skill of the pool against base rates, %, on "
                "whether the peak comes within so many sessions.",
                group_table(groups, "climatology"),
            ]
    parts.append(_picture("outlook-decades.svg", "Skill of the pool by decade", charts))
    markets = [(group.name, group) for group in record.groups if group.by == "market"]
    if markets:
        for reference in ("climatology", "garch"):
            parts += [
                f"By index: skill of the pool against {NAMES[reference]}, %. A market has few "
                "rallies, and these intervals are rough.",
                group_table(markets, reference),
            ]
    return "\n\n".join(part for part in parts if part)


def _calibrated(record: TrackRecord, charts: Sequence[str]) -> str:
    parts = [
        "## Are the probabilities right?",
        "Of the days on which the pool said 30%, did it happen on 30%? Each dot is a tenth of its "
        "forecasts.",
        _picture("outlook-calibration.svg", "What came by what the pool said", charts),
        "The Brier score in parts (isotonic recalibration; Dimitriadis, Gneiting and Jordan 2021, "
        "[doi:10.1073/pnas.2016191118](https://doi.org/10.1073/pnas.2016191118)): score = "
        "miscalibration − discrimination + uncertainty. All forecasts.",
        calibration_table(record),
        "How often the central 50% and 80% intervals held what came. An atom (the chance that the "
        "top is in) is spread evenly over the probabilities it covers (Czado, Gneiting and Held "
        "2009, [doi:10.1111/j.1541-0420.2009.01191.x]"
        "(https://doi.org/10.1111/j.1541-0420.2009.01191.x)).",
        coverage_table(record),
        "How far the said chances lay from what came, in the mean over the tenths above (expected "
        "calibration error, in percentage points), and how sharp they were: the spread (standard "
        "deviation) of the chances, and the mean width of the 80% intervals up to the last edge of "
        "the grids.",
        sharpness_table(record),
        "Where in what was said did it come? With distributions that are right each tenth of "
        "probability holds a tenth of the outcomes (a histogram of the probability integral "
        "transform): too much at both ends is too narrow, too much in the middle too wide.",
        _picture("outlook-pit.svg", "Outcomes in each tenth of what the pool said", charts),
        pit_table(record),
        "By decade and by index:",
        coverage_by_table(record),
    ]
    return "\n\n".join(part for part in parts if part)


def _how_far(record: TrackRecord) -> str:
    return "\n\n".join(
        [
            "## The whole distributions, and which methods are told apart",
            "Mean CRPS, lower is better; the lowest is bold. The rallies that still run would have "
            "long times and large gains, and are missing here: both are too low by that.",
            crps_table(record),
            "Model confidence set (Hansen, Lunde and Nason 2011, "
            "[doi:10.3982/ECTA5771](https://doi.org/10.3982/ECTA5771)), p-values; bold is in the "
            "90% set. Months count alike here, so the early ones, with indices only, weigh far "
            "more than in the skills above, and fewer methods are told apart.",
            set_table(record),
        ]
    )


def _hindsight(record: TrackRecord) -> str:
    names = {
        ("whole", "all"): "all",
        ("kind", "index"): "indices alone",
        ("published", "index"): "indices, only since each was published",
        ("kind", "stock"): "stocks",
        ("kind", "etf"): "funds",
    }
    groups = [
        (label, group) for key, label in names.items() if (group := record.group(*key)) is not None
    ]
    first = ", ".join(f"{symbol} {day}" for symbol, day in PUBLISHED.items())
    back = (
        "The line of indices since each was published leaves those years out"
        if record.group("published", "index")
        else "No index here has forecasts both before and after its first day as published"
    )
    return f"""
## What hindsight does to these figures

{hindsight_table(groups)}

- **Survivors.** The panels of stocks hold companies that are still listed today. One that fell
  and never came back is not in them, so rallies of stocks end later and go further here than they
  did for somebody who could not know. For stocks the shares of peaks that came within a horizon are
  too low, new highs too frequent, further gains too large. Base rates and models are learned from
  the same survivors and tested on them: skill against base rates is less touched, and so is
  coverage, but for a company that fails the intervals lie too high. Skill against simulation, which
  knows one series only, may gain from it. The indices alone are free of most of this: an index
  replaces what fails, as its holders would.
- **Indices that were calculated back.** Somebody chose their members, or their method, with the
  years in view that they now describe. {back}. First days as
  published: {first}; other indices are left out of that line.
- **A few settings were chosen with the record in view**: what setback and volatility count in
  finding analogues and how many are taken, how strongly the hazards are drawn together, how many
  rallies there must be before a method may speak, which two methods are believed before there are
  scores, and how long shocks to the forecast volatility last. The fits themselves, and the weights
  of the pool, see nothing later. Skill hardly changes with these settings, but it is not quite as
  out of sample as the rest: the exam on markets never seen is the cleaner test.
- **Revisions.** The walk reads closes as last known. Where a lake holds figures that were revised,
  it sees the revision early.
- **One world.** Even without either, the indices are those of markets that are still watched, and
  share their great rallies and falls. The intervals draw months of all markets together for that
  reason.
"""


def _named(named: Sequence[NamedDay]) -> str:
    if not named:
        return ""
    return f"""
## What it would have said

The pool, and base rates in brackets. The first days are known for what came after, which nobody
knew then; the others are days when nothing happened. One day proves nothing either way.

{named_table(named)}
"""


def _dropped() -> str:
    """Return what was tried and dropped, with the scores that the trials had."""
    told = files("springtide.outlook") / "data" / "dropped.md"
    return told.read_text(encoding="utf-8")


def _again(record: TrackRecord, made: Made) -> str:
    versions = ", ".join(f"`{name}` version {version}" for name, version in made.versions)
    lines = [f"Tables of the lake: {versions}."] if versions else []
    if made.data_to:
        lines.append(f"Data to {made.data_to}.")
    if made.seconds:
        lines.append(f"The run took {made.seconds / 60:.0f} minutes.")
    return f"""
## Do it again

```sh
{made.command}
```

{" ".join(lines)} Every forecast is a row of the lake's table `forecasts`, every outcome one of
`outcomes`: whoever doubts a figure can compute it from them.
"""


def _picture(name: str, title: str, charts: Sequence[str]) -> str:
    return f"![{title}]({name})" if name in charts else ""
