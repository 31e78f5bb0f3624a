"""The section on theme and breadth: what it says, that it reads back, that it is never empty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from springtide.brief.compose import compose
from springtide.brief.model import Section
from springtide.brief.render.hugo import hugo_page, page_name
from springtide.checking.check import check_article, check_file
from springtide.language.messages import LANGUAGES
from springtide.market import calendars, registry
from springtide.market.ingest import store_bars, store_observations
from springtide.market.lake import Lake
from springtide.market.sources.batch import Batch
from springtide.market.view import View
from springtide.reading.document import read_document

DAY = date(2022, 11, 30)
MEMBERS = ("SPX", "DJIA", "NDX", "RUT", "AAPL", "NVDA")
BASKET = """
[[basket]]
id = "six_walks"
en = ["Six Walks basket"]
zh-cn = ["六步篮子"]
zh-hk = ["六步籃子"]
currency = "USD"
calendar = "XNYS"
rebalance = "monthly"
base = 2020-12-31
benchmark = "IXIC"
source = "a test"
selected = {selected}
""" + "".join(f'[[basket.member]]\ninstrument = "{one}"\n' for one in MEMBERS)


def walk(symbol: str, seed: int) -> pl.DataFrame:
    days = calendars.sessions("XNYS", date(2020, 12, 31), DAY)
    assert days is not None
    moves = np.random.default_rng(seed).normal(0.0004, 0.012, len(days))
    return pl.DataFrame(
        {
            "symbol": symbol,
            "date": days,
            "open": [None] * len(days),
            "high": [None] * len(days),
            "low": [None] * len(days),
            "close": np.round(100 * np.exp(np.cumsum(moves)), 4),
            "volume": [None] * len(days),
            "source": "a random walk",
            "known_at": pl.Series([None] * len(days), dtype=pl.Datetime("us", "UTC")),
        },
        schema_overrides=dict.fromkeys(("open", "high", "low", "volume"), pl.Float64),
    )


def listed(index: str) -> pl.DataFrame:
    known = datetime(2022, 11, 1, tzinfo=UTC)
    return pl.DataFrame(
        {
            "subject": list(MEMBERS),
            "field": [f"index_weight:{index}"] * len(MEMBERS),
            "date": [date(2022, 11, 1)] * len(MEMBERS),
            "value": [100 / len(MEMBERS)] * len(MEMBERS),
            "unit": ["%"] * len(MEMBERS),
            "text": [None] * len(MEMBERS),
            "source": ["the index house"] * len(MEMBERS),
            "known_at": [known] * len(MEMBERS),
        },
        schema_overrides={"text": pl.String},
    )


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    """A lake of random walks, with a list of the members of an index, and a basket of them."""
    settings = tmp_path_factory.mktemp("settings")
    (settings / "baskets.toml").write_text(BASKET.format(selected="2022-06-30"), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPRINGTIDE_CONFIG", str(settings))
        registry.forget()
        made = Lake.create(tmp_path_factory.mktemp("walks"))
        every = [walk(one, seed) for seed, one in enumerate(("IXIC", *MEMBERS), start=3)]
        assert not store_bars(made, Batch("walks", pl.concat(every))).error
        assert not store_observations(made, Batch("list", listed("IXIC"))).error
        yield made
    registry.forget()


def theme_of(lake: Lake, subject: str) -> Section | None:
    view = View(lake, DAY)
    brief = compose(view, view.instrument(subject), LANGUAGES)
    return next((one for one in brief.sections if one.key == "theme"), None)


def said(section: Section) -> Counter[str]:
    return Counter(one.claim.metric for line in section.sentences for one in line.statements)


def test_what_is_said_of_a_basket(lake: Lake) -> None:
    section = theme_of(lake, "six_walks")
    assert section is not None
    counts = said(section)
    assert counts["relative_return"] == 2
    assert counts["contribution"] == len(MEMBERS)
    assert counts["breadth_above"] == counts["advance_decline"] == counts["breadth_highs"] == 2
    assert [chart.key for chart in section.charts] == ["relative_strength"]
    last = section.sentences[-1].text
    assert last["en"] == "Its members were chosen with hindsight, on 30 June 2022."
    assert last["zh-cn"] == "其成分为事后选取，选定于2022年6月30日。"


def test_what_is_said_of_an_index_with_a_list_of_its_members(lake: Lake) -> None:
    section = theme_of(lake, "IXIC")
    assert section is not None
    counts = said(section)
    assert counts["breadth_above"] == counts["advance_decline"] == 2
    assert "contribution" not in counts  # the weights of a list of November are none of January
    assert not any("hindsight" in line.text["en"] for line in section.sentences)


def test_there_is_no_empty_section(lake: Lake) -> None:
    assert theme_of(lake, "SPX") is None  # no list of members, and nothing that it is set against


@pytest.mark.parametrize("subject", ["six_walks", "IXIC"])
def test_it_reads_back_and_one_changed_figure_refutes_one_claim(
    lake: Lake, tmp_path: Path, subject: str
) -> None:
    view = View(lake, DAY)
    brief = compose(view, view.instrument(subject), LANGUAGES)
    made = Counter(
        (one.claim.metric, one.claim.params, one.claim.value)
        for section in brief.sections
        for line in section.sentences
        for one in line.statements
    )
    for language in LANGUAGES:
        page = tmp_path / page_name(language)
        page.write_text(hugo_page(brief, language), encoding="utf-8")
        verdicts = check_file(page, lake).verdicts
        read = Counter((one.claim.metric, one.claim.params, one.claim.value) for one in verdicts)
        assert read == made, f"{language}: lost {made - read}, invented {read - made}"
        assert {one.label for one in verdicts} == {"supported"}
        if subject == "six_walks":
            refute_one_by_one(page.read_text(encoding="utf-8"), lake)


OURS = ("relative_return", "breadth_above", "breadth_highs", "advance_decline", "contribution")


def refute_one_by_one(text: str, lake: Lake) -> None:
    original = check_article(read_document(text), lake)
    for place, verdict in enumerate(original):
        claim = verdict.claim
        if claim.metric not in OURS:
            continue
        assert isinstance(claim.value, float)
        printed = next(
            form
            for form in (f"{abs(claim.value):.2f}", f"{claim.value:.1f}", f"{claim.value:.0f}")
            if form in claim.quote
        )
        other = f"{abs(claim.value) * 1.3 + 3:.{len(printed.partition('.')[2])}f}"
        at = claim.start + claim.quote.index(printed)
        changed = text[:at] + other + text[at + len(printed) :]
        after = check_article(read_document(changed), lake)
        assert len(after) == len(original)
        fallen = [i for i, one in enumerate(after) if one.label != "supported"]
        assert fallen == [place], f"{claim.quote}: {[original[i].claim.quote for i in fallen]}"
        assert after[place].label == "refuted"
