"""The registry: every metric is complete, and two of one name are an error."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from springtide.claims.model import Params
from springtide.errors import UnknownNameError
from springtide.metrics import families
from springtide.metrics.describe import describe, value_in_words
from springtide.metrics.params import params_to_text
from springtide.metrics.registry import Metric, get, registry, state

HAN = r"[一-鿿]"
REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "metrics.md"

# The first families, as the design names them, with what targets need, and the tests for bubbles.
KEYS = {
    "cape", "excess_yield", "relative_valuation", "rerating_share", "valuation_average",
    "valuation_gap", "valuation_multiple", "valuation_percentile",
    "advance_decline", "breadth_above", "breadth_highs", "contribution", "implied_weight",
    "lead_lag", "relative_return",
    "break_even_utilisation", "estimate_revision", "rating", "rating_balance", "serving_margin",
    "target_consensus", "target_revision", "token_price", "token_price_blend",
    "token_price_change", "token_price_cuts", "token_price_ratio",
    "bubble_confidence", "bubble_false_alarm_rate", "centre_shift", "close_level",
    "critical_time", "daily_limit", "double_bottom", "double_top", "drawdown",
    "episode_days", "episode_gain", "exuberance", "exuberance_duration", "exuberance_p_value",
    "exuberance_statistic", "flow_average", "flow_net", "flow_ratio",
    "etf_creations", "flow_record", "flow_share", "flow_streak", "holding_change",
    "high_low_record", "implied_move", "intraday_level", "level_broken", "level_record",
    "level_tests", "ma_distance", "moving_average",
    "new_high_within",
    "overbought", "pct_change", "period_return", "phase", "phase_age", "phase_pace",
    "price_streak", "rally_rank",
    "range_ceiling", "range_centre", "range_efficiency", "range_floor", "range_position",
    "range_width", "resistance_level", "reversal", "rise_before_fall", "risk_reward", "rsi",
    "ceiling_holds", "centre_higher", "close_above_within", "close_below_within", "falls_within",
    "floor_holds", "level_holds", "outperforms_within", "target_met",
    "support_level", "target_price", "top_within", "turnover", "volatility", "within_range",
}  # fmt: skip

every_metric = pytest.mark.parametrize("metric", registry().values(), ids=registry())


def test_which_metrics_there_are() -> None:
    assert set(registry()) == KEYS
    assert list(registry()) == sorted(registry())


def is_han(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


@every_metric
def test_a_metric_is_complete(metric: Metric) -> None:
    assert registry()[metric.key] is metric
    for texts in (metric.title, metric.definition):
        assert not is_han(texts["en"])
        assert is_han(texts["zh-cn"])
        assert is_han(texts["zh-hk"])
        assert all(text == text.strip() and text for text in texts.values())
    assert metric.definition["en"].endswith(".")
    assert metric.definition["zh-cn"].endswith("。")
    assert metric.definition["zh-hk"].endswith("。")
    assert metric.formula
    assert metric.minimum
    assert metric.frames or {pattern.script for pattern in metric.patterns} == {"en", "zh"}


@every_metric
def test_parameters_are_a_frozen_slotted_dataclass_with_defaults(metric: Metric) -> None:
    assert issubclass(metric.params, Params)
    params = metric.params()
    assert not hasattr(params, "__dict__")
    assert hash(params) == hash(metric.params())
    for field in dataclasses.fields(metric.params):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(params, field.name, getattr(params, field.name))


@every_metric
def test_a_metric_is_described(metric: Metric) -> None:
    told = describe(metric)
    assert (told.key, told.formula, told.minimum) == (metric.key, metric.formula, metric.minimum)
    assert [one.name for one in told.parameters] == [
        field.name for field in dataclasses.fields(metric.params)
    ]
    for one in told.parameters:
        assert one.allowed
        assert one.default == params_to_text(metric.params()).get(one.name, "")
    assert told.wording["en"].startswith("The Nasdaq Composite ")
    assert told.wording["en"].endswith(".")
    assert told.wording["zh-cn"].startswith("纳斯达克综合指数")
    assert told.wording["zh-cn"].endswith("。")
    assert told.wording["zh-hk"].startswith("納斯達克綜合指數")
    assert told.wording["zh-hk"].endswith("。")
    assert not is_han(told.wording["en"])


@every_metric
def test_every_pattern_compiles_and_reads_only_what_is_there(metric: Metric) -> None:
    for pattern in metric.patterns:
        assert not pattern.regex.search(""), pattern.template
        assert not pattern.regex.search("The weather was fine. 天气很好。"), pattern.template


@every_metric
def test_a_metric_stands_in_the_reference(metric: Metric) -> None:
    page = REFERENCE.read_text(encoding="utf-8")
    assert metric.key in page
    for text in (*metric.definition.values(), metric.formula, metric.minimum):
        assert text in page


def test_an_unknown_metric_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="Unknown metric: rsj") as caught:
        get("rsj")
    assert "rsi" in caught.value.suggestions
    with pytest.raises(UnknownNameError) as caught:
        get("zzzzzzzz")
    assert str(caught.value).endswith("List them with: springtide metrics.")


# --- a family in a file of its own ----------------------------------------------------------------

FAMILY = """
from dataclasses import replace
from springtide.metrics.registry import Metric
from springtide.metrics.families.oscillators import RSI

