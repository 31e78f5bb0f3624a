"""Verdicts on valuations: what is on file decides, forward multiples and sectors it does not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from springtide.checking.check import check_article
from springtide.claims.model import Verdict
from springtide.language.types import Period
from springtide.market import calendars
from springtide.market.ingest import import_bars, import_observations
from springtide.market.lake import Lake
from springtide.market.layouts.model import Given
from springtide.reading.document import read_document

DAY = date(2025, 2, 13)
FIRST = date(2020, 7, 27)


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """Hang Seng TECH at 20 and 30 times in turn since its first session, at 22 on the day."""
    folder = tmp_path_factory.mktemp("valuations")
    lake = Lake.create(folder / "lake")
    days = calendars.sessions("XHKG", FIRST, DAY)
    assert days is not None
    rows = [(day, 22 if day == DAY else 20 + 10 * (i % 2)) for i, day in enumerate(days.tolist())]
    lines = ["date,pe,pb", *(f"{day},{pe},2.5" for day, pe in rows)]
    (folder / "pe.csv").write_text("\n".join(lines) + "\n")
    import_observations(
        lake, [folder / "pe.csv"], layout="valuation-wide", given=Given(subject="HSTECH")
    )
    (folder / "hstech.csv").write_text(
        "symbol,date,close\n" + "".join(f"HSTECH,{day},5000\n" for day, _ in rows)
    )
    assert not import_bars(lake, [folder / "hstech.csv"]).errors
    return lake


def check(lake: Lake, text: str) -> list[Verdict]:
    head = "---\ndate: 2025-02-13T22:00:00+08:00\n---\n"
    verdicts = check_article(read_document(head + text), lake)
    return [one for one in verdicts if one.claim.metric.startswith(("valuation", "relative"))]


def test_what_is_on_file_decides(lake: Lake) -> None:
    (pe, pb, low) = check(
        lake, "恒生科技指数的滚动市盈率为22倍，市净率为2.5倍。恒生科技指数的市盈率为15倍。"
    )
    assert [one.label for one in (pe, pb, low)] == ["supported", "supported", "refuted"]


def test_vendors_differ_by_some_per_cent(lake: Lake) -> None:
    (verdict,) = check(lake, "The Hang Seng TECH Index has a trailing P/E of 23.4.")
    assert verdict.label == "not_enough_information"
    assert "vendors differ by as much" in verdict.reason


def test_a_forward_multiple_is_set_beside_the_trailing_one_and_not_checked_by_it(
    lake: Lake,
) -> None:
    multiple, average = check(
        lake, "目前恒生科技指数的前瞻市盈率仅为16.3倍，远低于过去五年的平均水平（25.1倍）。"
    )
    assert multiple.label == average.label == "not_enough_information"
    assert "trailing P/E 22.00 (13 February 2025)" in check_reason(multiple)
    # 16.3 / 25.1 = -35.1%; trailing 22 against the mean of 20 and 30 in turn, since 2020 only.
    assert "the text's own 16.3 / 25.1 = -35.1%" in check_reason(average)
    assert "trailing 22.00 / 25.00 (mean on record) = -12.0%" in check_reason(average)


def check_reason(verdict: Verdict) -> str:
    assert verdict.measurement is not None
    assert verdict.measurement.value is None
    return verdict.reason


def test_five_years_of_a_younger_index_are_offered_as_all_there_is(lake: Lake) -> None:
    (verdict,) = check(
        lake, "The Hang Seng TECH Index's trailing P/E is 12% below its five-year average."
    )
    assert verdict.label == "not_enough_information"
    assert "begins on 2020-07-27" in verdict.reason
    (reading,) = verdict.nearest
    assert reading.claim.params.period == Period("all")  # type: ignore[attr-defined]
    assert reading.changes == ("on record",)
    # What is not true of all there is either is not offered.
    (other,) = check(
        lake, "The Hang Seng TECH Index's trailing P/E is 40% below its five-year average."
    )
    assert other.nearest == ()


def test_a_sector_without_an_index_is_not_known(lake: Lake) -> None:
    (verdict,) = check(lake, "软件股的估值仍比2021年初的高点低53%。")
    assert verdict.label == "not_enough_information"
    assert "软件股" in verdict.reason


def test_a_valuation_that_no_multiple_is_named_of_is_not_refuted(lake: Lake) -> None:
    (vague,) = check(lake, "恒生科技指数的估值处于2020年8月以来90%分位。")
    assert vague.label == "not_enough_information"
    (named,) = check(lake, "恒生科技指数的市盈率处于2020年8月以来90%分位。")
    assert named.label == "refuted"


def test_a_quotation_supports_nothing(lake: Lake, tmp_path: Path) -> None:
    quoted = Lake.create(tmp_path / "lake")
    path = tmp_path / "quoted.csv"
    path.write_text(
        "subject,field,date,value,unit,source\nHSTECH,forward_pe,2025-02-13,16.3,x,"
        '"A strategist, quoted by a newspaper"\n'
    )
    import_observations(quoted, [path])
    (verdict,) = check(quoted, "目前恒生科技指数的前瞻市盈率仅为16.3倍。")
    assert verdict.label == "not_enough_information"
    assert "on file only as quoted: 16.3 x" in verdict.reason
