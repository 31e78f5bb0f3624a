"""A measurement as JSON: fits its published schema, comes back whole, is the same everywhere."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from springtide.brief.compose import compose
from springtide.brief.render import write_brief
from springtide.claims.schema import measurement_json, measurement_of, to_text, validate
from springtide.cli.run import run
from springtide.language.messages import LANGUAGES
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.metrics.registry import get, measure, registry

_SLOW = ("bubble_", "critical_time")
QUICK = sorted(key for key in registry() if not key.startswith(_SLOW))


@pytest.mark.parametrize("key", QUICK)
@pytest.mark.parametrize("day", [date(2000, 3, 10), date(1999, 1, 5)])
def test_every_measurement_comes_back_from_its_text(
    bundled_lake: Lake, key: str, day: date
) -> None:
    view = View(bundled_lake, day)
    measured = measure(key, view, view.instrument("IXIC"))
    document = measurement_json(measured)
    validate(document, "measurement")
    back = measurement_of(json.loads(to_text(document)), get(key).params)
    assert back == replace(measured, lacks=back.lacks)
    for language in LANGUAGES:
        assert back.missing_in(language) == measured.missing_in(language)
    assert (measured.value is None) == bool(document["missing"])


def test_both_kinds_are_among_them(bundled_lake: Lake) -> None:
    view = View(bundled_lake, date(1999, 1, 5))
    measurement = {key: measure(key, view, view.instrument("IXIC")).value for key in QUICK}
    assert measurement["rsi"] is None
    assert isinstance(measurement["pct_change"], float)


@pytest.mark.parametrize(
    ("name", "value"),
    [("unit", "yards"), ("unit", 5), ("no_such", 1), ("window", "14"), ("window", 14.5)],
)
def test_parameters_of_another_kind_are_refused(
    bundled_lake: Lake, name: str, value: object
) -> None:
    view = View(bundled_lake, date(2000, 3, 10))
    key = "rsi" if name == "window" else "pct_change"
    document = measurement_json(measure(key, view, view.instrument("IXIC")))
    document["params"][name] = value
    with pytest.raises((TypeError, ValueError)):
        measurement_of(document, get(key).params)


def test_a_brief_and_the_command_write_the_same_document(
    bundled_lake: Lake, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    view = View(bundled_lake, date(2000, 3, 10))
    write_brief(compose(view, view.instrument("IXIC"), ("en",)), tmp_path)
    brief = json.loads((tmp_path / "brief.json").read_text(encoding="utf-8"))
    in_brief = {
        one["measurement"]["metric"]: one["measurement"]
        for section in brief["sections"]
        for sentence in section["sentences"]
        for one in sentence["statements"]
        if one["measurement"]["metric"] == "rsi"
    }
    words = ["measure", "rsi", "IXIC", "--as-of", "2000-03-10", "--json"]
    assert run([*words, "--lake", str(bundled_lake.address)]) == 0
    assert json.loads(capsys.readouterr().out) == in_brief["rsi"]
