"""Typed parameters: what the command line and JSON write is read back; what is wrong is told."""

from __future__ import annotations

import dataclasses
import math
import typing
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.claims.model import Params
from springtide.errors import UsageError
from springtide.language.types import Period
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.metrics.families.averages import MovingAverage
from springtide.metrics.families.changes import PeriodReturn
from springtide.metrics.params import (
    Choices,
    Kinds,
    Limits,
    describe_type,
    outside,
    params_from_text,
    params_to_text,
)
from springtide.metrics.registry import get, measure, registry

DAYS = st.dates(date(1960, 1, 1), date(2030, 12, 31))
UNITS = ("sessions", "days", "weeks", "months", "quarters", "years")
LOOKBACKS: st.SearchStrategy[Period] = st.one_of(
    st.sampled_from([Period("ytd"), Period("qtd"), Period("mtd"), Period("wtd"), Period("all")]),
    DAYS.map(lambda day: Period("since", first=day)),
    st.builds(
        lambda count, unit: Period("last", count=count, unit=unit),
        st.integers(1, 10_000),
        st.sampled_from(UNITS),
    ),
)
LASTS: st.SearchStrategy[Period] = st.builds(
    lambda count, unit: Period("last", count=count, unit=unit),
    st.integers(1, 10_000),
    st.sampled_from(UNITS),
)
SPANS: st.SearchStrategy[Period] = st.tuples(DAYS, DAYS).map(
    lambda days: Period("span", min(days), max(days))
)
PERIODS = st.one_of(
    LOOKBACKS,
    st.sampled_from([Period("since-low"), Period("since-high")]),
    st.builds(
        lambda kind, days: Period(kind, min(days), max(days)),
        st.sampled_from(["since-low", "since-high", "span"]),
        st.tuples(DAYS, DAYS),
    ),
)


TEXTS = st.sampled_from(["", "HSI", "9988.HK", "hk_ai_cloud", "Goldman Sachs"])
EPISODES = st.sampled_from(["", "dotcom", "4g,5g,cloud"])


def _values(kind: type[Params], name: str) -> st.SearchStrategy[object]:
    """Values of a parameter, within the limits that its annotation states."""
    hint = typing.get_type_hints(kind, include_extras=True)[name]
    rules: tuple[object, ...] = ()
    if typing.get_origin(hint) is typing.Annotated:
        hint, *stated = typing.get_args(hint)
        rules = tuple(stated)
    if f"{kind.__name__}.{name}" == "Episodes.episodes":
        return EPISODES
    parts = typing.get_args(hint)
    if typing.get_origin(hint) is typing.Literal:
        return st.sampled_from(parts)
    if not parts:
        return _of_type(hint, rules, kind)
    return st.one_of(
        [
            st.none() if part is type(None)
            else st.sampled_from(typing.get_args(part)) if typing.get_origin(part) is typing.Literal
            else _of_type(part, rules, kind)
            for part in parts
        ]
    )  # fmt: skip


def _of_type(
    hint: object, rules: tuple[object, ...], kind: type[Params]
) -> st.SearchStrategy[object]:
    for rule in rules:
        if isinstance(rule, Choices):
            return st.sampled_from(rule.values).map(int if hint is int else float)
        if isinstance(rule, Kinds):
            return (
                st.one_of(st.sampled_from(["ytd", "all"]).map(Period), LASTS, SPANS).filter(
                    rule.admits
                )
                if len(rule.kinds) > 1
                else {"span": SPANS, "last": LASTS}[rule.kinds[0]]
            )
        if isinstance(rule, Limits):
            low, high = rule.low, min(rule.high, 1e6)
            if hint is int:
                return st.integers(math.ceil(low), math.floor(high))
            return st.floats(low, high, exclude_min=rule.strict, exclude_max=rule.strict)
    strategies: dict[object, st.SearchStrategy[object]] = {
        bool: st.booleans(), str: TEXTS, date: DAYS,
        Period: PERIODS if kind is PeriodReturn else LOOKBACKS,
    }  # fmt: skip
    return strategies[hint]


@pytest.mark.parametrize("key", sorted(registry()))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_is_written_reads_back(key: str, data: st.DataObject) -> None:
    kind = registry()[key].params
    fields = [field.name for field in dataclasses.fields(kind)]
    params = kind(**{name: data.draw(_values(kind, name), label=name) for name in fields})
    written = params_to_text(params)
    assert all(isinstance(text, str) for text in written.values())
    assert params_from_text(kind, written) == params
    assert not list(outside(params))