METRICS = (replace(RSI, key={key!r}),)
"""


@pytest.fixture
def another_family(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file of one more family, found like those of the package."""
    monkeypatch.setattr(families, "__path__", [*families.__path__, str(tmp_path)])
    registry.cache_clear()
    yield tmp_path / "throwaway.py"
    registry.cache_clear()
    sys.modules.pop("springtide.metrics.families.throwaway", None)
    if hasattr(families, "throwaway"):
        delattr(families, "throwaway")


def test_a_metric_is_added_by_one_file(another_family: Path) -> None:
    another_family.write_text(FAMILY.format(key="throwaway"), encoding="utf-8")
    assert set(registry()) == KEYS | {"throwaway"}
    assert get("throwaway").key == "throwaway"


def test_two_metrics_of_one_key_are_an_error(another_family: Path) -> None:
    another_family.write_text(FAMILY.format(key="rsi"), encoding="utf-8")
    with pytest.raises(ValueError, match="two metrics have the key 'rsi'"):
        registry()


# --- saying what was measured --------------------------------------------------------------------


def test_a_claim_of_ours_is_rounded_and_admits_what_rounds_to_it(ask: object) -> None:
    measurement = ask("pct_change", "IXIC", "2024-01-08", "price=low")  # type: ignore[operator]
    claim = state(measurement)  # 113 / 120 - 1 is -5.8333...%
    assert (claim.value, claim.unit, claim.comparator) == (-5.83, "%", "=")
    assert claim.within is not None
    assert measurement.value in claim.within
    assert -5.84 not in claim.within
    assert -5.82 not in claim.within


def test_nothing_is_claimed_of_no_and_of_nothing(ask: object) -> None:
    for call, why in (
        ("reversal IXIC 2024-01-05", "the answer is no"),
        ("pct_change HSI 2024-01-08", "no close of HSI on 2024-01-05"),
    ):
        with pytest.raises(ValueError, match=why):
            state(ask(*call.split()))  # type: ignore[operator]


def test_a_value_in_words(ask: object) -> None:
    words = {
        "close_level KC 2024-01-05": "18 USD",
        "pct_change IXIC 2024-01-08": "-5%",
        "turnover IXIC 2024-01-05": "5,000,000 USD",
        "reversal IXIC 2024-01-05": "no",
        "reversal IXIC 2024-01-08": "yes",
        "overbought BABA 2024-01-18 window=2": "no",
        "pct_change HSI 2024-01-08": "not enough information: no close of HSI on 2024-01-05",
        "intraday_level IXIC 2024-01-08": "126 points",
        "pct_change IXIC 2024-01-08 price=low": "-5.833333%",
    }
    assert {
        call: value_in_words(ask(*call.split()))  # type: ignore[operator]
        for call in words
    } == words
