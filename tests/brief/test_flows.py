"""The section on flows: where they are on file, read back, refuted by one changed digit."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from tests.brief.conftest import line_of

from springtide.brief.compose import compose
from springtide.brief.flows import flow_chart, flows_section
from springtide.brief.plot import Columns
from springtide.brief.render.hugo import hugo_page, page_name
from springtide.checking.check import check_article, check_file
from springtide.language.messages import LANGUAGES
from springtide.market import calendars
from springtide.market.ingest import store_bars, store_observations
from springtide.market.lake import Lake
from springtide.market.sources.batch import OBSERVATION_COLUMNS, Batch, bars_frame
from springtide.market.view import View
from springtide.reading.document import read_document

DAY = date(2025, 2, 13)
FIRST = date(2023, 5, 2)
NO_TEXT = pl.Series([None], dtype=pl.String)


def days(calendar: str, last: date = DAY) -> list[date]:
    known = calendars.sessions(calendar, FIRST, last)
    assert known is not None
    listed: list[date] = known.tolist()
    return listed


def flows(values: np.ndarray, source: str = "an exchange") -> Batch:
    known = days("CONNECT_SOUTH")
    frame = pl.DataFrame(
        {
            "subject": "SOUTHBOUND",
            "field": "flow_net",
            "date": known,
            "value": values[: len(known)].round(2),
            "unit": "HKD",
            "text": NO_TEXT.new_from_index(0, len(known)),
            "source": source,
            "known_at": pl.Series([None] * len(known), dtype=pl.Datetime("us", "UTC")),
        }
    )
    return Batch("flows", frame.select(OBSERVATION_COLUMNS))


def walk(symbol: str, seed: int) -> Batch:
    known = days("XHKG" if symbol != "SPX" else "XNYS")
    close = 5000 * np.exp(np.cumsum(np.random.default_rng(seed).normal(0, 0.01, len(known))))
    return Batch(symbol, bars_frame(pl.DataFrame({"date": known, "close": close}), symbol, "walk"))


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """Walks of an index of Hong Kong and of New York, and flows that end with a record buying."""
    made = Lake.create(tmp_path_factory.mktemp("walks"))
    for seed, symbol in enumerate(("HSTECH", "SPX"), start=5):
        assert not store_bars(made, walk(symbol, seed), today=DAY).error
    values = 2e9 + 5e9 * np.random.default_rng(3).normal(size=len(days("CONNECT_SOUTH")))
    values[-4:] = (-1.2e9, 2.11e9, 3.46e9, 41.27e9)
    assert not store_observations(made, flows(values)).refused
    return made


def test_what_is_said(lake: Lake) -> None:
    view = View(lake, DAY)
    section = flows_section(view, view.instrument("HSTECH"), LANGUAGES)
    assert section is not None
    metrics = [one.claim.metric for line in section.sentences for one in line.statements]
    assert metrics == [
        "flow_net", "flow_net", "flow_average", "flow_ratio", "flow_streak", "flow_record",
    ]  # fmt: skip
    assert {one.claim.subject for line in section.sentences for one in line.statements} == {
        "SOUTHBOUND"
    }
    assert section.heading == {"en": "Flows", "zh-cn": "资金流向", "zh-hk": "資金流向"}
    texts = [line.text for line in section.sentences]
    assert (
        texts[0]["en"] == "Southbound Stock Connect recorded net buying of HK$41.27bn on the day."
    )
    assert texts[0]["zh-cn"] == "港股通(南向)当日净买入412.7亿港元。"
    assert texts[0]["zh-hk"] == "港股通(南向)當日淨買入412.7億港元。"
    assert texts[4]["zh-cn"] == "港股通(南向)连续3个交易日净买入。"
    assert [chart.key for chart in section.charts] == ["flows"]


def test_there_is_none_without_flows_and_none_elsewhere(lake: Lake, tmp_path: Path) -> None:
    view = View(lake, DAY)
    assert flows_section(view, view.instrument("SPX"), LANGUAGES) is None
    closed = View(lake, date(2025, 2, 3))  # a session of Hong Kong in the mainland's holidays
    assert flows_section(closed, closed.instrument("HSTECH"), LANGUAGES) is None
    bare = Lake.create(tmp_path / "lake")
    store_bars(bare, walk("HSTECH", 5), today=DAY)
    other = View(bare, DAY)
    assert flows_section(other, other.instrument("HSTECH"), LANGUAGES) is None
    keys = [one.key for one in compose(other, other.instrument("HSTECH"), LANGUAGES).sections]
    assert "flows" not in keys


@pytest.mark.parametrize("day", ["2025-02-13", "2024-12-31"])
def test_it_reads_back_and_one_changed_figure_refutes_one_claim(
    lake: Lake, tmp_path: Path, day: str
) -> None:
    view = View(lake, date.fromisoformat(day))
    brief = compose(view, view.instrument("HSTECH"), LANGUAGES)
    made = Counter(
        (one.claim.metric, one.claim.subject, one.claim.params, one.claim.value)
        for section in brief.sections
        for line in section.sentences
        for one in line.statements
    )
    assert any(metric == "flow_average" for metric, *_ in made)
    for language in LANGUAGES:
        page = tmp_path / page_name(language)
        page.write_text(hugo_page(brief, language), encoding="utf-8")
        claims = [one.claim for one in check_file(page, lake).verdicts]
        read = Counter((one.metric, one.subject, one.params, one.value) for one in claims)
        assert read == made, f"{language}: lost {made - read}, invented {read - made}"
        assert {one.label for one in check_file(page, lake).verdicts} == {"supported"}
        refute_one_by_one(page.read_text(encoding="utf-8"), lake)


OURS = ("flow_net", "flow_average", "flow_ratio", "flow_streak")  # a record may be of longer


def refute_one_by_one(text: str, lake: Lake) -> None:
    original = check_article(read_document(text), lake)
    changed = 0
    for place, verdict in enumerate(original):
        claim = verdict.claim
        if claim.metric not in OURS:
            continue
        printed = re.findall(r"\d[\d,]*(?:\.\d+)?", claim.quote)[-1]
        moved = float(printed.replace(",", "")) * 1.3 + 2
        other = f"{moved:.{len(printed.partition('.')[2])}f}"
        at = claim.start + claim.quote.rindex(printed)
        mutated = text[:at] + other + text[at + len(printed) :]
        after = check_article(read_document(mutated), lake)
        fallen = [i for i, one in enumerate(after) if one.label != "supported"]
        assert fallen == [place], f"{claim.quote} with {other}: {fallen} of {len(after)}"
        assert after[place].label == "refuted"
        changed += 1
    assert changed >= 3


def test_the_chart_shows_each_day_and_the_sum(lake: Lake) -> None:
    known = np.array(days("CONNECT_SOUTH")[-60:], "datetime64[D]")
    made = np.random.default_rng(1).normal(0, 5e9, len(known))
    names = dict.fromkeys(LANGUAGES, "Southbound")
    chart = flow_chart(known, made, DAY, names)
    for language in LANGUAGES:
        plot = chart.plot[language]
        bars = [mark for mark in plot.marks if isinstance(mark, Columns)]
        drawn = sorted(pair for bar in bars for pair in zip(bar.xs, bar.ys, strict=True))
        assert [value for _, value in drawn] == made.round(2).tolist()
        assert line_of(plot).ys[-1] == pytest.approx(made.sum(), abs=1.0)
        assert "2025" in chart.alt[language]
