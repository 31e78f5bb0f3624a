#!/usr/bin/env bash
# quantstats: functions take prices or returns, and guess which they were given.
# Expected: the same fall of 50% is found in a share at 9 dollars and in one at 90 cents.
# Seen with QuantStats 0.0.86: a series is taken for prices only if it never falls below zero and
# exceeds one. Prices of a penny share (0.9, 0.8, 0.45, 0.6) are therefore compounded as returns of 90%,
# 80% ...: its maximum drawdown is 0. And monthly returns without a loss of which one is over 100%
# (0.1, 0.2, 1.5, 0.05, 0.0) are taken for prices: total return +247%, but a growth rate of -100% a year
# and a drawdown of -100%.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check "QuantStats==0.0.86" "pandas==3.1.1"
"$work/venv/bin/python" -W ignore - <<'PY'
import pandas as pd, quantstats

days = pd.date_range("2024-01-31", periods=4, freq="B")
penny = pd.Series([0.9, 0.8, 0.45, 0.6], index=days)
print("drawdown at cents", quantstats.stats.max_drawdown(penny), "at dollars", quantstats.stats.max_drawdown(penny * 10))
assert quantstats.stats.max_drawdown(penny) == 0
assert abs(quantstats.stats.max_drawdown(penny * 10) + 0.5) < 1e-9
gains = pd.Series([0.1, 0.2, 1.5, 0.05, 0.0], index=pd.date_range("2024-01-31", periods=5, freq="ME"))
print("total", quantstats.stats.comp(gains), "a year", quantstats.stats.cagr(gains, periods=12), "drawdown", quantstats.stats.max_drawdown(gains))
assert abs(quantstats.stats.comp(gains) - 2.465) < 1e-9
assert quantstats.stats.cagr(gains, periods=12) == -1 and quantstats.stats.max_drawdown(gains) == -1
PY
