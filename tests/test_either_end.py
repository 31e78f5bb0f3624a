"""measure, brief and check give the identical value and evidence for the same claim."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from springtide.brief.compose import compose
from springtide.brief.render import write_brief
from springtide.checking.check import check_file
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.metrics.params import params_from_text, params_to_text
from springtide.metrics.registry import get, measure


@pytest.mark.parametrize(
    ("subject", "day"), [("IXIC", "2000-03-10"), ("SPX", "2009-03-09"), ("SPX", "2018-01-26")]
)
def test_same_answer_from_every_door(
    bundled_lake: Lake, tmp_path: Path, subject: str, day: str
) -> None:
    view = View(bundled_lake, date.fromisoformat(day))
    brief = compose(view, view.instrument(subject), ("en", "zh-cn"))
    write_brief(brief, tmp_path)
    printed = {
        (one.claim.metric, one.claim.params): one.measurement
        for section in brief.sections
        for line in section.sentences
        for one in line.statements
    }
    assert len(printed) >= 12
    for page in ("index.en.md", "index.zh-cn.md"):
        checked = {
            (verdict.claim.metric, verdict.claim.params): verdict.measurement
            for verdict in check_file(tmp_path / page, bundled_lake).verdicts
        }
        assert checked == printed
    fresh = View(bundled_lake, date.fromisoformat(day))
    for (key, params), measurement in printed.items():
        asked = params_from_text(get(key).params, params_to_text(params))
        assert measure(key, fresh, fresh.instrument(subject), asked) == measurement
