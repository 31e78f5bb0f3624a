#!/usr/bin/env bash
# TA-Lib: RSI(14) of 200 closes of which one, the 51st, is missing (NaN).
# Expected: NaN from there on, as its SMA and EMA answer, or for some sessions.
# Seen with TA-Lib 0.8.2: 0.0 at the missing close and at every later one, for ever: a number that
# reads as "deeply oversold" and passes every test for missing values.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check TA-Lib==0.8.2 numpy
"$work/venv/bin/python" -W ignore - <<'PY'
import numpy as np, talib

close = 100 + np.cumsum(np.random.default_rng(1).normal(0, 1, 200))
close[50] = np.nan
rsi, sma, ema = talib.RSI(close, 14), talib.SMA(close, 14), talib.EMA(close, 14)
print("before", rsi[49], "from the gap on", set(rsi[50:]), "SMA", sma[-1], "EMA", ema[-1])
assert 0 < rsi[49] < 100
assert set(rsi[50:]) == {0.0}
assert np.isnan(sma[-1]) and np.isnan(ema[-1])
PY
