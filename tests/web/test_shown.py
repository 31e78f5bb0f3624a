"""What the pages of calls and of data show."""

from __future__ import annotations

import html
import re

from springtide.library.lake import Lake
from springtide.web.reliable import LEAST, curves_of

from .conftest import Served


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def test_the_board_stands_on_the_page_as_the_command_prints_it(laden: Served):
    from springtide.calls.board_terminal import board_rows, notes

    board = Lake(laden.lake).calls().board
    heads, rows = board_rows(board, "en")
    shown = _plain(laden.ask("/calls", Accept_Language="en").text)
    for row in rows:
        assert " ".join(filter(None, (cell.replace("-", "−") for cell in row[2:]))) in shown
    assert all(head in shown for head in heads)
    assert all(re.sub(r"\s+", " ", note) in shown for note in notes(board, "en"))
    assert any(one.rank is not None and one.surprise is not None for one in board.standings)


def test_a_reliability_curve_stands_beside_its_table(laden: Served):
    outcomes = Lake(laden.lake).calls().outcomes
    (curve,) = curves_of(outcomes)
    ours = [one for one in outcomes if one.status == "decided" and "combination" in one.call.source]
    assert (curve.key, curve.decided) == ("stated", len(ours))
    assert len(ours) >= LEAST
    assert sum(one.cases for one in curve.bins) == curve.decided
    text = laden.ask("/calls", Accept_Language="en").text
    table = text[text.index('aria-label="Reliability') :].partition("</table>")[0]
    rows = re.findall(r"<tr><th.*?</tr>", table, re.DOTALL)[1:]
    assert len(rows) == len(curve.bins)
    for row, one in zip(rows, curve.bins, strict=True):
        assert f"{100 * one.said:.0f}% " in _plain(row)
        assert f" {100 * one.happened.value:.0f}% " in _plain(row)
    drawn = text[text.index('data-chart="reliability-stated"') :].partition("</figure>")[0]
    assert drawn.count('<circle class="point') == len(curve.bins)


def test_of_few_calls_no_curve_is_drawn(laden: Served):
    outcomes = Lake(laden.lake).calls().outcomes
    ours = [one for one in outcomes if one.happened is not None]
    few_of_ours = [one for one in ours if "combination" in one.call.source][: LEAST - 1]
    (few,) = curves_of(few_of_ours)
    assert (few.bins, few.decided) == ((), LEAST - 1)


def test_refused_rows_are_shown_by_instrument(laden: Served):
    all_ = laden.ask("/data", Accept_Language="en").text
    assert "?q=SPX&amp;refused=1" in all_ or "?q=SPX&refused=1" in all_
    one = _plain(laden.ask("/data?q=SPX&refused=1", Accept_Language="en").text)
    assert "2018-12-28 1 1 high 2400 is below low 2450 spoilt.csv" in one
    assert "IXIC" not in _plain(laden.ask("/data?refused=1").text)


def test_the_scan_names_what_tells_two_of_a_metric_apart():
    from springtide.web.scanned import title_of

    assert title_of("rsi:window=9", "en") == ("Relative strength index", "window=9")
    assert title_of("symbol", "zh-hk") == ("標的", "")
    assert title_of("of_another_package", "en") == ("of_another_package", "")
