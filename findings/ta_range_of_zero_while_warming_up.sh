#!/usr/bin/env bash
# ta: average true range and directional index while there are too few bars for them.
# Expected: missing (fillna is False), as its other indicators, TA-Lib and pandas say.
# Seen with ta 0.11.0: the ATR(14) of the first thirteen days and the ADX(14) of the first twenty-seven
# are 0.0, while its RSI and Bollinger bands are NaN on the same days. A share listed last week thus has
# no range at all: a stop of two ATR lies at the price itself, a position of 1% of risk is infinite, and
# "least volatile first" or "no trend (ADX below 20)" puts it first.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check ta==0.11.0 pandas==3.1.1 numpy==2.4.6 TA-Lib==0.8.2
"$work/venv/bin/python" -W ignore - <<'PY'
import numpy as np, pandas as pd, ta, talib

close = pd.Series(100 * np.exp(np.cumsum(np.random.default_rng(3).normal(0, 0.01, 60))))
high, low = close + 1, close - 1
first = {"ATR": ta.volatility.average_true_range(high, low, close, 14), "ADX": ta.trend.adx(high, low, close, 14),
         "RSI": ta.momentum.rsi(close, 14), "band": ta.volatility.bollinger_hband(close, 14)}
print({name: (int((value == 0).sum()), int(value.isna().sum())) for name, value in first.items()}, "(zeros, missing)")
assert (first["ATR"][:13] == 0).all() and first["ATR"][13] > 1
assert (first["ADX"][:27] == 0).all() and first["ADX"][27] > 0
assert first["RSI"][:13].isna().all() and first["band"][:13].isna().all()
assert talib.ATR(high, low, close, 14)[:13].isna().all() and talib.ADX(high, low, close, 14)[:27].isna().all()
PY
