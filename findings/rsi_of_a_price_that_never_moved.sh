#!/usr/bin/env bash
# The RSI(14) of 40 equal closes, by five libraries.
# There are no gains and no losses, so RSI is 0/0. Expected: five times "undefined".
# Seen: TA-Lib 0.8.2 says 0 (deeply oversold), ta 0.11.0 says 100 (overbought), stockstats 0.6.10
# says 50 (neutral); only tulipy 0.4.0 and pandas-ta-classic 0.8.32 say NaN.
# Who meets it: a suspended share whose last price is repeated, a pegged currency, a money fund.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check TA-Lib==0.8.2 ta==0.11.0 stockstats==0.6.10 tulipy==0.4.0 pandas-ta-classic==0.8.32
"$work/venv/bin/python" -W ignore - <<'PY'
import math

import numpy as np, pandas as pd, pandas_ta_classic, stockstats, ta, talib, tulipy

close = pd.Series(np.full(40, 100.0), index=pd.date_range("2024-01-01", periods=40))
bars = pd.DataFrame({name: close for name in ("open", "high", "low", "close", "volume")})
seen = {
    "TA-Lib": talib.RSI(close.to_numpy(), 14)[-1],
    "ta": ta.momentum.RSIIndicator(close, 14).rsi().iloc[-1],
    "stockstats": stockstats.wrap(bars)["rsi_14"].iloc[-1],
    "tulipy": tulipy.rsi(close.to_numpy(), 14)[-1],
    "pandas-ta-classic": pandas_ta_classic.rsi(close, 14).iloc[-1],
}
print(seen)
assert (seen["TA-Lib"], seen["ta"], seen["stockstats"]) == (0, 100, 50)
assert math.isnan(seen["tulipy"]) and math.isnan(seen["pandas-ta-classic"])
PY