@pytest.mark.parametrize("key", sorted(registry()))
def test_without_a_word_the_defaults_hold(key: str) -> None:
    kind = registry()[key].params
    assert params_from_text(kind, {}) == kind()
    assert params_from_text(kind, params_to_text(kind())) == kind()


@pytest.mark.parametrize(
    ("metric", "text", "message"),
    [
        ("rsi", "windw=14", "Unknown parameter: windw. Allowed: window."),
        ("target_price", "window=14", "Allowed: house, which."),
        ("overbought", "line=70", "Allowed: side, threshold, window, within."),
        ("rsi", "window=fourteen", "Parameter window cannot be read"),
        ("rsi", "window=14.5", "Parameter window cannot be read"),
        ("rsi", "window=", "Parameter window cannot be read"),
        ("rsi", "window=1", "Parameter window is out of range. Given: 1. Allowed: at least 2."),
        ("rsi", "window=-14", "Allowed: at least 2."),
        ("volatility", "window=1", "Allowed: at least 2."),
        ("moving_average", "window=0", "Given: 0. Allowed: at least 1."),
        ("ma_distance", "window=-50", "Given: -50. Allowed: at least 1."),
        ("phase", "threshold=0", "Allowed: above 0 and below 100."),
        ("phase", "threshold=100", "Allowed: above 0 and below 100."),
        ("rally_rank", "sample=2", "Allowed: at least 3."),
        ("rally_rank", "by=length", "allowed: age, gain, pace"),
        ("phase", "threshold=nan", "a finite number is needed"),
        ("overbought", "threshold=101", "Allowed: 0 to 100."),
        ("overbought", "threshold=inf", "a finite number is needed"),
        ("overbought", "side=bought", "allowed: overbought, oversold"),
        ("implied_move", "target=0", "Allowed: above 0."),
        ("implied_move", "target=-13", "Allowed: above 0."),
        ("implied_move", "target=dear", "Parameter target cannot be read"),
        ("pct_change", "price=last", "allowed: close, high, low, open"),
        ("pct_change", "unit=pp", "allowed: %, points"),
        ("high_low_record", "near=maybe", "allowed: true, false"),
        ("close_level", "above=13/02/2025", "Parameter above cannot be read"),
        ("close_level", "above=2025-02-30", "Parameter above cannot be read"),
        ("period_return", "period=year", "allowed: ytd, qtd, mtd, wtd, all, since:DATE"),
        ("period_return", "period=last:0:sessions", "not a period"),
        ("period_return", "period=last:-3:weeks", "not a period"),
        ("period_return", "period=last:3:fortnights", "not a period"),
        ("period_return", "period=last:many:years", "not a period"),
        ("period_return", "period=since:tomorrow", "Parameter period cannot be read"),
        ("period_return", "period=span:2025-02-13..2025-01-01", "not a period"),
        ("period_return", "period=span:2025-02-13", "not a period"),
        # What a lookback is counted back to is a date, not a price; and it ends at the as-of date.
        ("drawdown", "period=since-low", "Allowed: ytd, qtd, mtd, wtd, last, since, all."),
        ("high_low_record", "lookback=span:2025-01-01..2025-02-13", "Allowed: ytd, qtd, mtd, wtd"),
    ],
)
def test_what_cannot_be_meant_is_told(metric: str, text: str, message: str) -> None:
    name, _, value = text.partition("=")
    with pytest.raises(UsageError) as caught:
        params_from_text(get(metric).params, {name: value})
    assert message in str(caught.value)
    assert caught.value.exit_code == 2


def test_impossible_parameters_out_of_an_article_are_no_error(toys: Lake) -> None:
    """An article may speak of a 0-day average: there is not enough information, and it is said."""
    view = View(toys, date(2024, 1, 8))
    measurement = measure("moving_average", view, view.instrument("IXIC"), MovingAverage(0))
    assert (measurement.value, measurement.missing) == (
        None,
        "window 0 cannot be measured (allowed: at least 1)",
    )
    assert "window=0" in measurement.missing_in("zh-cn")


@pytest.mark.parametrize(
    ("metric", "name", "words"),
    [
        ("rsi", "window", "whole number, at least 2"),
        ("phase", "threshold", "number, above 0 and below 100"),
        ("close_level", "above", "date (YYYY-MM-DD)"),
        ("pct_change", "price", "close or high or low or open"),
        ("period_return", "period", "period"),
        ("high_low_record", "near", "true or false"),
        ("high_low_record", "lookback", "period: ytd, qtd, mtd, wtd, last, since, all"),
        ("implied_move", "target", "number, above 0 or consensus"),
    ],
)
def test_what_a_parameter_accepts_is_said(metric: str, name: str, words: str) -> None:
    assert describe_type(get(metric).params, name) == words
