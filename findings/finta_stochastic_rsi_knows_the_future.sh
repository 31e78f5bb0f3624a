#!/usr/bin/env bash
# finta: the stochastic RSI of 250 days, with and without 50 later days in the frame.
# Expected: the same 250 values; it places RSI in its range over the last 14 days (Chande and Kroll 1994),
# as TA-Lib and every chart do.
# Seen with finta 1.3: RSI is placed in the range of the whole frame, days to come included, and that is
# averaged over 14 days: nearly all past values change when a wider range arrives later.
# Who meets it: every backtest with it; live values are another indicator than tested ones.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check finta==1.3 pandas==3.1.1 numpy==2.4.6
"$work/venv/bin/python" -W ignore - <<'PY'
import numpy as np, pandas as pd
from finta import TA

steps = np.random.default_rng(1).normal(0, 0.01, 300)
close = pd.Series(100 * np.exp(np.cumsum(steps)), index=pd.date_range("2024-01-01", periods=300))
bars = pd.DataFrame({"open": close, "high": close, "low": close, "close": close, "volume": 1e6})
then = TA.STOCHRSI(bars.iloc[:250].copy())
later = TA.STOCHRSI(bars.copy()).iloc[:250]
known = then.notna().to_numpy()
changed = ~np.isclose(then[known], later[known])
print(int(known.sum()), "values,", int(changed.sum()), "of them changed by later days")
plain = TA.RSI(bars.copy()).iloc[:250]
assert np.allclose(plain.dropna(), TA.RSI(bars.iloc[:250].copy()).dropna())
assert changed.mean() > 0.9
PY
